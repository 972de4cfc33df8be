/**
 * Workers that all begin with the same random state, against streams of their own.
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { alone, type Check, type Scenario } from "./scenario.ts";
import { smallStreams } from "./small_streams.ts";
import { generator } from "./throws.ts";

// #region lesson
let random: () => number; // the generator of this worker
let seed: number;

/** Every worker copies the state of the parent, as fork() copies its memory. */
const initialize = mp.task(import.meta, (given: number) => {
  seed = given;
  random = generator(given, 0);
});

interface Job {
  job: number;
  throws: number;
  ownStream: boolean;
  start: mp.Barrier | null;
}

const mcPi = mp.task(import.meta, ({ job, throws, ownStream, start }: Job): Result => {
  start?.wait(); // the first jobs go to one worker each
  const draw = ownStream ? generator(seed, job) : random; // <- its own stream, or the copy
  const first = [draw(), draw(), draw()]; // tells the streams apart
  let hits = 0;
  for (let i = 0; i < throws; i++) {
    const x = draw(), y = draw();
    if (x * x + y * y < 1) hits++;
  }
  return { pi: 4 * hits / throws, first };
});

/** The jobs that drew the same numbers as one before them. */
export function findRepeats(results: readonly Result[]): number[] {
  const seen = new Set<string>();
  return results.flatMap(({ first }, job) => {
    if (seen.has(first.join())) return [job];
    seen.add(first.join());
    return [];
  });
}
// #endregion

/** What a job gives: its estimate, and the first numbers that it drew. */
export interface Result {
  pi: number;
  first: number[];
}

const slide = "3.1412484 3.1412484 3.1412484 3.1412484 3.1412768 3.1412768 3.1412768";

async function tenJobs(workers: number, throws: number, given: number, ownStream: boolean) {
  await using pool = new mp.Pool(workers, { initializer: initialize, initargs: [given] });
  const start = new mp.Barrier(workers, { timeout: 60_000 });
  const jobs = Array.from({ length: 10 }, (_, job): Job => ({
    ...{ job, throws, ownStream },
    start: job < workers ? start : null,
  }));
  return await pool.map(mcPi, jobs, { chunkSize: 1 });
}

/** What must hold of ten jobs with a copied state, and of two runs with streams of their own. */
export function checkStreams(workers: number, copied: Result[], own: Result[], again: Result[]) {
  return [
    {
      claim: "With a copied state the first job of each worker draws the same numbers.",
      holds: findRepeats(copied.slice(0, workers)).length === workers - 1,
    },
    { claim: "With streams of their own no two jobs do.", holds: findRepeats(own).length === 0 },
    {
      claim: "Their results do not depend on which worker takes which job.",
      holds: own.map(({ pi }) => pi).join() === again.map(({ pi }) => pi).join(),
    },
  ] satisfies Check[];
}

/** The scenario. */
export const scenario: Scenario = {
  id: "identical-random-streams",
  deck: "Duke",
  slide: "Using processes in parallel with ProcessPoolExecutor: Out[13]",
  summary: "workers that draw the same numbers; how to find out",
  question: "Ten jobs should give ten estimates of pi, but the slide shows 3.1412484 four times. " +
    "Why, what is the mean of such results worth, and how does one notice?",
  takes: {
    workers: { means: "workers", full: 4, min: 2, max: 10 },
    size: { means: "throws in each of ten jobs", full: 1e7, quick: 100_000, min: 100, max: 1e9 },
    seed: true,
  },
  next: "hidden-lock",

  async run({ workers, size, seed }, print) {
    const copied = await tenJobs(workers, size, seed, false);
    const show = (results: Result[]) =>
      results.slice(0, 7).map(({ pi }) => pi.toFixed(7)).join(" ");
    print(`copied: ${show(copied)}`);
    const own = await tenJobs(workers, size, seed, true);
    print(`own: ${show(own)}`);
    const again = await tenJobs(2, size, seed, true); // other workers take them
    const different = 10 - findRepeats(copied).length;
    const mean = (results: Result[]) => results.reduce((sum, { pi }) => sum + pi, 0) / 10;
    const row = (name: string, results: Result[]) => {
      const [repeats, pi] = [findRepeats(results), mean(results)];
      const which = repeats.join(" ") || "none";
      return [name, 10 - repeats.length, which, pi.toFixed(6), Math.abs(pi - Math.PI)];
    };
    return {
      found: `${different} of 10 differ; with own streams ${10 - findRepeats(own).length}`,
      answer: [
        {
          columns: ["state", "different", "repeats are jobs", "mean", "off by"],
          rows: [row("copied", copied), row("own streams", own)],
        },
        `Ten results with ${different} different ones are worth ${different} jobs, not ten.`,
      ],
      why:
        "fork() copies the parent's memory, the state of the generator with it: the first job of " +
        "each worker draws the same numbers, then the second. Here a worker starts with fresh " +
        "memory, but the same seed for all is the same mistake. A stream by the number of the " +
        "job, not of the worker, cures it, and makes a run repeatable however the jobs are handed " +
        "out. To notice, compare the first draws: equal results may be chance, equal draws are not.",
      beside: {
        columns: ["", "estimates"],
        rows: [["slide", slide], ["copied", show(copied)], ["own", show(own)]],
      },
      check: checkStreams(workers, copied, own, again),
    };
  },

  often: (options) => smallStreams(options.workers, options),
};

if (import.meta.main) await alone(scenario);
