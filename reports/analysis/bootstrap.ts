/**
 * Intervals by the bootstrap: draw the samples anew, with replacement, and see how far the figure
 * moves.
 *
 * The percentile interval is taken, not BCa: BCa's acceleration comes from leaving out one sample at
 * a time, and the median hardly answers to that (Efron and Tibshirani, An Introduction to the
 * Bootstrap, 1993, section 11.7).
 *
 * @module
 */
import { medianSorted } from "npm:simple-statistics@7.12.1";
import { CONFIDENCE, type Estimate, FEWEST_SAMPLES } from "./statistics.ts";

/** How often the samples are drawn anew: the ends of an interval are then known to 0.5 %. */
export const RESAMPLES = 1000;

/** A median with the medians of the samples drawn anew. */
export interface Resampled {
  /** The median of the samples. */
  median: number;
  /**
   * The median of each of the {@linkcode RESAMPLES} draws; `null` where there are fewer than
   * {@linkcode FEWEST_SAMPLES} samples, since the draws would then be too much alike.
   */
  draws: Float64Array | null;
}

/**
 * Draw the samples anew, and keep the median of each draw.
 *
 * @param samples At least one number, in any order.
 * @param random Where chance comes from; one stream for all samples that are compared.
 * @returns The median and its draws.
 *
 * @example Usage
 * ```ts
 * import { resampleMedian, seededRandom } from "@polycore/reports";
 * import { assertEquals } from "@std/assert";
 *
 * const { median, draws } = resampleMedian([1, 2, 3, 4, 5, 6, 7], seededRandom(1));
 * assertEquals([median, draws!.every((x) => x >= 1 && x <= 7)], [4, true]);
 * ```
 */
export function resampleMedian(samples: readonly number[], random: () => number): Resampled {
  const sorted = Float64Array.from(samples).sort();
  const n = sorted.length;
  const median = medianSorted(sorted as unknown as number[]);
  if (n < FEWEST_SAMPLES) return { median, draws: null };
  // How often each sample was drawn is enough: the middle of the draw is found by counting up.
  const counts = new Uint32Array(n);
  const at = (rank: number) => {
    let i = 0;
    for (let below = counts[0]; below <= rank; below += counts[i]) i++;
    return sorted[i];
  };
  const draws = Float64Array.from({ length: RESAMPLES }, () => {
    counts.fill(0);
    for (let i = 0; i < n; i++) counts[Math.floor(random() * n)]++;
    return n % 2 === 1 ? at((n - 1) / 2) : (at(n / 2 - 1) + at(n / 2)) / 2;
  });
  return { median, draws };
}

/**
 * The interval that holds the middle {@linkcode CONFIDENCE} of the draws.
 *
 * @param draws The figure for each draw.
 * @returns The lower and the upper end.
 *
 * @example Usage
 * ```ts
 * import { percentileInterval } from "@polycore/reports";
 * import { assertEquals } from "@std/assert";
 *
 * const draws = Array.from({ length: 2000 }, (_, i) => i);
 * assertEquals(percentileInterval(draws), [50, 1949]);
 * ```
 */
export function percentileInterval(draws: Iterable<number>): [number, number] {
  const sorted = Float64Array.from(draws).sort();
  // Two of the draws rather than values between them, since some may be infinite.
  const outside = Math.floor(sorted.length * (1 - CONFIDENCE) / 2);
  return [sorted[outside], sorted[sorted.length - 1 - outside]];
}

/**
 * The quotient of two medians with its interval, such as a speedup.
 *
 * @param base What is divided, such as the time on one worker.
 * @param by What it is divided by; from the same stream of chance.
 * @param factor What the quotient is multiplied by, such as one by the number of workers.
 * @returns The quotient; without an interval where one of the two has no draws.
 *
 * @example Usage
 * ```ts
 * import { quotient, resampleMedian, seededRandom } from "@polycore/reports";
 * import { assertEquals } from "@std/assert";
 *
 * const random = seededRandom(1);
 * const one = resampleMedian([8, 8, 8, 8, 8, 8], random);
 * const four = resampleMedian([2, 2, 2, 2, 2, 2], random);
 * assertEquals(quotient(one, four), { median: 4, low: 4, high: 4 });
 * ```
 */
export function quotient(base: Resampled, by: Resampled, factor = 1): Estimate {
  const median = factor * base.median / by.median;
  if (base.draws === null || by.draws === null) return { median, low: null, high: null };
  const divisors = by.draws;
  const [low, high] = percentileInterval(base.draws.map((x, i) => factor * x / divisors[i]));
  return { median, low, high };
}
