import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
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

Deno.test("a partial has func and args, as Python's has", () => {
  const bound = partial(partial(sum3, 1), 2);
  assertStrictEquals(bound.func, sum3);
  assertEquals(bound.args, [1, 2]);
});

Deno.test("a partial inside data travels to a worker and back, and can be sent again", async () => {
  await leavesNothing(async (own) => {
    await using pool = new Pool(1);
    const queue = own(new Queue<{ f: (x: number) => number }>());
    const call = (o: { f: (x: number) => number }, x: number) => o.f(x);
    assertEquals(await pool.apply(call, [{ f: partial(add, 10) }, 1]), 11);
    assertEquals(await pool.map(partial(call, { f: partial(sum3, 1, 2) }), [3]), [321]);
    queue.put({ f: partial(add, 10) });
    await pool.apply((q: typeof queue) => q.put(q.get()), [queue]);
    const { f } = queue.get();
    assertEquals([f(1), await pool.apply(f, [2])], [11, 12]);
    assertEquals(await pool.apply((g: typeof f) => [g], [f]).then(([g]) => g(3)), 13);
    const bound = await pool.apply((x: number) => ({ x }), [1]).then(() => partial(put, queue));
    await pool.apply((g: (item: unknown) => void) => g({ f: null }), [bound]);
    assertEquals(queue.get() as unknown, { f: null });
  });
});

Deno.test("a partial that contains itself and one that occurs twice arrive like that", async () => {
  await leavesNothing(async () => {
    await using pool = new Pool(1);
    const box: { f?: () => unknown } = {};
    box.f = partial((b: unknown) => b, box);
    const [a, b] = await pool.apply((x: unknown, y: unknown) => [x, y], [box, box.f]);
    assertStrictEquals((a as typeof box).f, b);
    assertStrictEquals((b as () => unknown)(), a);
  });
});

Deno.test("only a function can be given arguments", () => {
  assertThrows(() => partial(1 as never), TypeError, "must be a function");
});
