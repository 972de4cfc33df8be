/**
 * From which size of the tasks on a pool is faster than a plain loop.
 *
 * @module
 */
import type { TaskPoint } from "../schema.ts";
import { percentileInterval, quotient, resampleMedian, RESAMPLES } from "./bootstrap.ts";
import type { Estimate } from "./statistics.ts";

/** The figures for one size of the tasks. */
export interface TaskRow {
  /** Number of units in one task. */
  unitsPerTask: number;
  /** Number of tasks. */
  tasks: number;
  /** How many times as fast as the loop the pool is. */
  speedup: Estimate;
}

/** The sweep over the sizes of the tasks. */
export interface Crossover {
  /** One row for each size, ascending. */
  rows: TaskRow[];
  /**
   * Whether the pool wins: from some size `within` those measured on, at all of them (`always`), not
   * at the largest (`never`).
   */
  wins: "within" | "always" | "never";
  /** The size in units from which it wins; `null` unless it is within those measured. */
  unitsPerTask: number | null;
  /** The lower end of its interval; `null` where it lies below the sizes, or samples are few. */
  low: number | null;
  /** The upper end of its interval; `null` where it lies above the sizes, or samples are few. */
  high: number | null;
}

/**
 * Find the size of the tasks from which the pool wins: above it, it is faster at every size that was
 * measured. Between two sizes a power law is drawn.
 *
 * @param points The samples for each size, ascending.
 * @param random Where chance comes from.
 * @returns The figures.
 *
 * @example Usage
 * ```ts
 * import { crossoverOf, seededRandom } from "@polycore/reports";
 * import { assertEquals } from "@std/assert";
 *
 * const points = [[10, 1, 2], [1000, 100, 50]].map(([unitsPerTask, serial, pool]) => ({
 *   unitsPerTask, tasks: 4, serialMs: [serial], poolMs: [pool],
 * }));
 * assertEquals(Math.round(crossoverOf(points, seededRandom(1)).unitsPerTask!), 100);
 * ```
 */
export function crossoverOf(points: readonly TaskPoint[], random: () => number): Crossover {
  const times = points.map(({ serialMs, poolMs }) => ({
    serial: resampleMedian(serialMs, random),
    pool: resampleMedian(poolMs, random),
  }));
  const rows = points.map(({ unitsPerTask, tasks }, i) => ({
    unitsPerTask,
    tasks,
    speedup: quotient(times[i].serial, times[i].pool),
  }));
  const sizes = points.map((point) => point.unitsPerTask);
  const value = crossing(sizes, rows.map((row) => row.speedup.median));
  const wins = value === 0 ? "always" : value === Infinity ? "never" : "within";
  const found = { rows, wins, unitsPerTask: within(value) } as const;
  if (rows.some((row) => row.speedup.low === null)) return { ...found, low: null, high: null };
  const draws = Array.from(
    { length: RESAMPLES },
    (_, i) => crossing(sizes, times.map(({ serial, pool }) => serial.draws![i] / pool.draws![i])),
  );
  const [low, high] = percentileInterval(draws);
  return { ...found, low: within(low), high: within(high) };
}

/** The size above which all speedups are over 1: 0 for all of them, `Infinity` for none. */
function crossing(sizes: number[], speedups: number[]): number {
  let i = speedups.length - 1;
  while (i >= 0 && speedups[i] > 1) i--;
  if (i === speedups.length - 1) return Infinity;
  if (i < 0) return 0;
  const [a, b] = [Math.log(speedups[i]), Math.log(speedups[i + 1])];
  return sizes[i] * (sizes[i + 1] / sizes[i]) ** (-a / (b - a));
}

function within(size: number): number | null {
  return size === 0 || size === Infinity ? null : size;
}
