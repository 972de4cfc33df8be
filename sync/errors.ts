/**
 * Every error of this package: its classes, and one table of its texts.
 *
 * @module
 */

/**
 * One thread of a deadlock: who it is, what it holds and what it waits for.
 *
 * @example
 * ```ts
 * import type { DeadlockMember } from "@polycore/sync";
 * const p1: DeadlockMember = { thread: "P1", holds: "Lock A", waitsFor: "Lock B" };
 * console.log(p1.thread);
 * ```
 */
export interface DeadlockMember {
  /** Name of the thread. */
  thread: string;
  /** The lock that it holds and another member waits for. */
  holds: string;
  /** The lock that it waits for. */
  waitsFor: string;
}

/**
 * Threads wait for each other in a circle, or every thread of the program waits, so that none could
 * ever go on. It is thrown in one of the waiting threads while they wait; what that thread held
 * before it still holds, and `using` lets it go as the error unwinds. Python freezes here.
 *
 * @example
 * ```ts
 * import { DeadlockError, Lock } from "@polycore/sync";
 * import { assertThrows } from "@std/assert";
 *
 * const lock = new Lock();
 * lock.acquire();
 * assertThrows(() => lock.acquire(), DeadlockError); // a Lock cannot be taken twice
 * ```
 */
export class DeadlockError extends Error {
  /** The class, also after the error crossed over from another thread. */
  override name = "DeadlockError";
  /** The members of the circle, each waiting for what the next one holds. */
  cycle: DeadlockMember[];

  /** Made by the library; `cycle` may be empty when no single circle is to blame. */
  constructor(message: string, cycle: DeadlockMember[] = []) {
    super(message);
    this.cycle = cycle;
  }
}

/**
 * The thread that held a lock ended without releasing it. Thrown once, by the next `acquire`; the
 * lock is free afterwards. Look at the data that the lock guards, then acquire it again.
 * Python waits for ever here.
 *
 * @example
 * ```ts
 * import { OwnerDiedError } from "@polycore/sync";
 * const text = new OwnerDiedError("Worker-3 ended while it held Lock A.").message;
 * console.log(text);
 * ```
 */
export class OwnerDiedError extends Error {
  /** The class, also after the error crossed over from another thread. */
  override name = "OwnerDiedError";
}

/**
 * A barrier was broken: a party gave up (`timeout`), `abort` or `reset` was called, or its action
 * threw. Python's `threading.BrokenBarrierError`.
 *
 * @example
 * ```ts
 * import { Barrier, BrokenBarrierError } from "@polycore/sync";
 * import { assertThrows } from "@std/assert";
 *
 * const barrier = new Barrier(2);
 * assertThrows(() => barrier.wait({ timeout: 0 }), BrokenBarrierError);
 * ```
 */
export class BrokenBarrierError extends Error {
  /** The class, also after the error crossed over from another thread. */
  override name = "BrokenBarrierError";
}

/**
 * The shared heap has no room for a block of the size asked.
 *
 * @example
 * ```ts
 * import { HeapFullError } from "@polycore/sync";
 * const text = new HeapFullError("no room").message;
 * console.log(text);
 * ```
 */
export class HeapFullError extends RangeError {
  /** The class, also after the error crossed over from another thread. */
  override name = "HeapFullError";
}

/**
 * Thrown inside a thread that was told to stop, out of whatever call it was blocked in, so that its
 * `finally` blocks run. Not meant to be caught.
 *
 * @example
 * ```ts
 * import { StoppedError } from "@polycore/sync";
 * console.log(new StoppedError("Process-1 was told to stop.").name);
 * ```
 */
export class StoppedError extends Error {
  /** The class, also after the error crossed over from another thread. */
  override name = "StoppedError";
}

/** The texts, each with what was seen, what is allowed and the way out. */
export const errors = {
  noMemory: (bytes: number): Error =>
    new HeapFullError(
      `Cannot reserve ${bytes} bytes of shared memory: raise the limit on virtual memory ` +
        "(`ulimit -v`) and start again.",
    ),
  heapFull: (bytes: number, total: number): Error =>
    new HeapFullError(
      `The shared heap of ${total} bytes has no room for ${bytes} more: \`dispose()\` of shared ` +
        "objects that are not needed any more, or share a SharedArrayBuffer of your own.",
    ),
  tooManyThreads: (slots: number): Error =>
    new RangeError(`${slots} threads are alive, which is the limit: join some of them first.`),
  disposed: (name: string): Error =>
    new TypeError(`This ${name} was disposed of: it can be neither used nor sent any more.`),
  badOptions: (value: unknown): Error =>
    new TypeError(
      `The options are ${
        String(value)
      }: give an object, such as { timeout: 100 } for 100 ms at the ` +
        "most, or { timeout: 0 } to try once.",
    ),
  badTimeout: (value: unknown): Error =>
    new TypeError(
      `timeout is ${String(value)}: give a number of milliseconds, or leave it out to wait as ` +
        "long as it takes.",
    ),
  badCount: (what: string, value: unknown, least: number, most?: number): Error =>
    typeof value === "number"
      ? new RangeError(
        `${what} is ${value}: it must be a whole number of at least ${least}` +
          (most === undefined ? "." : ` and at most ${most}.`),
      )
      : new TypeError(`${what} is ${String(value)}: it must be a whole number.`),
  releasedTooOften: (): Error =>
    new Error("semaphore or lock released too many times: release it once for each acquire."),
  notOwner: (owner: string): Error =>
    new Error(
      `attempt to release recursive lock not owned by thread: ${owner}. Only the thread that ` +
        "acquired an RLock may release it.",
    ),
  waitWithoutLock: (): Error =>
    new Error(
      "must acquire() condition before using wait(): write `using _ = condition.hold()` first.",
    ),
  notifyWithoutLock: (): Error =>
    new Error("lock is not owned: hold the condition's lock while you notify."),
  notLock: (value: unknown): Error =>
    new TypeError(`A Condition needs a Lock or an RLock, got ${String(value)}.`),
  notFunction: (what: string, value: unknown): Error =>
    new TypeError(`${what} is ${String(value)}: it must be a function.`),
  brokenBarrier: (why: string): Error =>
    new BrokenBarrierError(`The barrier is broken: ${why}. Call reset() to use it again.`),
  stopped: (thread: string): Error => new StoppedError(`${thread} was told to stop.`),
  ownerDied: (lock: string, thread: string): Error =>
    new OwnerDiedError(
      `${thread} ended while it held ${lock}. The lock was set free: check the data that it ` +
        "guards, then acquire it again.",
    ),
  deadlock: (cycle: DeadlockMember[]): Error =>
    new DeadlockError(
      cycle.length === 1
        ? `Deadlock: ${cycle[0]!.thread} waits for ${cycle[0]!.waitsFor}, which it holds ` +
          "itself. Use an RLock to acquire a lock again in the same thread."
        : "Deadlock: " +
          cycle.map((m) => `${m.thread} holds ${m.holds} and waits for ${m.waitsFor}`).join("; ") +
          ". Let every thread acquire its locks in the same order.",
      cycle,
    ),
  allAsleep: (rows: string[]): Error =>
    new DeadlockError(
      `Deadlock: every thread waits and none can wake another: ${rows.join("; ")}. ` +
        "Give the wait a timeout, or make sure that somebody is left to end it.",
    ),
  traceInThread: (thread: string): Error =>
    new Error(
      `${thread} cannot begin or end a recording: call startTrace and stopTrace in the main thread.`,
    ),
  traceRuns: (): Error =>
    new Error("A recording is under way already: call stopTrace() before the next startTrace()."),
  noTrace: (): Error =>
    new Error("No recording is under way: call startTrace() before stopTrace()."),
  bug: (what: string): Error => new Error(`[polycore bug] ${what}`),
};
