import { assert, assertEquals, assertThrows } from "@std/assert";
import { Value } from "@polycore/shm";
import { Pool } from "./mod.ts";
import { leavesNothing, rejects, soon } from "./testing/helpers.ts";
import * as t from "./testing/tasks.ts";

const inputs = Array.from({ length: 50 }, (_, i) => i);
const squares = inputs.map((x) => x * x);

Deno.test("_TestPool.test_map, test_starmap: equal to the serial result, any chunk size", async () => {
  await leavesNothing(async () => {
    await using pool = new Pool(3);
    assertEquals(await pool.map(t.square, inputs), squares);
    for (const chunkSize of [1, 7, 50, 1000]) {
      assertEquals(await pool.map(t.square, inputs, { chunkSize }), squares);
    }
    const pairs = inputs.map((x) => [x, 1] as [number, number]);
    assertEquals(await pool.starmap(t.add, pairs), inputs.map((x) => x + 1));
    assertEquals(await pool.starmap(t.add, pairs, { chunkSize: 20 }), inputs.map((x) => x + 1));
    assertEquals(await pool.mapAsync(t.square, inputs), squares);
    assertEquals(await pool.starmapAsync(t.add, pairs).get(), inputs.map((x) => x + 1));
  });
});

Deno.test("any iterable is an input, and asynchronous functions are awaited", async () => {
  await using pool = new Pool(2);
  assertEquals(await pool.map(t.square, new Set([1, 2, 3])), [1, 4, 9]);
  assertEquals(await pool.map(t.square, Float64Array.of(0.5, 2)), [0.25, 4]);
  assertEquals(await pool.map((c: string) => c + c, "abc"), ["aa", "bb", "cc"]);
  assertEquals(await pool.map(t.later, inputs, { chunkSize: 10 }), inputs);
  assertEquals(await pool.map(t.later, inputs, { chunkSize: 1 }), inputs);
});

Deno.test("test_empty_iterable: the empty result is there at once", async () => {
  await using pool = new Pool(1);
  const result = pool.mapAsync(t.square, []);
  assertEquals([result.ready(), result.successful(), await result], [true, true, []]);
  assertEquals(await pool.starmap(t.add, []), []);
});

Deno.test("large and many inputs and results come back whole", async () => {
  await leavesNothing(async () => {
    await using pool = new Pool(2);
    const many = Array.from({ length: 20_000 }, (_, i) => i);
    assertEquals(await pool.map(t.identity, many, { chunkSize: 1 }), many);
    const large = new Float64Array(200_000).map((_, i) => i);
    assertEquals(await pool.apply(t.identity, [large]), large);
    const text = "ü".repeat(100_000);
    assertEquals(await pool.apply(t.identity, [{ text }]), { text });
  });
});

Deno.test("test_map_no_failfast: all chunks run although one fails, and its error comes", async () => {
  await leavesNothing(async (own) => {
    const ran = own(new Value("i", 0));
    await using pool = new Pool(2);
    const tuples = inputs.map((x) => [ran, x] as [typeof ran, number]);
    const error = await rejects(
      pool.starmap(t.countAndFail, tuples, { chunkSize: 1 }),
      Error,
      "the first one fails",
    );
    assertEquals(ran.value, inputs.length);
    assertEquals((error.cause as { index: number }).index, 0);
  });
});

Deno.test("the place of the input that failed is named, whatever the chunks are", async () => {
  await using pool = new Pool(2);
  for (const chunkSize of [1, 2, 10]) {
    const error = await rejects(
      pool.map(t.squareBut3, [0, 1, 3, 4, 5], { chunkSize }),
      RangeError,
      "no square of 5",
    );
    assertEquals((error.cause as { index: number }).index, 4);
  }
});

Deno.test("test_map_handle_iterable_exception: the iterable's own error, with no cause", async () => {
  await using pool = new Pool(2);
  function* failing() {
    yield 1;
    throw new RangeError("the input ran dry");
  }
  const error = await rejects(pool.map(t.square, failing()), RangeError, "the input ran dry");
  assertEquals(error.cause, undefined);
  assertEquals(await pool.map(t.square, [2]), [4]);
});

Deno.test("test_map_async_callbacks: exactly one of the two callbacks, once, before get", async () => {
  await using pool = new Pool(2);
  const calls: unknown[] = [];
  const callbacks = {
    callback: (value: unknown) => calls.push(value),
    errorCallback: (error: unknown) => calls.push((error as Error).name),
  };
  await pool.mapAsync(t.square, [1, 2, 3], callbacks).then(() => calls.push("got"));
  await pool.mapAsync(t.squareBut3, [2, 5], callbacks).wait();
  await pool.applyAsync(t.square, [4], callbacks);
  await pool.applyAsync(t.squareBut3, [2], callbacks).wait();
  assertEquals(calls, [[1, 4, 9], "got", "RangeError", 16, "RangeError"]);
});

Deno.test("the results of a tiny pool under many callers keep to their tasks", async () => {
  await leavesNothing(async () => {
    await using pool = new Pool(2);
    const results = await soon(Promise.all(inputs.flatMap((x) => [
      pool.apply(t.square, [x]),
      pool.apply(t.later, [x]),
      pool.map(t.square, [x, x + 1]).then(([y]) => y!),
    ])));
    assertEquals(results, inputs.flatMap((x) => [x * x, x, x * x]));
  });
});

Deno.test("bad arguments throw at the call: the kind, the value, and what is allowed", async () => {
  await using pool = new Pool(1);
  assertThrows(() => pool.applyAsync(1 as never), TypeError, "is 1: it must be a function");
  assertThrows(() => pool.applyAsync(t.square, 1 as never), TypeError, "args is 1");
  assertThrows(() => pool.mapAsync(t.square, 1 as never), TypeError, "The input is 1");
  assertThrows(() => pool.imap(t.square, 1 as never), TypeError, "The input is 1");
  assertThrows(() => pool.starmapAsync(t.add, [1] as never), TypeError, "Input 0 of starmap is 1");
  assertEquals(await pool.map(t.identity, ""), []); // a text without letters can be iterated too
  for (const chunkSize of [0, -1, 1.5]) {
    assertThrows(() => pool.mapAsync(t.square, [1], { chunkSize }), RangeError, `${chunkSize}`);
    assertThrows(() => pool.imap(t.square, [1], { chunkSize }), RangeError, `${chunkSize}`);
  }
  assertThrows(() => pool.imap(t.square, [1], { buffersize: 0 }), RangeError, "buffersize is 0");
  await rejects(pool.map(t.square, [1], { chunkSize: "2" as never }), TypeError, 'is "2"');
  await rejects(pool.apply(t.square, [1], { timeout: "2" as never }), TypeError, 'timeout is "2"');
  await rejects(pool.apply(t.square, [1], { signal: 2 as never }), TypeError, "signal is 2");
});

Deno.test("functions: a task by its module, any other by its text, both as arguments too", async () => {
  await using pool = new Pool(1);
  assertEquals(await pool.apply((x: number, y: number) => x - y, [5, 3]), 2);
  assertEquals(
    await pool.apply(function (x: number) {
      return -x;
    }, [5]),
    -5,
  );
  assertEquals(await pool.apply(async (x: number) => await x, [5]), 5);
  const o = {
    twice(x: number) {
      return 2 * x;
    },
  };
  assertEquals(await pool.apply(o.twice, [5]), 10);
  const call = (f: (x: number) => number, x: number) => f(x);
  assertEquals(await pool.apply(call, [t.square, 5]), 25);
  assertEquals(await pool.apply(call, [(x: number) => x + 1, 5]), 6);
  const back = await pool.apply((f: typeof t.square) => f, [t.square]);
  assert(back === t.square); // the same function, as its module is loaded here
});
