/**
 * The lesson of Python's GIL: one thread overlaps waiting, but it computes one thing at a time.
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { alone, type Check, type Scenario } from "./scenario.ts";

// #region lesson
/** How many were at work when a task had come, itself included; and what it computed. */
interface Done {
  atOnce: number;
  sum: number;
}

/** Add up the roots of the numbers below `size`: nothing to wait for. */
function sumOfRoots(size: number): number {
  let sum = 0;
  for (let i = 0; i < size; i++) sum += Math.sqrt(i);
  return sum;
}

/** Compute on the event loop. Being `async` changes nothing: it never lets the thread go. */
// deno-lint-ignore require-await
async function compute(size: number, atWork: mp.Value<"i">): Promise<Done> {
  const atOnce = atWork.add(1) + 1;
  const sum = sumOfRoots(size); // <- keeps the thread to its end
  atWork.add(-1);
  return { atOnce, sum };
}

/** Wait on the event loop. `await` lets the thread go, so others come in. */
async function wait(ms: number, atWork: mp.Value<"i">): Promise<Done> {
  const atOnce = atWork.add(1) + 1;
  await new Promise((done) => setTimeout(done, ms)); // <- lets the thread go, as a slow disk would
  atWork.add(-1);
  return { atOnce, sum: 0 };
}

/** Compute in a worker; begin when all workers have come. */
const computeInWorker = mp.task(
  import.meta,
  (size: number, atWork: mp.Value<"i">, all: mp.Barrier): Done => {
    const atOnce = atWork.add(1) + 1;
    all.wait();
    const sum = sumOfRoots(size); // <- keeps a thread of its own
    atWork.add(-1);
    return { atOnce, sum };
  },
);
// #endregion

/** What must hold: how many were at work at once, and that all computed the same. */
export function checkOverlap(
  n: number,
  most: { computing: number; waiting: number; workers: number },
  sums: readonly number[],
): Check[] {
  return [
    { claim: "On one thread, one computes at a time.", holds: most.computing === 1 },
    { claim: `On one thread, ${n} wait at a time.`, holds: most.waiting === n },
    { claim: `On workers, ${n} are at work at a time.`, holds: most.workers === n },
    {
      claim: "Every way computes the same.",
      holds: sums.length > 0 && sums.every((sum) => sum === sums[0]),
    },
  ];
}

/** The scenario. */
export const scenario: Scenario = {
  id: "event-loop-is-not-parallel",
  deck: "PNNL",
  slide: "Python threads; Duke: ThreadPoolExecutor gives no speedup because of the GIL",
  summary: "one thread overlaps waiting, never computing",
  question: "Python's threads overlap I/O, but they are not a parallel computing construct. Does " +
    "the event loop of JavaScript do better? Four tasks that compute, and four that wait.",
  takes: {
    workers: { means: "tasks, and as many workers", full: 4, min: 2, max: 64 },
    size: { means: "roots in each task", full: 50_000_000, quick: 10_000_000, max: 1e9 },
  },
  next: "spawn-processes",

  async run({ workers: n, size }, print) {
    const waitMs = 100;
    const measure = async (times: number, work: (atWork: mp.Value<"i">) => Promise<Done>) => {
      const atWork = new mp.Value("i", 0);
      const start = performance.now();
      const done = await Promise.all(Array.from({ length: times }, () => work(atWork)));
      const ms = performance.now() - start;
      return { ms, done, most: Math.max(...done.map(({ atOnce }) => atOnce)) };
    };
    sumOfRoots(1_000_000); // compiled
    const oneMs = (await measure(1, (atWork) => compute(size, atWork))).ms;
    await using loop = new mp.EventLoopExecutor({ maxWorkers: n });
    const onLoop = await measure(n, (atWork) => loop.submit(compute, size, atWork).result());
    print(`${n} tasks computed on the event loop: ${onLoop.ms.toFixed(0)} ms`);
    const waits = await measure(n, (atWork) => loop.submit(wait, waitMs, atWork).result());
    print(`${n} tasks waited on the event loop: ${waits.ms.toFixed(0)} ms`);
    await using pool = new mp.Pool(n);
    const all = new mp.Barrier(n);
    const onWorkers = (size: number) =>
      measure(n, (atWork) => pool.apply(computeInWorker, [size, atWork, all]));
    await onWorkers(1_000_000); // the workers are up, and their code is compiled
    const inWorkers = await onWorkers(size);
    print(`${n} tasks computed on ${n} workers: ${inWorkers.ms.toFixed(0)} ms`);
    const row = (name: string, one: number, { ms, most }: { ms: number; most: number }) => {
      return [name, most, one, ms, `${(n * one / ms).toFixed(1)} x`];
    };
    return {
      found: `at once: ${onLoop.most} computes, ${waits.most} wait, ${inWorkers.most} workers`,
      answer: [
        {
          columns: [`${n} tasks that`, "at once", "one alone, ms", "all, ms", "gain"],
          rows: [
            row("compute on one thread", oneMs, onLoop),
            row("wait on one thread", waitMs, waits),
            row("compute on workers", oneMs, inWorkers),
          ],
        },
        `This machine gives the program ${mp.cpuCount()} cores; workers gain what others leave of them.`,
      ],
      why:
        "A thread runs one function at a time. One that waits says `await` and lets the thread " +
        "go, so all waits pass together. One that computes keeps it, and the others come after " +
        "it. Python's GIL forces the same on its threads. Only workers, which have a thread " +
        "each, compute at the same time.",
      check: checkOverlap(
        n,
        { computing: onLoop.most, waiting: waits.most, workers: inWorkers.most },
        [...onLoop.done, ...inWorkers.done].map(({ sum }) => sum),
      ),
    };
  },
};

if (import.meta.main) await alone(scenario);
