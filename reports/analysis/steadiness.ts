/**
 * How steady the machine was over a run: samples that were taken one after the other should not
 * differ by when they were taken.
 *
 * @module
 */
import { median } from "npm:simple-statistics@7.12.1";

/** Into how many parts the samples of a run are cut. */
const PARTS = 4;

/**
 * How far the medians of the quarters of a run lie apart, in the order of taking.
 *
 * What a machine does within one run, it also does between two runs, and no test that looks at the
 * scatter of single samples sees that.
 *
 * @param samples The samples in the order of taking.
 * @returns The largest less the smallest median, as a share of the median of all; `null` where there
 * are too few samples for quarters of two.
 *
 * @example Usage
 * ```ts
 * import { wander } from "@polycore/reports";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(wander([10, 10, 10, 10, 10, 10, 12, 12]), 0.2);
 * assertEquals(wander([10, 20]), null);
 * ```
 */
export function wander(samples: readonly number[]): number | null {
  if (samples.length < 2 * PARTS) return null;
  const medians = Array.from({ length: PARTS }, (_, i) => {
    const from = Math.floor(i * samples.length / PARTS);
    return median(samples.slice(from, Math.floor((i + 1) * samples.length / PARTS)));
  });
  return (Math.max(...medians) - Math.min(...medians)) / median([...samples]);
}
