import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { EventLoopExecutor, RemoteTraceback } from "./mod.ts";
import { rejects, soon } from "./testing/helpers.ts";

Deno.test("calls overlap their waiting, as many as are allowed and no more", async () => {
  await using executor = new EventLoopExecutor({ maxWorkers: 2 });
  const gates = [1, 2, 3].map(() => Promise.withResolvers<void>());
  let atOnce = 0, most = 0;
  const call = async (gate: Promise<void>) => {
    most = Math.max(most, ++atOnce);
    await gate;
    atOnce--;
  };
  const futures = gates.map(({ promise }) => executor.submit(call, promise));
  assertEquals(futures.map((future) => future.running()), [true, true, false]);
  gates[1]!.resolve();
  await soon(futures[1]!);
  assertEquals(futures.map((future) => future.running()), [true, false, true]);
  gates.forEach(({ resolve }) => resolve());
  await soon(Promise.all(futures));
  assertEquals([most, atOnce], [2, 0]);
});

Deno.test("a call begins after submit has returned, and in the order of the calls", async () => {
  await using executor = new EventLoopExecutor({ maxWorkers: 2 });
  const begun: number[] = [];
  const futures = [1, 2, 3].map((x) => executor.submit((x: number) => void begun.push(x), x));
  assertEquals(begun, []);
  await soon(Promise.all(futures));
  assertEquals(begun, [1, 2, 3]);
});

Deno.test("nothing is copied: arguments, results and errors are the same objects", async () => {
  await using executor = new EventLoopExecutor();
  const object = { f: () => 1, symbol: Symbol("s") };
  assertStrictEquals(await executor.submit((x: typeof object) => x, object), object);
  const [mapped] = await Array.fromAsync(executor.map((x: typeof object) => x, [object]));
  assertStrictEquals(mapped, object);
  const error = new RangeError("thrown as it is");
  const caught = await rejects(
    executor.submit(() => {
      throw error;
    }),
    RangeError,
  );
  assertStrictEquals(caught, error);
  assertEquals(caught.cause instanceof RemoteTraceback, false); // nor does Python's thread pool wrap it
});

Deno.test("functions see what is around them; a chunk is one call after the other", async () => {
  await using executor = new EventLoopExecutor({ maxWorkers: 1 });
  const seen: number[] = [];
  const results = executor.map(
    async (x: number) => {
      seen.push(x);
      await undefined;
      seen.push(-x);
    },
    [1, 2, 3],
    { chunkSize: 3 },
  );
  await soon(Array.fromAsync(results));
  assertEquals(seen, [1, -1, 2, -2, 3, -3]);
});

Deno.test("the initializer runs once, awaited, before the first call", async () => {
  const order: string[] = [];
  await using executor = new EventLoopExecutor({
    maxWorkers: 2,
    initializer: async (name: string) => {
      await undefined;
      order.push(name);
    },
    initargs: ["initializer"],
  });
  assertEquals(order, []);
  await soon(Promise.all(["a", "b"].map((x) => executor.submit((x: string) => order.push(x), x))));
  assertEquals(order, ["initializer", "a", "b"]);
});

Deno.test("bad options are refused, and it shows what it is", () => {
  assertThrows(() => new EventLoopExecutor({ maxWorkers: 0 }), RangeError, "got 0");
  assertEquals(
    Deno.inspect(new EventLoopExecutor({ maxWorkers: 3 })),
    "<EventLoopExecutor(at most 3 calls at once)>",
  );
});
