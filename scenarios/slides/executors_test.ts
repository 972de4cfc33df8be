/**
 * The slides on `concurrent.futures`, and on executors with asyncio.
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { assert, assertEquals, assertRejects } from "@std/assert";
import { monteCarloPi, nearPi } from "./monte_carlo.ts";
import { range, sleep, sum } from "./python.ts";

const four = { maxWorkers: 4 };

Deno.test("Duke, In [12] [13]: ProcessPoolExecutor.map of ten large jobs", async () => {
  let res: mp.ExecutorMapIterator<number>;
  {
    await using pool = new mp.ProcessPoolExecutor(four);
    res = pool.map(monteCarloPi, Array(10).fill(1e6));
  }
  const pis = await Array.fromAsync(res); // also after the block, as on the slide
  assertEquals(pis.length, 10);
  pis.forEach((pi) => nearPi(pi, 1e6));
});

async function tenThousandJobs(chunkSize: number): Promise<void> {
  await using pool = new mp.ProcessPoolExecutor(four);
  const res = pool.map(monteCarloPi, Array(10_000).fill(100), { chunkSize });
  const pis = await Array.fromAsync(res);
  assertEquals(pis.length, 10_000);
  nearPi(sum(pis) / pis.length, 1e6);
}

Deno.test("Duke, In [14]: map of ten thousand small jobs one by one", () => tenThousandJobs(1));
Deno.test("Duke, In [15]: map of ten thousand small jobs in chunks", () => tenThousandJobs(100));

const f1 = mp.task(import.meta, (x: number) => x ** 2);
const f2 = mp.task(import.meta, (x: number, y: number) => x * y);

Deno.test("Duke, In [18] [19]: the status of futures: running, done, result", async () => {
  await using pool = new mp.ProcessPoolExecutor(four);
  const a = pool.submit(f2, 1, 1);
  const b = pool.submit(f2, 1, 2);
  const c = pool.submit(f1, 10);
  const status = [a, b, c].map((future) => [future.running(), future.done()]);
  assertEquals(status, [[true, false], [true, false], [true, false]]);
  assertEquals([await a.result(), await b.result(), await c.result()], [1, 2, 100]);
  assertEquals([a, b, c].map((future) => [future.running(), future.done()]), [
    [false, true],
    [false, true],
    [false, true],
  ]);
});

Deno.test("Duke, In [21]: cancelling jobs and adding callbacks", async () => {
  const njobs = 24;
  const lines: string[] = [];
  const res: mp.Future<number>[] = [];
  const expected: number[] = [];
  const results: number[] = [];
  {
    await using pool = new mp.ProcessPoolExecutor(four);
    for (const i of range(njobs)) {
      const [x, y] = [Math.random(), Math.random()];
      res.push(pool.submit(f2, x, y));
      if (i !== 4) expected.push(x * y);
      if (i % 2 === 0) res[i].addDoneCallback(() => lines.push("Process done!"));
    }
    // Python hands one call ahead to its workers, so there this one already counts as running.
    assert(res[4].cancel());
    assert(!res[3].cancel());
    if (res[4].cancelled()) lines.push("Process 4 cancelled");
    for (const x of res) {
      while (x.running()) await sleep(1);
      if (!x.cancelled()) results.push(await x.result());
    }
  }
  assertEquals(results, expected);
  assertEquals(lines.filter((line) => line === "Process done!").length, njobs / 2);
  assertEquals(lines.filter((line) => line === "Process 4 cancelled").length, 1);
  await assertRejects(() => res[4].result(), mp.CancelledError);
});

const f = mp.task(import.meta, (a: number, b: number) => a + b);
const adapted = mp.task(import.meta, (args: Int32Array) => f(args[0], args[1]));

Deno.test("Duke, In [22] to [26]: map of an adapted function over an array cut into pairs", async () => {
  const xs = Int32Array.from(range(24));
  const chunks = [...range(12)].map((i) => xs.slice(2 * i, 2 * i + 2));
  assertEquals(chunks[11], Int32Array.of(22, 23));
  await using pool = new mp.ProcessPoolExecutor(four);
  const res = pool.map(adapted, chunks);
  const sums = [1, 5, 9, 13, 17, 21, 25, 29, 33, 37, 41, 45];
  assertEquals(await Array.fromAsync(res), sums);
});

const after = mp.task(import.meta, (event: mp.Event, x: number) => {
  event.wait();
  return x * x;
});

Deno.test("Firenze, Futures: submit gives a future; map with a timeout and a chunk size", async () => {
  await using pool = new mp.ProcessPoolExecutor({ maxWorkers: 2 });
  const future = pool.submit(f, 1, 2);
  assertEquals(await future.result(), 3);
  assertEquals(await Array.fromAsync(pool.map(f1, range(7), { chunkSize: 3 })), [
    ...[0, 1, 4, 9, 16, 25, 36],
  ]);
  const may = new mp.Event();
  const late = pool.map(mp.partial(after, may), [3], { timeout: 10 });
  await assertRejects(() => late.next(), mp.TimeoutError);
  may.set();
});

Deno.test("Firenze, Futures: both kinds of executor have the same interface", async () => {
  for (const Kind of [mp.ThreadPoolExecutor, mp.ProcessPoolExecutor]) {
    await using pool: mp.Executor = new Kind({ maxWorkers: 2 });
    assertEquals(await pool.submit(f1, 3).result(), 9);
    assertEquals(await Array.fromAsync(pool.map(f1, [1, 2])), [1, 4]);
  }
});

/** The first one ends only after the second one, the second one at once. */
const inTurn = mp.task(import.meta, (i: number, secondDone: mp.Event) => {
  if (i === 0) secondDone.wait();
  else secondDone.set();
  return i;
});

Deno.test("Firenze, Pool executors: submit is Pool.apply_async", async () => {
  await using executor = new mp.ProcessPoolExecutor({ maxWorkers: 1 });
  await using pool = new mp.Pool(1);
  assertEquals(await executor.submit(f2, 3, 4).result(), await pool.applyAsync(f2, [3, 4]).get());
});

Deno.test("Firenze, Pool executors: map gives its results in the order of the arguments", async () => {
  await using pool = new mp.ProcessPoolExecutor({ maxWorkers: 2 });
  const secondDone = new mp.Event();
  const res = pool.map(inTurn, range(2), [secondDone, secondDone]);
  assertEquals(await Array.fromAsync(res), [0, 1]);
});

Deno.test("Firenze, Pool executors: as_completed gives them as they are done", async () => {
  await using pool = new mp.ProcessPoolExecutor({ maxWorkers: 2 });
  const may = new mp.Event();
  const now = new mp.Event();
  now.set();
  const futures = [pool.submit(after, may, 2), pool.submit(after, now, 3)];
  const results: number[] = [];
  for await (const future of mp.asCompleted(futures)) {
    results.push(await future.result());
    may.set(); // the first one ends only after the second one was seen
  }
  assertEquals(results, [9, 4]);
});

Deno.test("Firenze, Pool executors and asyncio: run_in_executor, and gather", async () => {
  await using pool = new mp.ProcessPoolExecutor({ maxWorkers: 2 });
  const awaitable = mp.runInExecutor(pool, f1, 3);
  assertEquals(await awaitable, 9);
  const calls = [1, 2, 3].map((x) => mp.runInExecutor(pool, f1, x));
  assertEquals(await Promise.all(calls), [1, 4, 9]);
});

Deno.test("Firenze, run_in_executor: functools.partial freezes arguments", async () => {
  const fooSomeArgs = mp.partial(f2, 6);
  assertEquals(fooSomeArgs(7), 42);
  await using pool = new mp.ProcessPoolExecutor({ maxWorkers: 1 });
  assertEquals(await mp.runInExecutor(pool, mp.partial(f2, 6, 7)), 42);
});

Deno.test("Firenze, Using executors with asyncio: the five steps, with gather and as_completed", async () => {
  await using pool = new mp.ProcessPoolExecutor({ maxWorkers: 2 }); // 1; step 2 is none: one loop
  const calls = [1, 2, 3].map((x) => mp.partial(f2, x, 10)); // 3
  const running = calls.map((call) => mp.runInExecutor(pool, call)); // 4
  assertEquals(await Promise.all(running), [10, 20, 30]); // 5, gather
  const results: number[] = [];
  const futures = calls.map((call) => pool.submit(call));
  for await (const future of mp.asCompleted(futures)) results.push(await future.result()); // 5
  assertEquals(results.toSorted(), [10, 20, 30]);
});
