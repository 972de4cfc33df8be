/**
 * Weak scaling: the size grows with the workers, and the time should stay the same.
 *
 * @module
 */
import { quotient } from "./bootstrap.ts";
import type { TimePoint } from "./law_fit.ts";
import type { Estimate } from "./statistics.ts";

/** The time on some number of workers, for a size of its own. */
export interface WeakPoint extends TimePoint {
  /** The size that was solved. */
  size: number;
}

/** The figures of weak scaling for one number of workers. */
export interface WeakRow {
  /** Number of workers. */
  workers: number;
  /** The size that was solved. */
  size: number;
  /** How many times as much is done in a second as by one worker; `null` where that is missing. */
  speedup: Estimate | null;
  /** {@linkcode WeakRow.speedup} by the workers: 1 where the time stays the same. */
  efficiency: Estimate | null;
}

/**
 * Compute the scaled speedup and the efficiency of weak scaling.
 *
 * The rates are compared, not the times, so sizes that could not grow exactly with the workers are
 * compared fairly.
 *
 * @param points The times and sizes, ascending by workers.
 * @returns One row for each point.
 *
 * @example Usage
 * ```ts
 * import { weakRows } from "@polycore/reports";
 * import { assertEquals } from "@std/assert";
 *
 * const rows = weakRows([
 *   { workers: 1, size: 10, time: { median: 100, draws: null } },
 *   { workers: 2, size: 20, time: { median: 125, draws: null } },
 * ]);
 * assertEquals([rows[1].speedup?.median, rows[1].efficiency?.median], [1.6, 0.8]);
 * ```
 */
export function weakRows(points: readonly WeakPoint[]): WeakRow[] {
  const one = points.find((point) => point.workers === 1);
  return points.map(({ workers, size, time }) => {
    if (one === undefined) return { workers, size, speedup: null, efficiency: null };
    if (workers === 1) {
      const itself = { median: 1, low: null, high: null };
      return { workers, size, speedup: itself, efficiency: itself };
    }
    const grown = size / one.size;
    return {
      workers,
      size,
      speedup: quotient(one.time, time, grown),
      efficiency: quotient(one.time, time, grown / workers),
    };
  });
}
