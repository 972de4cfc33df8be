/**
 * Executors: submit, map, shutdown, cancel; what breaks them and what they refuse.
 *
 * @module
 */

import {
  asCompleted,
  BrokenExecutorError,
  currentProcess,
  type Executor,
  type Future,
  ProcessPoolExecutor,
  task,
  ThreadPoolExecutor,
  wait,
} from "../../mod.ts";
import { line, outcomeAsync, raised, range, tell, tellAsync } from "./report.ts";

const square = task(import.meta, (x: number) => x * x);
const add = task(import.meta, (a: number, b: number) => a + b);
const three = task(import.meta, (a: unknown, b: unknown, c: unknown) => [a, b, c]);

const but3 = task(import.meta, (x: number) => {
  if (x === 3) throw new RangeError("no 3");
  return x;
});

const pid = task(import.meta, () => currentProcess().pid);
const die = task(import.meta, function die() {
  Deno.exit(9);
});

const fails = task(import.meta, () => {
  throw new RangeError("the initializer fails");
});

let remembered: unknown[];

const remember = task(import.meta, (a: unknown, b: unknown) => {
  remembered = [a, b];
});

const recall = task(import.meta, () => remembered);

function* untilBad(n: number): Generator<number> {
  yield* range(n);
  throw new RangeError("the inputs end badly");
}

/** All that the iterator of a call gives, until it says twice that it has ended. */
async function events(call: () => AsyncIterator<unknown>): Promise<unknown[]> {
  let iterator;
  try {
    iterator = call();
  } catch (error) {
    return ["the call", raised(error)];
  }
  const seen: unknown[] = [];
  for (let ends = 0; ends < 2;) {
    try {
      const { done, value } = await iterator.next();
      seen.push(done ? "end" : value);
      if (done) ends++;
    } catch (error) {
      seen.push(raised(error));
    }
  }
  return seen;
}

type Class = typeof ProcessPoolExecutor | typeof ThreadPoolExecutor;

async function maps(name: string, executor: Executor): Promise<void> {
  for (const n of range(6)) {
    line(`${name}, map ${n}`, await events(() => executor.map(but3, range(n))));
  }
  for (const [n, m] of [[0, 3], [2, 3], [3, 2], [3, 0], [4, 4]] as const) {
    line(`${name}, map ${n} and ${m}`, await events(() => executor.map(add, range(n), range(m))));
  }
  const columns = ["abc", [1, 2, 3], [null, true]] as const;
  line(`${name}, map of three`, await events(() => executor.map(three, ...columns)));
  for (const chunkSize of [1, 2, 3, 10]) {
    const squares = () => executor.map(square, range(7), { chunkSize });
    line(`${name}, map by ${chunkSize}`, await events(squares));
  }
  for (const n of range(3)) {
    const bad = () => executor.map(square, untilBad(n));
    line(`${name}, map, inputs raise at ${n}`, await events(bad));
  }
  const timed = () => executor.map(square, range(3), { timeout: 10_000 });
  line(`${name}, map with a timeout`, await events(timed));
}

async function submits(name: string, executor: Executor): Promise<void> {
  const submitAll = (n: number) => range(n).map((x) => executor.submit(square, x));
  const futures = submitAll(5);
  line(`${name}, results`, await Promise.all(futures));
  line(`${name}, exceptions`, await Promise.all(futures.map((future) => future.exception())));
  const states = futures.map((f) => [f.running(), f.done(), f.cancelled(), f.cancel()]);
  line(`${name}, states`, states);
  const failed = executor.submit(but3, 3);
  await tellAsync(`${name}, a result that is an error`, () => failed.result());
  line(`${name}, that error`, raised(await failed.exception()));
  await maps(name, executor);
  const seen: number[] = [];
  for await (const future of asCompleted(submitAll(4))) seen.push(await future.result());
  line(`${name}, as_completed`, seen.sort((a, b) => a - b));
  const { done, notDone } = await wait(submitAll(4));
  const results = await Promise.all([...done].map((future) => future.result()));
  line(`${name}, wait`, [done.size, notDone.size, results.sort((a, b) => a - b)]);
  const calls: unknown[] = [];
  const future = executor.submit(square, 3);
  const result = await future;
  for (const i of range(3)) future.addDoneCallback(() => calls.push([i, result]));
  line(`${name}, callbacks`, calls);
}

async function common(name: string, Class: Class): Promise<void> {
  for (const n of [0, -1]) tell(`${name}, ${n} workers`, () => new Class({ maxWorkers: n }));
  tell(
    `${name}, an initializer that is none`,
    () => new Class({ maxWorkers: 1, initializer: 5 as never }),
  );
  let executor: Executor, last: Future<number>;
  {
    await using mine = new Class({ maxWorkers: 2 });
    executor = mine;
    await submits(name, executor);
    last = executor.submit(square, 9);
  }
  line(`${name}, its block waits`, [last.done(), await last]);
  tell(`${name}, submit after shutdown`, () => executor.submit(square, 1));
  tell(`${name}, map after shutdown`, () => executor.map(square, [1]));
  line(`${name}, shutdown again`, [
    await executor.shutdown(),
    await executor.shutdown({ wait: false }),
  ]);
  executor = new Class({ maxWorkers: 1 });
  const pending = range(5).map((x) => executor.submit(square, x));
  line(`${name}, shutdown without waiting`, await executor.shutdown({ wait: false }));
  line(`${name}, what was submitted`, await Promise.all(pending));
  {
    const initargs = [1, "two"] as [number, string];
    await using executor = new Class({ maxWorkers: 1, initializer: remember, initargs });
    line(`${name}, initializer`, await executor.submit(recall));
  }
  await using failing = new Class({ maxWorkers: 1, initializer: fails });
  const future = failing.submit(square, 1);
  const broken = await future.exception() instanceof BrokenExecutorError;
  line(`${name}, a failing initializer breaks it`, broken);
  try {
    failing.submit(square, 1);
  } catch (error) {
    line(`${name}, and every later call`, error instanceof BrokenExecutorError);
  }
}

async function processes(): Promise<void> {
  {
    await using executor = new ProcessPoolExecutor({ maxWorkers: 1 });
    const none = () => Array.fromAsync(executor.map(square, [1], { chunkSize: 0 }));
    await tellAsync("chunks of 0", none);
    const ids: unknown[] = [];
    for (const _ of range(3)) ids.push(await executor.submit(pid));
    line("one worker for three calls", new Set(ids).size);
    line("which is not this process", !ids.includes(currentProcess().pid));
  }
  const executor = new ProcessPoolExecutor({ maxWorkers: 1 });
  const future = executor.submit(die);
  const error = await future.exception();
  line("a worker that dies", [error instanceof BrokenExecutorError, error instanceof Error]);
  line("its class", (error as Error).constructor === BrokenExecutorError);
  await tellAsync("what it says", () => future.result());
  tell("submit after that", () => executor.submit(square, 1));
  await executor.shutdown();
}

async function threads(): Promise<void> {
  for (const cancelFutures of [false, true]) {
    const gate = Promise.withResolvers<void>(), begun = Promise.withResolvers<void>();
    const executor = new ThreadPoolExecutor({ maxWorkers: 1 });
    const held = executor.submit(async () => {
      begun.resolve();
      await gate.promise;
      return "held";
    });
    const futures = [held, ...range(4).map((x) => executor.submit(square, x))] as Future<unknown>[];
    await begun.promise;
    const label = `cancel_futures ${cancelFutures}`;
    const last = futures[4]!;
    line(`${label}, one runs`, futures.map((f) => [f.running(), f.done()]));
    line(`${label}, cancel the first and the last`, [
      held.cancel(),
      last.cancel(),
      last.cancel(),
    ]);
    const cancelled = () => futures.map((f) => f.cancelled());
    line(`${label}, cancelled`, cancelled());
    const { done, notDone } = await wait(futures, { timeout: 0 });
    line(`${label}, wait 0`, [done.size, notDone.size]);
    await tellAsync(`${label}, result 0`, () => held.result({ timeout: 0 }));
    await executor.shutdown({ wait: false, cancelFutures });
    line(`${label}, cancelled by shutdown`, cancelled());
    gate.resolve();
    await executor.shutdown();
    const end = (f: Future<unknown>) =>
      f.cancelled() ? "cancelled" : outcomeAsync(() => f.result());
    line(`${label}, at the end`, await Promise.all(futures.map(end)));
    await tellAsync(`${label}, the result of a cancelled one`, () => last.result());
  }
}

if (import.meta.main) {
  await processes(); // first, so that its workers have numbers that do not depend on others
  await common("ProcessPoolExecutor", ProcessPoolExecutor);
  await common("ThreadPoolExecutor", ThreadPoolExecutor);
  await threads();
}
