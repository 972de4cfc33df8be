/**
 * Where the workers' time went.
 *
 * @module
 */
import type { WorkerTime } from "../schema.ts";

/** The shares of a time, which add up to 1. */
export interface Shares {
  /** In the code of the tasks. */
  busy: number;
  /** Blocked in a lock, a queue or a barrier. */
  waiting: number;
  /** Claiming tasks, decoding arguments, publishing results. */
  communicating: number;
  /** With nothing to do. */
  idle: number;
}

/** Where the time of a run's workers went. */
export interface WorkerShares {
  /** Number of workers. */
  workers: number;
  /** The shares of all workers' time together. */
  all: Shares;
  /** The shares of each worker's time. */
  each: Shares[];
  /** How much longer the busiest worker was busy than the mean, as a share of the mean. */
  imbalance: number;
}

/**
 * Turn the times of a run's workers into shares.
 *
 * @param times One entry for each worker.
 * @returns The shares, or `null` where no worker has any time.
 *
 * @example Usage
 * ```ts
 * import { workerShares } from "@polycore/reports";
 * import { assertEquals } from "@std/assert";
 *
 * const shares = workerShares([
 *   { busyMs: 60, waitingMs: 30, communicatingMs: 0, idleMs: 10 },
 *   { busyMs: 40, waitingMs: 50, communicatingMs: 0, idleMs: 10 },
 * ]);
 * assertEquals(shares?.all, { busy: 0.5, waiting: 0.4, communicating: 0, idle: 0.1 });
 * assertEquals(shares?.imbalance.toFixed(2), "0.20");
 * ```
 */
export function workerShares(times: readonly WorkerTime[]): WorkerShares | null {
  const all = { busyMs: 0, waitingMs: 0, communicatingMs: 0, idleMs: 0 };
  for (const time of times) {
    all.busyMs += time.busyMs;
    all.waitingMs += time.waitingMs;
    all.communicatingMs += time.communicatingMs;
    all.idleMs += time.idleMs;
  }
  if (totalOf(all) === 0) return null;
  const busiest = Math.max(...times.map((time) => time.busyMs));
  return {
    workers: times.length,
    all: sharesOf(all),
    each: times.map(sharesOf),
    imbalance: all.busyMs === 0 ? 0 : busiest * times.length / all.busyMs - 1,
  };
}

function totalOf({ busyMs, waitingMs, communicatingMs, idleMs }: WorkerTime): number {
  return busyMs + waitingMs + communicatingMs + idleMs;
}

function sharesOf(time: WorkerTime): Shares {
  // A worker that has no time at all took part in nothing.
  const total = totalOf(time);
  if (total === 0) return { busy: 0, waiting: 0, communicating: 0, idle: 1 };
  return {
    busy: time.busyMs / total,
    waiting: time.waitingMs / total,
    communicating: time.communicatingMs / total,
    idle: time.idleMs / total,
  };
}
