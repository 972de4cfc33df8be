/**
 * Locks, semaphores, conditions, events and barriers that work between Web Workers, with the names and
 * the meaning of Python's `multiprocessing`.
 *
 * Blocking is the plain name, the promise has the suffix `Async`; times are milliseconds.
 *
 * @example
 * ```ts
 * import { Lock } from "@polycore/sync";
 *
 * const lock = new Lock();
 * using _ = lock.hold();
 * ```
 *
 * @module
 */
export { Barrier, type BarrierOptions } from "./barrier.ts";
export { Condition } from "./condition.ts";
export {
  BrokenBarrierError,
  DeadlockError,
  type DeadlockMember,
  HeapFullError,
  OwnerDiedError,
  StoppedError,
} from "./errors.ts";
export { Event } from "./event.ts";
export { Holdable } from "./holdable.ts";
export { Lock, type LockOptions } from "./lock.ts";
export { Permit, type Releasable } from "./permit.ts";
export { RLock } from "./rlock.ts";
export { BoundedSemaphore, Semaphore } from "./semaphore.ts";
export { type Parts, Shareable, type ShareableKind } from "./shareable.ts";
export { stopRequested } from "./threads.ts";
export type { AsyncWaitOptions, Sleep, Steps, WaitOptions } from "./wait.ts";
