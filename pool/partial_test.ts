import { assertEquals, assertThrows } from "@std/assert";
import { partial, Pool, Process } from "./mod.ts";
import { Queue } from "@polycore/shm";
import { leavesNothing } from "./testing/helpers.ts";
import { add, put } from "./testing/tasks.ts";

const sum3 = (a: number, b: number, c: number) => a + b * 10 + c * 100;

Deno.test("a partial gives its arguments before those of the call, however often it is nested", () => {
  assertEquals(partial(sum3, 1)(2, 3), 321);
  assertEquals(partial(partial(sum3, 1), 2)(3), 321);
  assertEquals(partial(sum3, 1, 2, 3)(), 321);
});

Deno.test("a partial of a task and of a plain function runs in a worker", async () => {
  await leavesNothing(async () => {
    await using pool = new Pool(1);
    assertEquals(await pool.map(partial(add, 10), [1, 2]), [11, 12]);
    assertEquals(await pool.apply(partial(sum3, 1), [2, 3]), 321);
    assertEquals(await pool.starmap(partial(partial(sum3, 1), 2), [[3], [4]]), [321, 421]);
  });
});

Deno.test("a partial is a target and an initializer too", async () => {
  await leavesNothing(async (own) => {
    const queue = own(new Queue());
    const process = new Process({ target: partial(put, queue, "a"), args: ["b"] });
    process.start();
    await process.join();
    assertEquals([queue.get(), queue.get()], ["a", "b"]);
    await using pool = new Pool(1, { initializer: partial(put, queue), initargs: ["c"] });
    await pool.apply(add, [1, 2]);
    assertEquals(queue.get(), "c");
  });
});

Deno.test("a partial inside data cannot travel, and the error says where it is", async () => {
  await using pool = new Pool(1);
  assertThrows(
    () => pool.applyAsync((o: unknown) => o, [{ f: partial(add, 1) }]),
    TypeError,
    "args[0].f",
  );
});

Deno.test("only a function can be given arguments", () => {
  assertThrows(() => partial(1 as never), TypeError, "must be a function");
});
