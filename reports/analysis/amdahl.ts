/**
 * Amdahl's law: a part of the work is serial, and the rest is shared out (Amdahl, AFIPS 1967).
 *
 * @module
 */
import { fitWork, type LawFit, lawMs, parameter, type TimePoint } from "./law_fit.ts";
import type { Parameter } from "./statistics.ts";

/** Two parameters pass through any two points; the third is the first that tests the law. */
export const AMDAHL_FEWEST = 3;

/** Amdahl's law with its serial fraction. */
export interface AmdahlFit extends LawFit {
  /** The share of the work on one worker that is serial. */
  serial: Parameter;
}

/**
 * Fit Amdahl's law to the times of a fixed problem.
 *
 * Which law do I use? This one for one figure that everybody knows; {@linkcode fitUsl} where more
 * workers make it slower, which this law cannot say.
 *
 * @param points The times, ascending by workers.
 * @returns The fit, or why there is none.
 *
 * @example Usage
 * ```ts
 * import { fitAmdahl } from "@polycore/reports";
 * import { assertEquals } from "@std/assert";
 *
 * // A tenth of the time on one worker is serial.
 * const points = [1, 2, 4].map((workers) => ({
 *   workers,
 *   time: { median: 10 * (0.1 + 0.9 / workers), draws: null },
 * }));
 * const fit = fitAmdahl(points);
 * assertEquals(typeof fit === "string" ? fit : fit.serial.value.toFixed(6), "0.100000");
 * ```
 */
export function fitAmdahl(points: readonly TimePoint[]): AmdahlFit | string {
  if (points.length < AMDAHL_FEWEST) {
    return `Amdahl's law needs at least ${AMDAHL_FEWEST} numbers of workers within the cores, and ` +
      `${points.length} ${points.length === 1 ? "was" : "were"} measured: two are met by any two ` +
      `parameters`;
  }
  const fit = fitWork(points, (n) => [1, n - 1]);
  if (fit.weights[0] === 0) return "Amdahl's law gives one worker no time here: it does not hold";
  const { oneMs, residuals, largest } = fit;
  // More than all of the work cannot be serial: the workers hinder each other.
  const serial = parameter(fit, ([one, more]) => Math.min(1, more / one));
  return { oneMs, residuals, largest, serial };
}

/**
 * The time that Amdahl's law gives for some number of workers.
 *
 * @param fit The fit.
 * @param workers Number of workers.
 * @returns The time in milliseconds.
 * @throws {RangeError} If it is more than twice the largest number of workers that was measured.
 *
 * @example Usage
 * ```ts
 * import { amdahlMs } from "@polycore/reports";
 * import { assertEquals } from "@std/assert";
 *
 * const serial = { value: 0.5, low: null, high: null };
 * assertEquals(amdahlMs({ oneMs: 8, residuals: [], largest: 4, serial }, 4), 5);
 * ```
 */
export function amdahlMs(fit: AmdahlFit, workers: number): number {
  return lawMs(fit, workers, 1 + fit.serial.value * (workers - 1));
}
