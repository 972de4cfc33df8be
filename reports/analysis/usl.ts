/**
 * The Universal Scalability Law (Gunther, Guerrilla Capacity Planning, 2007): beside the work that is
 * shared out, workers wait for each other (contention) and exchange data with each other (coherency).
 *
 * @module
 */
import { fitWork, type LawFit, lawMs, parameter, type TimePoint } from "./law_fit.ts";
import type { Parameter } from "./statistics.ts";

/** Three parameters pass through any three points; the fourth is the first that tests the law. */
export const USL_FEWEST = 4;

/** The number of workers at which a law has its shortest time. */
export interface Peak {
  /** The number; `null` where there is no peak up to twice the largest number measured. */
  workers: number | null;
  /** The lower end of its interval; `null` likewise, or where there are too few samples. */
  low: number | null;
  /** The upper end of its interval; `null` likewise, or where there are too few samples. */
  high: number | null;
}

/** The law with its parameters. */
export interface UslFit extends LawFit {
  /** What each further worker adds to the work, as a share of it: waiting in line. */
  contention: Parameter;
  /** What each pair of workers adds to the work, as a share of it: talking to each other. */
  coherency: Parameter;
  /** Where more workers begin to make it slower. */
  peak: Peak;
}

/**
 * Fit the law to the times of a fixed problem, with neither parameter below 0.
 *
 * The intervals hold what the scatter of the samples explains, and not how far the law itself is
 * from the truth: the residuals tell of that.
 *
 * @param points The times, ascending by workers.
 * @returns The fit, or why there is none.
 *
 * @example Usage
 * ```ts
 * import { fitUsl } from "@polycore/reports";
 * import { assertEquals } from "@std/assert";
 *
 * const points = [1, 2, 4, 8].map((workers) => ({
 *   workers,
 *   time: { median: (1 + 0.1 * (workers - 1)) / workers, draws: null },
 * }));
 * const fit = fitUsl(points);
 * assertEquals(typeof fit === "string" ? fit : fit.contention.value.toFixed(6), "0.100000");
 * ```
 */
export function fitUsl(points: readonly TimePoint[]): UslFit | string {
  if (points.length < USL_FEWEST) {
    return `The Universal Scalability Law needs at least ${USL_FEWEST} numbers of workers within the ` +
      `cores, and ${points.length} ${
        points.length === 1 ? "was" : "were"
      } measured: three are met ` +
      `by any three parameters`;
  }
  const fit = fitWork(points, (n) => [1, n - 1, n * (n - 1)]);
  if (fit.weights[0] === 0) {
    return "The Universal Scalability Law gives one worker no time here: it does not hold";
  }
  const { oneMs, residuals, largest } = fit;
  const within = (n: number | null) => n !== null && n <= 2 * largest ? n : null;
  const peak = parameter(fit, peakOf);
  return {
    oneMs,
    residuals,
    largest,
    contention: parameter(fit, ([one, line]) => line / one),
    coherency: parameter(fit, ([one, , pairs]) => pairs / one),
    peak: { workers: within(peak.value), low: within(peak.low), high: within(peak.high) },
  };
}

/** Where the time is shortest; `Infinity` where every further worker helps. */
function peakOf([one, line, pairs]: number[]): number {
  if (line >= one) return 1;
  return pairs === 0 ? Infinity : Math.max(1, Math.sqrt((one - line) / pairs));
}

/**
 * The time that the law gives for some number of workers.
 *
 * @param fit The fit.
 * @param workers Number of workers.
 * @returns The time in milliseconds.
 * @throws {RangeError} If it is more than twice the largest number of workers that was measured.
 *
 * @example Usage
 * ```ts
 * import { fitUsl, uslMs } from "@polycore/reports";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const times = [[1, 8], [2, 4], [3, 8 / 3], [4, 2]];
 * const points = times.map(([workers, median]) => ({ workers, time: { median, draws: null } }));
 * const fit = fitUsl(points);
 * if (typeof fit !== "string") assertAlmostEquals(uslMs(fit, 8), 1, 1e-9);
 * ```
 */
export function uslMs(fit: UslFit, workers: number): number {
  const { contention, coherency } = fit;
  const pairs = workers * (workers - 1);
  return lawMs(fit, workers, 1 + contention.value * (workers - 1) + coherency.value * pairs);
}
