/**
 * Counting jobs in shared memory: right, and what sharing costs.
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { alone, besideSlide, type Scenario } from "./scenario.ts";
import { smallRaces } from "./small_races.ts";

// #region lesson
const job = mp.task(
  import.meta,
  (i: number, counter: mp.Value<"i">, store: mp.SharedArray<"i">) => {
    counter.value += 1; // <- in the memory of all
    store[mp.currentProcess().pid! % 10]! += i;
  },
);

/** One process for each job, one after the other, so that none disturbs another. */
async function countJobs(jobs: number) {
  const counter = new mp.Value("i", 0);
  const store = new mp.SharedArray("i", 10);
  for (let i = 0; i < jobs; i++) {
    const process = new mp.Process({ target: job, args: [i, counter, store] });
    process.start();
    await process.join();
  }
  return { counter: counter.value, store: [...store] };
}
// #endregion

const ways: Record<string, (counter: mp.Value<"i">, n: number) => void> = {
  "a variable of one's own": (counter, n) => {
    let own = 0;
    for (let k = 0; k < n; k++) own = (own + 1) | 0;
    counter.add(own);
  },
  "counter.value += 1": (counter, n) => {
    for (let k = 0; k < n; k++) counter.value += 1;
  },
  "counter.add(1)": (counter, n) => {
    for (let k = 0; k < n; k++) counter.add(1);
  },
  "with the lock": (counter, n) => {
    const lock = counter.getLock();
    for (let k = 0; k < n; k++) {
      lock.acquire();
      counter.value += 1;
      lock.release();
    }
  },
};

const increment = mp.task(
  import.meta,
  (way: string, counter: mp.Value<"i">, n: number, start: mp.Barrier) => {
    ways[way]!(counter, n); // once for the compiler
    start.wait();
    const clock = performance.now();
    ways[way]!(counter, n);
    return (performance.now() - clock) / n * 1e6;
  },
);

/** Nanoseconds for an increment on so many workers at once. */
async function cost(way: string, workers: number, n: number): Promise<number> {
  await using pool = new mp.Pool(workers);
  type Args = [string, mp.Value<"i">, number, mp.Barrier];
  const args: Args = [way, new mp.Value("i", 0), n, new mp.Barrier(workers)];
  const times = await pool.starmap(increment, Array(workers).fill(args), { chunkSize: 1 });
  return Math.max(...times);
}

/** The scenario. */
export const scenario: Scenario = {
  id: "count-jobs-shared",
  deck: "Duke",
  slide: "Counting number of jobs (2)",
  summary: "Value and Array count the jobs; and what sharing costs",
  question:
    "A shared counter and a shared array count a hundred jobs, one process each. The slide " +
    "says that sharing is slow. What of it is slow?",
  takes: {
    size: { means: "jobs, one process each", full: 100, quick: 20, max: 10_000 },
    runs: {
      means: "increments for each cost",
      full: 1_000_000,
      quick: 100_000,
      min: 1000,
      max: 1e8,
    },
    seed: true,
  },
  next: "count-jobs-map-reduce",

  async run({ size, runs, quick, seed }, print) {
    const start = performance.now();
    const { counter, store } = await countJobs(size);
    const ms = performance.now() - start;
    print(`${size} jobs in ${size} processes, one after the other: ${ms.toFixed(0)} ms`);
    const rows: (string | number)[][] = [];
    for (const way of Object.keys(ways)) {
      rows.push([way, await cost(way, 1, runs), await cost(way, 2, runs)]);
      print(`${runs.toLocaleString("en-US")} increments by 1 and by 2 workers: ${way}`);
    }
    const sum = store.reduce((total, n) => total + n, 0);
    return {
      found: `${counter} counted, at ${(ms / size).toFixed(0)} ms a process`,
      answer: [
        `counter ${counter}, store [${store.join(", ")}], in ${ms.toFixed(0)} ms or ` +
        `${(ms / size).toFixed(1)} ms a job.`,
        { columns: ["one increment", "1 worker ns", "2 workers ns"], rows },
      ],
      why: "The counts are right because each process is joined before the next one starts; the " +
        "table of outcomes tells of two at the same time. The time of the jobs is the time of " +
        "starting processes; an increment of shared memory takes nanoseconds. What costs is " +
        "sharing at the same time: the cores pass the counter to and fro, and a lock makes them " +
        "take turns. A variable of one's own costs next to nothing, which is why the next " +
        "scenario counts there and adds up once.",
      beside: besideSlide([
        ["jobs", 100, size],
        ["ms in all", 792, ms, size === 100],
        ["ms a job", 7.92, ms / size],
      ]),
      outcomes: await smallRaces(["read, pause, write", "value.add(1)"], { quick, seed }),
      check: [
        { claim: "The shared counter counts every job.", holds: counter === size },
        {
          claim: "The shared array sums up every job's number.",
          holds: sum === size * (size - 1) / 2,
        },
        {
          claim: "Starting a process costs more than a locked increment.",
          holds: ms / size * 1e6 > Number(rows[3]![2]),
        },
      ],
    };
  },
};

if (import.meta.main) await alone(scenario);
