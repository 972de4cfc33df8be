/**
 * Median and its interval, with no assumption about the distribution of the samples.
 *
 * @module
 */
import { binomialDistribution, medianSorted } from "npm:simple-statistics@7.12.1";

/** A value with the interval that holds the true one. */
export interface Estimate {
  /** The median of the samples. */
  median: number;
  /** The lower end of the interval; `null` where there are too few samples for one. */
  low: number | null;
  /** The upper end of the interval; `null` where there are too few samples for one. */
  high: number | null;
}

/** A figure that was computed from many samples, with the interval that holds the true one. */
export interface Parameter {
  /** The figure. */
  value: number;
  /** The lower end of the interval; `null` where there are too few samples for one. */
  low: number | null;
  /** The upper end of the interval; `null` where there are too few samples for one. */
  high: number | null;
}

/** The share of repeated experiments whose interval is to hold the true median. */
export const CONFIDENCE = 0.95;

/** The fewest samples for which an interval of {@linkcode CONFIDENCE} exists at all. */
export const FEWEST_SAMPLES = 6;

/**
 * Up to here the ranks are exact; above, the normal approximation gives the same or the next rank.
 */
const EXACT_UP_TO = 70;

/**
 * The ranks of the two samples that bound the median, counted from 1 in sorted order.
 *
 * The true median lies between the k-th smallest and the k-th largest of n samples with the
 * probability that a fair coin thrown n times shows heads at least k and at most n - k times. `k` is
 * the largest for which that is 95 % (Hoefler and Belli, Scientific Benchmarking of Parallel
 * Computing Systems, SC 2015; their formula is the approximation).
 *
 * @param n Number of samples.
 * @returns The two ranks, or `null` for fewer than {@linkcode FEWEST_SAMPLES} samples.
 *
 * @example Usage
 * ```ts
 * import { medianRanks } from "@polycore/reports";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(medianRanks(20), [6, 15]);
 * ```
 */
export function medianRanks(n: number): [number, number] | null {
  if (n < FEWEST_SAMPLES) return null;
  if (n > EXACT_UP_TO) {
    const half = 1.96 * Math.sqrt(n);
    return [Math.floor((n - half) / 2), Math.ceil(1 + (n + half) / 2)];
  }
  const heads = binomialDistribution(n, 0.5) as number[];
  let k = 0;
  for (let below = heads[0]; 1 - 2 * below >= CONFIDENCE; below += heads[k]) k++;
  return [k, n + 1 - k];
}

/**
 * The median of the samples with its 95 % interval.
 *
 * @param samples At least one number, in any order.
 * @returns The median and the interval.
 * @throws {RangeError} If there is no sample.
 *
 * @example Usage
 * ```ts
 * import { estimate } from "@polycore/reports";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(estimate([3, 1, 2]), { median: 2, low: null, high: null });
 * assertEquals(estimate([6, 1, 5, 2, 4, 3]), { median: 3.5, low: 1, high: 6 });
 * ```
 */
export function estimate(samples: readonly number[]): Estimate {
  if (samples.length === 0) {
    throw new RangeError("Cannot take a median: there are 0 samples, and at least 1 is needed");
  }
  const sorted = [...samples].sort((a, b) => a - b);
  const ranks = medianRanks(sorted.length);
  return {
    median: medianSorted(sorted),
    low: ranks ? sorted[ranks[0] - 1] : null,
    high: ranks ? sorted[ranks[1] - 1] : null,
  };
}
