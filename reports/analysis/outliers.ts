/**
 * Outliers by Tukey's fences: they are shown and counted, and never dropped.
 *
 * @module
 */
import { quantileSorted } from "npm:simple-statistics@7.12.1";

/** Samples further than so many interquartile ranges from the box are mild outliers. */
export const MILD = 1.5;

/** Samples further than so many interquartile ranges from the box are severe outliers. */
export const SEVERE = 3;

/** The fences, and what lies outside of them. */
export interface Outliers {
  /** The fences of mild outliers, low and high. */
  mildFences: [number, number];
  /** The fences of severe outliers, low and high. */
  severeFences: [number, number];
  /** Places of the mild outliers among the samples, in the order of taking. */
  mild: number[];
  /** Places of the severe outliers among the samples, in the order of taking. */
  severe: number[];
}

/**
 * Find the outliers (Tukey, Exploratory Data Analysis, 1977).
 *
 * @param samples At least one number, in the order of taking.
 * @returns The fences and the outliers.
 *
 * @example Usage
 * ```ts
 * import { tukeyOutliers } from "@polycore/reports";
 * import { assertEquals } from "@std/assert";
 *
 * const { mild, severe } = tukeyOutliers([10, 11, 12, 13, 14, 15, 40]);
 * assertEquals([mild, severe], [[], [6]]);
 * ```
 */
export function tukeyOutliers(samples: readonly number[]): Outliers {
  const sorted = [...samples].sort((a, b) => a - b);
  const [q1, q3] = [quantileSorted(sorted, 0.25), quantileSorted(sorted, 0.75)];
  const fences = (factor: number): [number, number] => [
    q1 - factor * (q3 - q1),
    q3 + factor * (q3 - q1),
  ];
  const [mildFences, severeFences] = [fences(MILD), fences(SEVERE)];
  const mild: number[] = [];
  const severe: number[] = [];
  samples.forEach((x, i) => {
    if (x < severeFences[0] || x > severeFences[1]) severe.push(i);
    else if (x < mildFences[0] || x > mildFences[1]) mild.push(i);
  });
  return { mildFences, severeFences, mild, severe };
}
