/**
 * `executor.map` gives results in the order of the arguments, `asCompleted` as they are done.
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { alone, type Check, type Scenario } from "./scenario.ts";

// #region lesson
/** Task 0 takes long: it ends when the parent says so. */
const square = mp.task(import.meta, (i: number, go: mp.Event) => {
  if (i === 0) go.wait();
  return i * i;
});

/** Wait until as many are here as the barrier has parties: then all workers are up. */
const meet = mp.task(import.meta, (all: mp.Barrier) => {
  all.wait();
});

async function byMap(executor: mp.Executor, count: number, slowMs: number): Promise<Run> {
  const go = new mp.Event();
  const start = performance.now();
  const results: number[] = [];
  let first = 0, early = 0;
  setTimeout(() => {
    early = results.length;
    go.set();
  }, slowMs);
  const inOrder = executor.map(square, Array(count).keys(), Array(count).fill(go));
  for await (const result of inOrder) { // <- task 0 is the first, and slow
    if (results.push(result) === 1) first = performance.now() - start;
  }
  return { results, early, first };
}

async function byAsCompleted(executor: mp.Executor, count: number, slowMs: number): Promise<Run> {
  const go = new mp.Event();
  const start = performance.now();
  const futures = Array.from({ length: count }, (_, i) => executor.submit(square, i, go));
  const results: number[] = [];
  let first = 0, early = 0;
  for await (const future of mp.asCompleted(futures)) { // <- who is done is first
    if (results.push(await future.result()) === 1) first = performance.now() - start;
    if (results.length === count - 1) { // all but the slow one
      early = results.length;
      setTimeout(() => go.set(), Math.max(0, slowMs - (performance.now() - start)));
    }
  }
  return { results, early, first };
}
// #endregion

/** What one way gave. */
export interface Run {
  results: number[]; // in the order of their coming
  early: number; // so many were there before the slow task ended
  first: number; // when the first one was there, in ms
}

/** What must hold of both ways. */
export function checkOrder(count: number, map: Run, completed: Run): Check[] {
  const squares = Array.from({ length: count }, (_, i) => i * i);
  const sorted = completed.results.toSorted((a, b) => a - b);
  return [
    {
      claim: "map gives the order of the arguments.",
      holds: map.results.join() === squares.join(),
    },
    { claim: "map gives nothing before the slow first task ends.", holds: map.early === 0 },
    {
      claim: "asCompleted gives all the others before.",
      holds: completed.early === count - 1 && completed.results.at(-1) === 0,
    },
    { claim: "Both give the same results.", holds: sorted.join() === squares.join() },
  ];
}

const tasks = 10;

/** The scenario. */
export const scenario: Scenario = {
  id: "map-order",
  deck: "Firenze",
  slide: "Pool executors",
  summary: "executor map against asCompleted: the first result",
  question:
    "The first of ten tasks is slow. When does the first result come by the executor's map, " +
    "and when by asCompleted?",
  takes: {
    workers: { means: "workers", full: 2, min: 2, max: 64 },
    size: { means: "ms that the slow task takes", full: 1000, quick: 200, max: 60_000 },
  },
  next: "run-in-executor",

  async run({ workers, size: slowMs }, print) {
    await using executor = new mp.WorkerPoolExecutor({ maxWorkers: workers });
    const all = new mp.Barrier(workers);
    await Promise.all(Array.from({ length: workers }, () => executor.submit(meet, all).result()));
    const map = await byMap(executor, tasks, slowMs);
    print(`map: first result after ${map.first.toFixed(0)} ms`);
    const completed = await byAsCompleted(executor, tasks, slowMs);
    print(`asCompleted: first result after ${completed.first.toFixed(0)} ms`);
    const row = (way: string, { results, early, first }: Run) => [
      way,
      first,
      early,
      results.slice(0, 10).join(" ") + (results.length > 10 ? " ..." : ""),
    ];
    return {
      found: `${map.first.toFixed(0)} ms by map, ${completed.first.toFixed(0)} ms as completed`,
      answer: [
        {
          columns: ["way", "first result, ms", "before the slow one", "order of the results"],
          rows: [row("map", map), row("asCompleted", completed)],
        },
      ],
      why:
        "Both start all tasks at once and take the same time in all. map hands the results out " +
        "in the order of the arguments, so the quick ones lie ready until the slow first one is " +
        "done. asCompleted hands out each future when it is done; the program has to know itself " +
        "which argument it belongs to.",
      check: checkOrder(tasks, map, completed),
    };
  },
};

if (import.meta.main) await alone(scenario);
