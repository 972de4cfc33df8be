/**
 * A pool with few large jobs and with many small ones, out of the box.
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { alone, besideSlide, type Check, type Scenario } from "./scenario.ts";
import { countHits, nearPi } from "./throws.ts";

// #region lesson
/** The hits of random throws, and who threw; each job has random numbers of its own. */
const mcPi = mp.task(import.meta, ([job, throws, seed]: [number, number, number]) => {
  return { hits: countHits(throws, seed, job), throws, pid: mp.currentProcess().pid! };
});

/** So many jobs on a new pool, with the chunk size that map takes by itself. */
async function mapJobs(count: number, throws: number, workers: number, seed: number) {
  const jobs = Array.from(
    { length: count },
    (_, job): [number, number, number] => [job, throws, seed],
  );
  const clock = performance.now();
  await using pool = new mp.Pool(workers);
  const results: Result[] = await pool.map(mcPi, jobs); // <- no chunk size
  return { results, seconds: (performance.now() - clock) / 1000 };
}

/** Four chunks for each worker, rounded up: what map takes when it is told nothing. */
const defaultChunk = (count: number, workers: number) => Math.ceil(count / (4 * workers));
// #endregion

/** What a job gives. */
interface Result {
  hits: number;
  throws: number;
  pid: number;
}

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
const piOf = (results: Result[]) =>
  4 * sum(results.map(({ hits }) => hits)) / sum(results.map(({ throws }) => throws));

/** What must hold of a map of few and of many jobs, whose chunks are so large. */
export function checkSizes(few: Result[], many: Result[], chunk: number): Check[] {
  const [inFew, inMany] = [few, many].map((results) => sum(results.map(({ throws }) => throws)));
  const near = (results: Result[]) => nearPi(piOf(results), inFew!);
  return [
    { claim: "Few large jobs make as many throws as many small ones.", holds: inFew === inMany },
    { claim: "Both find pi as near as the throws allow.", holds: near(few) && near(many) },
    {
      claim: `The small jobs go out in chunks of ${chunk}, each to one worker.`,
      holds: many.every(({ pid }, i) => pid === many[i - i % chunk]!.pid),
    },
  ];
}

/** The scenario. */
export const scenario: Scenario = {
  id: "pool-job-sizes",
  deck: "Duke",
  slide: "Using multiprocessing",
  summary: "a Pool with few large jobs and with many small ones",
  question:
    "Ten jobs of 10^7 throws, or 10,000 jobs of 10^4: the executor needed a chunk size for " +
    "the small ones. Does a Pool?",
  takes: {
    workers: { means: "workers", full: 4, quick: 2, max: 64 },
    size: { means: "throws in each of ten jobs", full: 1e7, quick: 1e6, min: 1e4, max: 1e9 },
    seed: true,
  },
  next: "chunk-size",

  async run({ workers, size, seed }, print) {
    const large = Math.round(size / 1000) * 1000;
    const few = await mapJobs(10, large, workers, seed);
    print(`10 jobs of ${large.toLocaleString("en-US")}: ${few.seconds.toFixed(2)} s`);
    const many = await mapJobs(10_000, large / 1000, workers, seed);
    print(`10,000 jobs of ${(large / 1000).toLocaleString("en-US")}: ${many.seconds.toFixed(2)} s`);
    const [small, chunk] = [10, 10_000].map((count) => defaultChunk(count, workers)) as [
      number,
      number,
    ];
    const ratio = many.seconds / few.seconds;
    return {
      found: `many small: ${ratio.toFixed(2)} times the time of few`,
      answer: [
        {
          columns: ["jobs", "throws each", "chunk", "chunks", "pi", "here s", "slide s"],
          rows: [
            [
              10,
              large,
              small,
              Math.ceil(10 / small),
              piOf(few.results).toFixed(5),
              few.seconds,
              1.44,
            ],
            [
              ...[10_000, large / 1000, chunk, Math.ceil(10_000 / chunk)],
              ...[piOf(many.results).toFixed(5), many.seconds, 1.24],
            ],
          ],
        },
      ],
      why:
        "Pool.map cuts its list into four chunks for each worker by itself, executor.map hands " +
        "out one by one unless it is told a chunk size. So a Pool pays for few hand-overs however " +
        "many jobs there are. The small jobs can even be faster: the chunks are even, while the " +
        "last of ten large jobs run when other workers have nothing left. Four chunks and not " +
        "one, so that a worker whose jobs are short can take another chunk.",
      beside: besideSlide([
        ["few large, s", 1.44, few.seconds, large === 1e7],
        ["many small, s", 1.24, many.seconds, large === 1e7],
        ["many small / few large", 1.24 / 1.44, ratio],
      ]),
      check: checkSizes(few.results, many.results, chunk),
    };
  },
};

if (import.meta.main) await alone(scenario);
