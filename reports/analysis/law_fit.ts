/**
 * The fit that the laws of scaling share.
 *
 * All of them say that the work, which is the time multiplied by the workers, is a sum of terms that
 * grow with the workers, each with a weight that is not negative. So the fit is a linear one, with
 * one best answer and no first guess.
 *
 * @module
 */
import { fcnnls } from "npm:ml-fcnnls@3.0.0";
import { Matrix } from "npm:ml-matrix@6.15.1";
import { percentileInterval, type Resampled, RESAMPLES } from "./bootstrap.ts";
import type { Parameter } from "./statistics.ts";

/** The time on some number of workers. */
export interface TimePoint {
  /** Number of workers. */
  workers: number;
  /** The time in milliseconds. */
  time: Resampled;
}

/** How far a measured median lies from a law. */
export interface Residual {
  /** Number of workers. */
  workers: number;
  /** The measured time less the law's, as a share of the measured. */
  share: number;
}

/** What the fit of every law has. */
export interface LawFit {
  /** The law's time on one worker in milliseconds. */
  oneMs: number;
  /** How far each median lies from the law, ascending by workers. */
  residuals: Residual[];
  /** The largest number of workers that was measured; a law says nothing beyond twice as many. */
  largest: number;
}

/** The weights of the terms: for the medians, and for each draw of the bootstrap. */
export interface WorkFit extends LawFit {
  /** One weight for each term. */
  weights: number[];
  /** The same for each draw; `null` where a point has too few samples. */
  draws: number[][] | null;
}

/**
 * Fit `workers * time = sum of weight * term(workers)` by least squares on the relative error, with
 * weights of 0 or more.
 *
 * The error is relative since a time of 100 ms that is 1 ms off is as good as one of 10 ms that is
 * 0.1 ms off. The medians are fitted, so one sample that met a stall of the machine does not bend the
 * law; the bootstrap draws from all samples.
 *
 * @param points The times, ascending by workers.
 * @param terms The terms for a number of workers; the first one is the work of one worker alone.
 * @returns The weights.
 *
 * @example Usage
 * ```ts
 * import { fitWork } from "@polycore/reports";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * // A serial part of 1 ms beside 9 ms that are shared out.
 * const points = [1, 2, 4].map((workers) => ({
 *   workers,
 *   time: { median: 1 + 9 / workers, draws: null },
 * }));
 * const { weights } = fitWork(points, (n) => [1, n - 1]);
 * assertAlmostEquals(weights[1] / weights[0], 0.1, 1e-9);
 * ```
 */
export function fitWork(
  points: readonly TimePoint[],
  terms: (workers: number) => number[],
): WorkFit {
  const work = points.map(({ workers, time }) => workers * time.median);
  const rows = points.map(({ workers }, i) => terms(workers).map((term) => term / work[i]));
  const drawn = points.every(({ time }) => time.draws !== null);
  // The first column holds the medians, each further one a draw; all are solved together.
  const columns = points.map(({ time }) => {
    const share = (ms: number) => ms / time.median;
    return drawn ? [1, ...Array.from(time.draws!, share)] : [1];
  });
  const solved = fcnnls(new Matrix(rows), new Matrix(columns)).K;
  const weights = solved.getColumn(0);
  return {
    oneMs: weights[0],
    residuals: rows.map((row, i) => ({
      workers: points[i].workers,
      share: 1 - row.reduce((sum, term, j) => sum + term * weights[j], 0),
    })),
    largest: points[points.length - 1].workers,
    weights,
    draws: drawn ? Array.from({ length: RESAMPLES }, (_, i) => solved.getColumn(i + 1)) : null,
  };
}

/**
 * A figure of a fit with its interval from the draws.
 *
 * @param fit The fit.
 * @param figure Computes the figure from the weights.
 * @returns The figure; an end of the interval that is not finite is `null`.
 *
 * @example Usage
 * ```ts
 * import { fitWork, parameter } from "@polycore/reports";
 * import { assertEquals } from "@std/assert";
 *
 * const points = [{ workers: 1, time: { median: 5, draws: null } }];
 * assertEquals(parameter(fitWork(points, () => [1]), ([one]) => 2 * Math.round(one)).value, 10);
 * ```
 */
export function parameter(
  { weights, draws }: WorkFit,
  figure: (weights: number[]) => number,
): Parameter {
  const value = figure(weights);
  if (draws === null) return { value, low: null, high: null };
  const [low, high] = percentileInterval(draws.map(figure));
  return { value, low: finite(low), high: finite(high) };
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/**
 * The time of a law on some number of workers, which must not lie far from what was measured.
 *
 * @param fit The fit.
 * @param workers Number of workers.
 * @param work The law's work on so many workers, one worker's being 1.
 * @returns The time in milliseconds.
 * @throws {RangeError} If it is more than twice the largest number of workers that was measured.
 *
 * @example Usage
 * ```ts
 * import { lawMs } from "@polycore/reports";
 * import { assertEquals, assertThrows } from "@std/assert";
 *
 * const fit = { oneMs: 8, residuals: [], largest: 4 };
 * assertEquals(lawMs(fit, 8, 1), 1);
 * assertThrows(() => lawMs(fit, 9, 1), RangeError, "twice");
 * ```
 */
export function lawMs({ oneMs, largest }: LawFit, workers: number, work: number): number {
  if (workers > 2 * largest) {
    throw new RangeError(
      `Cannot tell the time on ${workers} workers: ${largest} were measured, and a law that was ` +
        `fitted to them says nothing beyond twice as many`,
    );
  }
  return oneMs * work / workers;
}
