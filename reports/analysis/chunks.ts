/**
 * Which size of the chunks is best, and which ones are as good.
 *
 * @module
 */
import type { ChunkPoint } from "../schema.ts";
import { quotient, resampleMedian } from "./bootstrap.ts";
import { type Estimate, estimate } from "./statistics.ts";

/** The figures for one size of the chunks. */
export interface ChunkRow {
  /** Number of units that a worker takes at once. */
  chunkSize: number;
  /** The time in milliseconds. */
  time: Estimate;
  /** The time as a multiple of the best one's. */
  ratio: Estimate;
}

/** The sweep over the sizes of the chunks. */
export interface ChunkAnalysis {
  /** One row for each size, ascending. */
  rows: ChunkRow[];
  /** The size with the least time. */
  best: number;
  /**
   * The sizes around it, from and to, that the samples cannot tell from it; `null` where there are
   * too few samples.
   */
  asGood: [number, number] | null;
}

/**
 * Find the best size of the chunks, and its neighbours that are as good within the scatter.
 *
 * @param points The samples for each size, ascending.
 * @param random Where chance comes from.
 * @returns The figures.
 *
 * @example Usage
 * ```ts
 * import { analyseChunks, seededRandom } from "@polycore/reports";
 * import { assertEquals } from "@std/assert";
 *
 * const points = [[1, 9], [4, 5], [16, 7]].map(([chunkSize, ms]) => ({
 *   chunkSize,
 *   samplesMs: [ms, ms, ms, ms, ms, ms],
 * }));
 * assertEquals(analyseChunks(points, seededRandom(1)).asGood, [4, 4]);
 * ```
 */
export function analyseChunks(points: readonly ChunkPoint[], random: () => number): ChunkAnalysis {
  const times = points.map(({ samplesMs }) => resampleMedian(samplesMs, random));
  const best = times.reduce((least, time, i) => time.median < times[least].median ? i : least, 0);
  const rows = points.map(({ chunkSize, samplesMs }, i) => ({
    chunkSize,
    time: estimate(samplesMs),
    ratio: i === best ? { median: 1, low: 1, high: 1 } : quotient(times[i], times[best]),
  }));
  if (times.some((time) => time.draws === null)) {
    return { rows, best: points[best].chunkSize, asGood: null };
  }
  const asGood = (i: number) => rows[i] !== undefined && rows[i].ratio.low! <= 1;
  let from = best;
  let to = best;
  while (asGood(from - 1)) from--;
  while (asGood(to + 1)) to++;
  return {
    rows,
    best: points[best].chunkSize,
    asGood: [points[from].chunkSize, points[to].chunkSize],
  };
}
