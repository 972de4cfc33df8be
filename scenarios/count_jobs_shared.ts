/**
 * Counting jobs in shared memory: right, and what sharing costs.
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { cost, ways } from "./increment_cost.ts";
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

  async run({ size, runs }, print) {
    const start = performance.now();
    const { counter, store } = await countJobs(size);
    const ms = performance.now() - start;
    print(`${size} jobs in ${size} processes, one after the other: ${ms.toFixed(0)} ms`);
    const rows: (string | number)[][] = [];
    for (const way of ways) {
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

  often: (options) => smallRaces(["read, pause, write", "value.add(1)"], options),
};

if (import.meta.main) await alone(scenario);
