import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { Event } from "@polycore/sync";
import { delayed, type DelayedCall, Parallel, ParallelResults } from "../mod.ts";
import { square } from "../testing/tasks.ts";
import { after, letEnd, never, squareBut2 } from "./testing/parallel_tasks.ts";

const GENERATORS = ["generator", "generator_unordered"] as const;
const range = (n: number) => Array.from({ length: n }, (_, i) => i);

for (const backend of ["workers", "eventLoop", "sequential"]) {
  for (const returnAs of GENERATORS) {
    Deno.test(`test_parallel_with_generator: ${backend}, ${returnAs}`, async () => {
      await using parallel = Parallel({ nJobs: 2, backend, returnAs });
      const results = parallel(range(20).map((x) => delayed(square)(x)));
      assertEquals(results instanceof ParallelResults, true);
      const all = await Array.fromAsync(results);
      assertEquals(all.sort((a, b) => a - b), range(20).map((x) => x * x));
      assertEquals(await results.next(), { done: true, value: undefined });
      assertEquals(await parallel([delayed(square)(3)]).toArray(), [9], "it can be called again");
    });

    Deno.test(`test_error_in_generator: ${backend}, ${returnAs}`, async () => {
      await using parallel = Parallel({ nJobs: 2, backend, returnAs, batchSize: 1 });
      const results = parallel(range(9).map((x) => delayed(squareBut2)(x)));
      await assertRejects(() => Array.fromAsync(results), RangeError, "no square of 2");
      assertEquals((await results.next()).done, true);
      assertEquals(await parallel([delayed(square)(3)]).toArray(), [9]);
    });

    Deno.test(`dropping the results closes the input: ${backend}, ${returnAs}`, async () => {
      await using parallel = Parallel({ nJobs: 2, backend, returnAs });
      let closed = 0;
      function* endless(): Generator<DelayedCall<number>> {
        try {
          for (let x = 0;; x++) yield delayed(square)(x % 4);
        } finally {
          closed++;
        }
      }
      for await (const _ of parallel(endless())) break;
      {
        await using results = parallel(endless());
        await results.next();
      }
      assertEquals(closed, 2);
      assertEquals(await parallel([delayed(square)(3)]).toArray(), [9]);
    });
  }
}

for (const backend of ["workers", "eventLoop"]) {
  Deno.test(`test_parallel_unordered_generator_returns_fastest_first: ${backend}`, async () => {
    await using parallel = Parallel({ nJobs: 2, backend, returnAs: "generator_unordered" });
    const go = new Event();
    const results = parallel([delayed(after)(go, 0), delayed(after)(null, 1)]);
    assertEquals((await results.next()).value, 1);
    go.set();
    assertEquals((await results.next()).value, 0);
    assertEquals((await results.next()).done, true);
  });

  Deno.test(`${backend}: a generator gives the results in the order of the calls`, async () => {
    await using parallel = Parallel({ nJobs: 2, backend, returnAs: "generator" });
    const go = new Event();
    const results = parallel([delayed(after)(go, 0), delayed(after)(null, 1)]);
    const first = results.next();
    go.set();
    assertEquals([(await first).value, (await results.next()).value], [0, 1]);
    await results.return();
  });

  Deno.test(`test_multiple_generator_call, test_multiple_generator_call_managed: ${backend}`, async () => {
    await using parallel = Parallel({ nJobs: 2, backend, returnAs: "generator" });
    const [begun, go] = [new Event(), new Event()];
    const results = parallel([delayed(never)(begun, go)]);
    assertThrows(
      () => parallel([delayed(square)(1)]),
      Error,
      "This Parallel instance is already running!",
    );
    await begun.waitAsync();
    await results.return();
    await letEnd(go);
    assertEquals(await parallel([delayed(square)(2)]).toArray(), [4]);
  });

  Deno.test(`${backend}: who waits for a result when the rest is dropped gets the end`, async () => {
    await using parallel = Parallel({ nJobs: 2, backend, returnAs: "generator" });
    const [begun, go] = [new Event(), new Event()];
    const results = parallel([delayed(never)(begun, go)]);
    const pending = [results.next(), results.next()];
    await begun.waitAsync();
    await results.return();
    await letEnd(go);
    assertEquals((await Promise.all(pending)).map(({ done }) => done), [true, true]);
  });

  Deno.test(`test_multiple_generator_call_separated: ${backend}`, async () => {
    await using one = Parallel({ nJobs: 2, backend, returnAs: "generator" });
    await using other = Parallel({ nJobs: 2, backend, returnAs: "generator" });
    const squares = one(range(10).map((x) => delayed(square)(x)));
    const more = other(range(10).map((x) => delayed(square)(x + 10)));
    assertEquals(await more.toArray(), range(10).map((x) => (x + 10) ** 2));
    assertEquals(await squares.toArray(), range(10).map((x) => x ** 2));
  });

  Deno.test(`test_deadlock_with_generator: ${backend}`, async () => {
    await using parallel = Parallel({ nJobs: 2, backend, returnAs: "generator" });
    await using inner = Parallel({ nJobs: 2, backend, returnAs: "generator" });
    const numbers = await inner(range(10).map((x) => delayed(square)(x))).toArray();
    const results = parallel(numbers.map((x) => delayed(square)(x)));
    await results.next();
    await results.next();
    await results.return();
    assertEquals((await results.next()).done, true);
  });
}

Deno.test("a list says that it is running already, too", async () => {
  await using parallel = Parallel({ nJobs: 2, backend: "eventLoop" });
  const go = new Event();
  const first = parallel([delayed(after)(go, 1)]);
  await assertRejects(() => parallel([delayed(square)(1)]), Error, "already running");
  go.set();
  assertEquals(await first, [1]);
});
