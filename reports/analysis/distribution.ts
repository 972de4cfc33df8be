/**
 * The samples of one run as they are drawn: quantiles, a histogram, and the outliers.
 *
 * @module
 */
import { mean, quantileSorted, sampleStandardDeviation } from "npm:simple-statistics@7.12.1";
import { type Outliers, tukeyOutliers } from "./outliers.ts";

/** More bars than this show nothing but noise. */
const MOST_BARS = 40;

/** A summary of samples. */
export interface Distribution {
  /** Number of samples. */
  samples: number;
  /** The arithmetic mean. */
  mean: number;
  /** The standard deviation; `null` for a single sample. */
  deviation: number | null;
  /** The values below which 0, 5, 25, 50, 75, 95 and 100 % of the samples lie. */
  quantiles: { share: number; value: number }[];
  /** How many samples lie in each bar; the bars have one width, and the last one has its end. */
  histogram: { from: number; width: number; counts: number[] };
  /** The outliers; the samples themselves stand in the report in the order of taking. */
  outliers: Outliers;
}

/**
 * Summarise samples for drawing. The width of the bars follows Freedman and Diaconis (1981): twice
 * the interquartile range by the cube root of the number of samples.
 *
 * @param samples At least one number, in the order of taking.
 * @returns The summary.
 *
 * @example Usage
 * ```ts
 * import { distributionOf } from "@polycore/reports";
 * import { assertEquals } from "@std/assert";
 *
 * const { quantiles, histogram } = distributionOf([0, 1, 2, 3, 4, 5, 6, 21]);
 * assertEquals(quantiles.find(({ share }) => share === 0.5)?.value, 3.5);
 * assertEquals(histogram, { from: 0, width: 3.5, counts: [4, 3, 0, 0, 0, 1] });
 * ```
 */
export function distributionOf(samples: readonly number[]): Distribution {
  const sorted = [...samples].sort((a, b) => a - b);
  return {
    samples: samples.length,
    mean: mean(sorted),
    deviation: samples.length > 1 ? sampleStandardDeviation(sorted) : null,
    quantiles: [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1].map((share) => ({
      share,
      value: quantileSorted(sorted, share),
    })),
    histogram: histogramOf(sorted),
    outliers: tukeyOutliers(samples),
  };
}

function histogramOf(sorted: number[]): Distribution["histogram"] {
  const from = sorted[0];
  const range = sorted[sorted.length - 1] - from;
  const box = quantileSorted(sorted, 0.75) - quantileSorted(sorted, 0.25);
  const wished = 2 * box / Math.cbrt(sorted.length);
  if (range === 0) return { from, width: 0, counts: [sorted.length] };
  const bars = wished === 0 ? MOST_BARS : Math.min(MOST_BARS, Math.ceil(range / wished));
  const width = range / bars;
  const counts: number[] = Array(bars).fill(0);
  for (const x of sorted) counts[Math.min(bars - 1, Math.floor((x - from) / width))]++;
  return { from, width, counts };
}
