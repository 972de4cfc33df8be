/**
 * Where a kernel stands under the roof of the memory: its bandwidth beside the best that the triad
 * kernel reached in the same report (Williams, Waterman and Patterson, Roofline, Communications of
 * the ACM 52(4), 2009).
 *
 * @module
 */
import type { Kernel } from "../schema.ts";
import { quotient, type Resampled } from "./bootstrap.ts";
import type { TimePoint } from "./law_fit.ts";
import type { Estimate } from "./statistics.ts";

/** The name of the kernel that measures the memory: `a[i] = b[i] + s * c[i]`, as in STREAM. */
export const TRIAD = "triad";

/** From this share of the triad's bandwidth on, the memory is the limit. */
export const MEMORY_BOUND = 0.8;

/** Above this share of the triad's bandwidth, some of the data cannot have come from memory. */
export const FROM_CACHE = 1.1;

/** The best bandwidth of the triad kernel. */
export interface Roof {
  /** The number of workers that reached it. */
  workers: number;
  /** The bandwidth in bytes a second. */
  bytesPerSecond: number;
  /** The time behind it. */
  time: Resampled;
  /** The bytes that were moved in that time. */
  bytes: number;
}

/** The bandwidth for one number of workers. */
export interface RooflineRow {
  /** Number of workers. */
  workers: number;
  /** The bandwidth in bytes a second. */
  bytesPerSecond: Estimate;
  /** Floating-point operations a second; `null` where they are not counted. */
  flopsPerSecond: Estimate | null;
  /** The bandwidth as a share of the roof's; `null` where there is no triad. */
  share: Estimate | null;
}

/** The place of a kernel under the roof. */
export interface Roofline {
  /** Floating-point operations for each byte; `null` where they are not counted. */
  intensity: number | null;
  /** The roof; `null` where the report has no triad. */
  roof: Roof | null;
  /** One row for each number of workers, ascending. */
  rows: RooflineRow[];
  /**
   * What holds the best row: `memory` from {@linkcode MEMORY_BOUND} of the roof on, `cache` above
   * {@linkcode FROM_CACHE}, else `other`; `null` where the interval leaves it open.
   */
  bound: "memory" | "cache" | "other" | null;
}

/** A kernel and its times, for {@linkcode roofOf}. */
export interface TimedKernel {
  /** The kernel. */
  kernel: Pick<Kernel, "name" | "bytesPerUnit" | "size">;
  /** Its times, ascending by workers. */
  points: readonly TimePoint[];
}

/**
 * Find the roof of a report.
 *
 * @param kernels The kernels with their times.
 * @returns The best bandwidth of the triad, or `null` where it was not measured.
 *
 * @example Usage
 * ```ts
 * import { roofOf } from "@polycore/reports";
 * import { assertEquals } from "@std/assert";
 *
 * const kernel = { name: "triad", bytesPerUnit: 24, size: 1e6 };
 * const points = [{ workers: 2, time: { median: 2, draws: null } }];
 * assertEquals(roofOf([{ kernel, points }])?.bytesPerSecond, 12e9);
 * ```
 */
export function roofOf(kernels: readonly TimedKernel[]): Roof | null {
  const triad = kernels.find(({ kernel }) => kernel.name === TRIAD && kernel.bytesPerUnit !== null);
  if (triad === undefined || triad.points.length === 0) return null;
  const best = triad.points.reduce((a, b) => b.time.median < a.time.median ? b : a);
  const bytes = triad.kernel.bytesPerUnit! * triad.kernel.size;
  return {
    workers: best.workers,
    bytesPerSecond: bytes / best.time.median * 1000,
    time: best.time,
    bytes,
  };
}

/**
 * Place a kernel under the roof.
 *
 * @param kernel The kernel.
 * @param points Its times, ascending by workers.
 * @param roof The roof of the same report.
 * @returns Its place, or `null` where the kernel does not count its bytes or has no times.
 *
 * @example Usage
 * ```ts
 * import { rooflineOf } from "@polycore/reports";
 * import { assertEquals } from "@std/assert";
 *
 * const kernel = { bytesPerUnit: 16, flopsPerUnit: 2, size: 1e6 };
 * const line = rooflineOf(kernel, [{ workers: 1, time: { median: 2, draws: null } }], null);
 * assertEquals([line?.intensity, line?.rows[0].bytesPerSecond.median], [0.125, 8e9]);
 * ```
 */
export function rooflineOf(
  kernel: Pick<Kernel, "bytesPerUnit" | "flopsPerUnit" | "size">,
  points: readonly TimePoint[],
  roof: Roof | null,
): Roofline | null {
  const { bytesPerUnit, flopsPerUnit, size } = kernel;
  if (bytesPerUnit === null || points.length === 0) return null;
  const perSecond = (amount: number, time: Resampled) =>
    quotient({ median: 1, draws: time.draws && time.draws.map(() => 1) }, time, amount * 1000);
  const rows = points.map(({ workers, time }): RooflineRow => ({
    workers,
    bytesPerSecond: perSecond(bytesPerUnit * size, time),
    flopsPerSecond: flopsPerUnit === null ? null : perSecond(flopsPerUnit * size, time),
    // The roof against itself is 1 by definition, without an interval.
    share: roof &&
      (roof.time === time
        ? { median: 1, low: 1, high: 1 }
        : quotient(roof.time, time, bytesPerUnit * size / roof.bytes)),
  }));
  const best = rows.reduce((a, b) => b.bytesPerSecond.median > a.bytesPerSecond.median ? b : a);
  return {
    intensity: flopsPerUnit === null ? null : flopsPerUnit / bytesPerUnit,
    roof,
    rows,
    bound: boundOf(best.share),
  };
}

/** The whole interval has to lie on one side. */
function boundOf(share: Estimate | null): Roofline["bound"] {
  if (share === null || share.low === null || share.high === null) return null;
  if (share.low > FROM_CACHE) return "cache";
  if (share.low >= MEMORY_BOUND) return "memory";
  return share.high < MEMORY_BOUND ? "other" : null;
}
