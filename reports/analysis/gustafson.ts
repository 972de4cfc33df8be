/**
 * Gustafson's law: where the size grows with the workers, the serial part holds up less
 * (Gustafson, Reevaluating Amdahl's Law, Communications of the ACM 31(5), 1988).
 *
 * @module
 */
import { percentileInterval, RESAMPLES } from "./bootstrap.ts";
import type { Parameter } from "./statistics.ts";
import type { WeakPoint } from "./weak.ts";

/** One parameter passes through any one point beside one worker; the next one tests the law. */
export const GUSTAFSON_FEWEST = 3;

/** Gustafson's law with its serial fraction. */
export interface GustafsonFit {
  /** The share of the time on many workers that is serial. */
  serial: Parameter;
}

/**
 * The speedup of Gustafson's law for a size that grows with the workers.
 *
 * @param serial The serial fraction.
 * @param workers Number of workers.
 * @returns How many times as much is done in a second as by one worker.
 *
 * @example Usage
 * ```ts
 * import { gustafsonSpeedup } from "@polycore/reports";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(gustafsonSpeedup(0.25, 5), 4);
 * ```
 */
export function gustafsonSpeedup(serial: number, workers: number): number {
  return workers - serial * (workers - 1);
}

/**
 * Fit Gustafson's law to weak scaling, by least squares on the efficiency.
 *
 * @param points The times and sizes, ascending by workers.
 * @returns The fit, or why there is none.
 *
 * @example Usage
 * ```ts
 * import { fitGustafson } from "@polycore/reports";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * // The scaled speedup is 1.9 on two workers, and 3.7 on four.
 * const fit = fitGustafson([
 *   { workers: 1, size: 10, time: { median: 100, draws: null } },
 *   { workers: 2, size: 20, time: { median: 200 / 1.9, draws: null } },
 *   { workers: 4, size: 40, time: { median: 400 / 3.7, draws: null } },
 * ]);
 * if (typeof fit !== "string") assertAlmostEquals(fit.serial.value, 0.1);
 * ```
 */
export function fitGustafson(points: readonly WeakPoint[]): GustafsonFit | string {
  const one = points.find((point) => point.workers === 1);
  if (one === undefined) return "Gustafson's law needs a run on one worker, and there is none";
  if (points.length < GUSTAFSON_FEWEST) {
    return `Gustafson's law needs at least ${GUSTAFSON_FEWEST} numbers of workers within the cores, ` +
      `and ${points.length} ${points.length === 1 ? "was" : "were"} measured`;
  }
  const many = points.filter((point) => point.workers > 1);
  // The law is 1 - efficiency = serial * (1 - 1 / workers): a straight line through 0.
  const serialOf = (timeOf: (point: WeakPoint) => number) => {
    let above = 0;
    let below = 0;
    for (const point of many) {
      const efficiency = timeOf(one) / timeOf(point) * point.size / one.size / point.workers;
      const x = 1 - 1 / point.workers;
      above += x * (1 - efficiency);
      below += x * x;
    }
    return Math.min(1, Math.max(0, above / below));
  };
  const value = serialOf((point) => point.time.median);
  if (points.some(({ time }) => time.draws === null)) {
    return { serial: { value, low: null, high: null } };
  }
  const draws = Array.from({ length: RESAMPLES }, (_, i) => serialOf(({ time }) => time.draws![i]));
  const [low, high] = percentileInterval(draws);
  return { serial: { value, low, high } };
}
