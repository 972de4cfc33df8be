/**
 * What the workers of a pool spend their time on, counted in the shared memory by each for itself. Only
 * pools that are metered pay for it: two readings of the clock a task.
 *
 * @module
 */

import { f64, i32, meterWaits, store } from "@polycore/sync/internal";
import { DESK } from "./protocol.ts";

/** What a worker did since its pool is metered, in milliseconds. The rest of the time it was idle. */
export interface WorkerMeter {
  /** In the code of tasks. */
  busyMs: number;
  /** Blocked within a task, in a lock, a queue or another wait, or awaiting something. */
  waitingMs: number;
  /** Claiming tasks, decoding inputs, encoding and publishing results. */
  communicatingMs: number;
}

const BUSY = 0, WAITING = 1, COMMUNICATING = 2;

/** The counters of a desk, as indices of doubles. */
function counters(desk: number): number {
  return (desk + DESK.meter) / 2;
}

// The worker.

let waitedMs: (() => number) | undefined;

/** Whether this worker is to count. */
export function isMetered(desk: number): boolean {
  return i32[desk + DESK.metered] === 1; // an old value is old for a task or two at the most
}

/** Call a task's function, and count how long it computes and how long it waits. */
export function callMetered(desk: number, call: () => unknown): unknown {
  waitedMs ??= meterWaits();
  const at = counters(desk);
  const waitedBefore = waitedMs();
  const begin = performance.now();
  let result: unknown;
  try {
    result = call();
  } finally {
    const waited = waitedMs() - waitedBefore;
    f64[at + WAITING]! += waited;
    f64[at + BUSY]! += performance.now() - begin - waited;
  }
  if (!(result instanceof Promise)) return result;
  const left = performance.now();
  return result.finally(() => f64[at + WAITING]! += performance.now() - left);
}

/** What was counted in tasks so far. */
export function inTasksMs(desk: number): number {
  const at = counters(desk);
  return f64[at + BUSY]! + f64[at + WAITING]!;
}

/** Count what a claim took beside its tasks. */
export function countCommunication(desk: number, claimMs: number, inTasksBefore: number): void {
  f64[counters(desk) + COMMUNICATING]! += claimMs - (inTasksMs(desk) - inTasksBefore);
}

// The thread that made the pool.

/** Let the workers at these desks count from now on, or no longer. */
export function setMeters(desks: readonly number[], on: boolean): void {
  for (const desk of desks) store(desk + DESK.metered, on ? 1 : 0);
}

/** What the workers at these desks have counted. */
export function readMeters(desks: readonly number[]): WorkerMeter[] {
  return desks.map(counters).map((at) => ({
    busyMs: f64[at + BUSY]!,
    waitingMs: f64[at + WAITING]!,
    communicatingMs: f64[at + COMMUNICATING]!,
  }));
}
