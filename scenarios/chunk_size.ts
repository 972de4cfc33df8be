/**
 * Ten thousand small jobs, handed out one by one or in chunks.
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { alone, besideSlide, type Scenario } from "./scenario.ts";
import { countHits, nearPi } from "./throws.ts";

// #region lesson
/** Pi from `throws` random throws, and who found it; each job has random numbers of its own. */
const mcPi = mp.task(import.meta, ([job, throws, seed]: [number, number, number]) => {
  return { pi: 4 * countHits(throws, seed, job) / throws, pid: mp.currentProcess().pid! };
});

async function timeMap(pool: mp.Pool, jobs: [number, number, number][], chunkSize: number) {
  const start = performance.now();
  const results = await pool.map(mcPi, jobs, { chunkSize }); // <- so many jobs in one message
  const seconds = (performance.now() - start) / 1000;
  return { results, seconds, busy: new Set(results.map(({ pid }) => pid)).size };
}
// #endregion

/** The slide's seconds by chunk size, for 10,000 jobs of 10^4 throws on 4 workers. */
const slide: Record<number, number> = { 1: 4.2, 100: 1.32 };

/** The scenario. */
export const scenario: Scenario = {
  id: "chunk-size",
  deck: "Duke",
  slide: "When you have many jobs",
  summary: "10,000 jobs in chunks of 1, of 100, and in between",
  question:
    "Ten thousand jobs of 10^4 throws are as much work as ten jobs of 10^7. How much time " +
    "goes into handing them out one by one, and what do chunks save?",
  takes: {
    workers: { means: "workers", full: 4, quick: 2, min: 2, max: 64 },
    size: { means: "throws per job, in 10,000 jobs", full: 10_000, quick: 2000, max: 1e6 },
    runs: { means: "runs of each, of which the best counts", full: 1, quick: 3, max: 20 },
    seed: true,
  },
  next: "pool-map-overhead",

  async run({ workers, size, runs, seed }, print) {
    const count = 10_000;
    const jobs = Array.from(
      { length: count },
      (_, job): [number, number, number] => [job, size, seed],
    );
    await using pool = new mp.Pool(workers);
    const { results: expected } = await timeMap(pool, jobs, 10); // a warm-up, which is not counted
    const rows: (number | null)[][] = [];
    const seconds: Record<number, number> = {};
    const busy: Record<number, number> = {};
    let same = true;
    const sizes = [1, 10, 100, 1000, count];
    for (let run = 1; run <= runs; run++) {
      for (const chunkSize of sizes) { // in turn, so that a busy moment hits all of them
        const timed = await timeMap(pool, jobs, chunkSize);
        seconds[chunkSize] = Math.min(seconds[chunkSize] ?? Infinity, timed.seconds);
        same &&= timed.results.every(({ pi }, i) => pi === expected[i]!.pi);
        busy[chunkSize] = Math.max(busy[chunkSize] ?? 0, timed.busy);
      }
      print(`run ${run}: ${count} jobs in chunks of ${sizes.join(", ")}`);
    }
    for (const size of sizes) {
      const chunks = Math.ceil(count / size);
      rows.push([size, chunks, busy[size]!, seconds[size]!, slide[size] ?? null]);
    }
    const mean = expected.reduce((sum, { pi }) => sum + pi, 0) / count;
    const saved = (seconds[1]! - seconds[100]!) / count * 1e6;
    const balanced = seconds[count]! / seconds[100]!;
    return {
      found: `a job alone costs ${saved.toFixed(1)} us more`,
      answer: [
        { columns: ["chunk size", "chunks", "workers busy", "here s", "slide s"], rows },
        `A job alone costs ${
          saved.toFixed(2)
        } us more than one in a chunk of 100. One chunk with ` +
        `everything takes ${balanced.toFixed(1)} times as long as chunks of 100. The mean of all ` +
        `results is ${mean.toFixed(5)}.`,
      ],
      why: "A chunk is handed out as a whole, so what a hand-over costs is paid once per chunk. " +
        "On the slide that is about 0.3 ms, and chunks of 100 save two thirds of the time. " +
        "The cheaper a hand-over, the less there is to save. Too large a chunk hurts as " +
        "well: with fewer chunks than workers somebody goes without, and one chunk is one worker.",
      beside: besideSlide([
        ["chunk 1, s", slide[1]!, seconds[1]!, size === 10_000],
        ["chunk 100, s", slide[100]!, seconds[100]!, size === 10_000],
        ["chunk 1 / chunk 100", slide[1]! / slide[100]!, seconds[1]! / seconds[100]!],
      ]),
      check: [
        { claim: "The results do not depend on the chunk size.", holds: same },
        {
          claim: "Their mean is pi, as near as the throws allow.",
          holds: nearPi(mean, count * size),
        },
        {
          claim: "One chunk for everything leaves the other workers idle.",
          holds: busy[count] === 1,
        },
      ],
    };
  },
};

if (import.meta.main) await alone(scenario);
