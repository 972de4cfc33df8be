/**
 * Ten large jobs on an executor, against one worker: is the speedup linear?
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { alone, besideSlide, type Check, type Scenario } from "./scenario.ts";
import { countHits } from "./throws.ts";

// #region lesson
interface Job {
  job: number;
  throws: number;
  seed: number;
  start: mp.Barrier | null;
}

/** Pi from random throws, and who found it; each job has random numbers of its own. */
const mcPi = mp.task(import.meta, ({ job, throws, seed, start }: Job) => {
  start?.wait(); // the first job of each worker: nobody begins before all are there
  return { pi: 4 * countHits(throws, seed, job) / throws, pid: mp.currentProcess().pid! };
});

/** Ten jobs on an executor with so many workers; the clock runs from its start to its end. */
async function tenJobs(workers: number, throws: number, seed: number) {
  const start = new mp.Barrier(workers, { timeout: 60_000 });
  const jobs = Array.from({ length: 10 }, (_, job): Job => ({
    ...{ job, throws, seed },
    start: job < workers ? start : null,
  }));
  const clock = performance.now();
  await using pool = new mp.ProcessPoolExecutor({ maxWorkers: workers }); // <- its start counts
  const results = await Array.fromAsync(pool.map(mcPi, jobs));
  const seconds = (performance.now() - clock) / 1000;
  return { pis: results.map(({ pi }) => pi), pids: results.map(({ pid }) => pid), seconds };
}
// #endregion

/** What must hold of the results of one worker and of many, and of who found the latter. */
export function checkJobs(one: number[], many: number[], pids: number[], workers: number): Check[] {
  return [
    {
      claim: "Many workers find exactly what one finds.",
      holds: one.length === 10 && one.join() === many.join(),
    },
    {
      claim: "The first jobs begin together, each on a worker of its own.",
      holds: new Set(pids.slice(0, workers)).size === workers,
    },
  ];
}

/** The scenario. */
export const scenario: Scenario = {
  id: "executor-linear",
  deck: "Duke",
  slide: "Using processes in parallel with ProcessPoolExecutor",
  summary: "ten jobs of 10^7 on an executor against one worker",
  question:
    "Ten jobs of 10^7 throws run on an executor with four workers, and the slide says that " +
    "the speedup is linear as expected. Is it, and can it be?",
  takes: {
    workers: { means: "workers", full: 4, quick: 2, min: 2, max: 10 },
    size: { means: "throws in each of ten jobs", full: 1e7, quick: 1e6, max: 1e9 },
    seed: true,
  },
  next: "chunk-size",

  async run({ workers, size, seed }, print) {
    const one = await tenJobs(1, size, seed);
    print(`1 worker: ${one.seconds.toFixed(2)} s`);
    const many = await tenJobs(workers, size, seed);
    print(`${workers} workers: ${many.seconds.toFixed(2)} s`);
    const cores = Math.min(workers, mp.cpuCount()); // so many jobs at the same time
    const rounds = Math.ceil(10 / cores);
    const speedup = one.seconds / many.seconds;
    const by = [...new Set(many.pids)].map((pid) => many.pids.filter((p) => p === pid).length);
    return {
      found: `${speedup.toFixed(2)} times; ${(10 / rounds).toFixed(2)} is possible`,
      answer: [
        {
          columns: ["workers", "s", "speedup", "possible", "linear"],
          rows: [[1, one.seconds, 1, 1, 1], [workers, many.seconds, speedup, 10 / rounds, workers]],
        },
        `Jobs by worker: ${by.join(", ")}. This machine lets us use ${mp.cpuCount()} cores.`,
      ],
      why:
        `Ten jobs, ${cores} at a time, take ${rounds} rounds, and a round takes as long as a job: ` +
        `10 / ${rounds} = ${
          (10 / rounds).toFixed(2)
        } is the most, if nobody else wants the cores. ` +
        "On the slide four workers take three rounds, the most is 3.33, and 4.21 s " +
        "against 1.5 s are 2.81: near the possible, not linear. The start of the workers is in " +
        "the time. More and smaller jobs fill the last round, until handing them out costs more.",
      beside: besideSlide([
        ["one after the other, s", 4.21, one.seconds, size === 1e7],
        [`on 4 (here ${workers}) workers, s`, 1.5, many.seconds, size === 1e7],
        ["speedup", 4.21 / 1.5, speedup],
      ]),
      check: checkJobs(one.pis, many.pis, many.pids, workers),
    };
  },
};

if (import.meta.main) await alone(scenario);
