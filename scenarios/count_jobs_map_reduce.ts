/**
 * Counting jobs by map and reduce: nothing is shared, and it is faster.
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { alone, besideSlide, type Scenario } from "./scenario.ts";

// #region lesson
type Mapped = [pid: number, one: number, i: number];

const job = mp.task(import.meta, (i: number): Mapped => [mp.currentProcess().pid!, 1, i]);

/** Map: a pool does the jobs and returns what each adds. Reduce: the parent adds up. */
async function mapReduce(jobs: number, workers: number) {
  await using pool = new mp.Pool(workers);
  const mapped = await pool.map(job, Array.from({ length: jobs }, (_, i) => i));
  const counter = mapped.reduce((sum, [, one]) => sum + one, 0); // <- one adds, alone
  const store = new Array<number>(10).fill(0);
  for (const [pid, , i] of mapped) store[pid % 10]! += i;
  return { counter, store, pids: new Set(mapped.map(([pid]) => pid)).size };
}
// #endregion

const countShared = mp.task(
  import.meta,
  (i: number, counter: mp.Value<"i">, sum: mp.Value<"i">) => {
    counter.add(1);
    sum.add(i);
  },
);

/** What it is compared with: a process for each job, counting in shared memory. */
async function processPerJob(jobs: number): Promise<number> {
  const [counter, sum] = [new mp.Value("i", 0), new mp.Value("i", 0)];
  for (let i = 0; i < jobs; i++) {
    const process = new mp.Process({ target: countShared, args: [i, counter, sum] });
    process.start();
    await process.join();
  }
  return counter.value;
}

/** The scenario. */
export const scenario: Scenario = {
  id: "count-jobs-map-reduce",
  deck: "Duke",
  slide: "Counting number of jobs (3)",
  summary: "the same count by map and reduce: faster, nothing shared",
  question:
    "The same hundred jobs, but a pool maps each to a triple and the parent adds them up. " +
    "Is the count the same, and is it faster than shared counters?",
  takes: {
    workers: { means: "workers in the pool", full: 10, quick: 4, max: 64 },
    size: { means: "jobs", full: 100, quick: 30, min: 10, max: 10_000 },
  },
  next: "race-condition",

  async run({ workers, size }, print) {
    const t0 = performance.now();
    const { counter, store, pids } = await mapReduce(size, workers);
    const t1 = performance.now();
    print(`map over ${size} jobs on ${workers} workers, then reduce: ${(t1 - t0).toFixed(0)} ms`);
    const shared = await processPerJob(size);
    const t2 = performance.now();
    print(`a process for each of ${size} jobs, shared counter: ${(t2 - t1).toFixed(0)} ms`);
    const [mapMs, sharedMs] = [t1 - t0, t2 - t1];
    const total = store.reduce((sum, n) => sum + n, 0);
    return {
      found: `${(sharedMs / mapMs).toFixed(1)} times as fast as a process per job`,
      answer: [
        `counter ${counter}, store [${store.join(", ")}]; and ${pids} of the workers took jobs.`,
        {
          columns: ["way", "counted", "ms"],
          rows: [["map and reduce", counter, mapMs], ["process per job, shared", shared, sharedMs]],
        },
        `Map and reduce is ${(sharedMs / mapMs).toFixed(1)} times as fast.`,
      ],
      why: "The workers are started once and do many jobs each, and no job waits for another: " +
        "each returns what it has to add, and only the parent adds. What a worker does alone needs " +
        "neither a lock nor an atomic step. How the numbers fall into the ten cells of the store " +
        "depends on which worker took which job; their sum does not.",
      beside: besideSlide([
        ["shared counters, ms", 792, sharedMs, size === 100],
        ["map and reduce, ms", 179, mapMs, size === 100],
        ["times as fast", 792 / 179, sharedMs / mapMs, size === 100],
      ]),
      check: [
        { claim: "The count is the number of jobs.", holds: counter === size && shared === size },
        { claim: "The store sums up every job's number.", holds: total === size * (size - 1) / 2 },
        { claim: "It is faster than a process for each job.", holds: mapMs < sharedMs },
      ],
    };
  },
};

if (import.meta.main) await alone(scenario);
