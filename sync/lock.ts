import { load } from "./atomics.ts";
import { errors } from "./errors.ts";
import { allocateZeroed } from "./heap.ts";
import { lockName, nameLock } from "./lock_label.ts";
import { lockSteps, spinForLock, tryLock, unlock } from "./lock_word.ts";
import { Holdable } from "./holdable.ts";
import { byOwnHandle, defineKind, inspect, type Parts } from "./shareable.ts";
import { threadName, WaitKind } from "./threads.ts";
import { recording } from "./trace_hook.ts";
import { recordAcquire, recordRelease } from "./trace_locks.ts";
import {
  type AsyncWaitOptions,
  deadlineOf,
  runAsync,
  runBlocking,
  type WaitOptions,
} from "./wait.ts";

/** Words of a lock: its word, and behind it its name. */
const WORDS = 16;

/** How a {@linkcode Lock} or an `RLock` is made. */
export interface LockOptions {
  /** What errors and listings call the lock. */
  name?: string | undefined;
}

/**
 * Mutual exclusion: one thread at a time between `acquire` and `release`.
 * Python's `multiprocessing.Lock`.
 *
 * **Which one do I use?** A `Lock` when one function guards one piece of data; an {@linkcode RLock} when
 * a function that holds the lock calls another one that takes it too; a {@linkcode Semaphore} when up to
 * n may be inside at once, or when one thread acquires and another releases.
 *
 * Beyond Python: a circle of waiting threads throws {@linkcode DeadlockError} in one of them, and a
 * holder that died makes the next `acquire` throw {@linkcode OwnerDiedError}; both instead of waiting
 * for ever. Waits with a `timeout` end by themselves and are no part of a deadlock.
 *
 * @example
 * ```ts
 * import { Lock } from "@polycore/sync";
 * import { assert } from "@std/assert";
 *
 * const lock = new Lock();
 * {
 *   using _ = lock.hold(); // Python's `with lock:`
 *   assert(lock.locked);
 * }
 * assert(!lock.locked);
 * ```
 */
export class Lock extends Holdable {
  /** A free lock; `address` is for the library itself. */
  constructor(options?: LockOptions, address?: number) {
    super(address ?? allocateZeroed(WORDS), LOCK);
    if (options?.name !== undefined) nameLock(this.address, options.name);
  }

  /** The name that the lock was given, "" when none. */
  get name(): string {
    return lockName(this.address);
  }

  /** Whether some thread holds the lock at this moment. */
  get locked(): boolean {
    return load(this.address) !== 0;
  }

  /** The name of the thread that holds the lock, or `null`. */
  get owner(): string | null {
    const seen = load(this.address);
    return seen === 0 ? null : threadName(seen >>> 1);
  }

  /**
   * Take the lock, blocking this thread until it is free.
   *
   * @param options `timeout` in milliseconds; 0 tries once.
   * @returns `false` if the time was over before the lock was free.
   * @throws {DeadlockError} If the lock could never become free, because its holder waits for this thread.
   * @throws {OwnerDiedError} If the thread that held the lock has ended.
   */
  override acquire(options?: WaitOptions): boolean {
    const taken = (options === undefined && tryLock(this.address)) || this.#acquireSlowly(options);
    if (recording && taken) recordAcquire(this.address, LOCK.id);
    return taken;
  }

  #acquireSlowly(options?: WaitOptions): boolean {
    const word = this.address;
    const deadline = deadlineOf(options);
    if (tryLock(word)) return true;
    if (deadline > 0 && spinForLock(word, { word, kind: LOCK.id })) return true;
    return runBlocking(lockSteps(word, WaitKind.lock, false, false), deadline);
  }

  /**
   * As {@linkcode Lock.acquire}, while other work of this thread goes on. The lock then belongs to the
   * thread, not to the async function: two async functions of one thread are the same owner.
   */
  override async acquireAsync(options?: AsyncWaitOptions): Promise<boolean> {
    const deadline = deadlineOf(options);
    options?.signal?.throwIfAborted();
    const taken = tryLock(this.address) || await byOwnHandle(this, ({ address }) => {
      const steps = lockSteps(address, WaitKind.lock, false, false);
      return runAsync(steps, deadline, options?.signal);
    });
    if (recording && taken) recordAcquire(this.address, LOCK.id);
    return taken;
  }

  /**
   * Give the lock back. Any thread may do so, as in Python.
   *
   * @throws {Error} If the lock is free.
   */
  override release(): void {
    if (recording && this.locked) recordRelease(this.address, LOCK.id); // while it is still held
    if (!unlock(this.address)) throw errors.releasedTooOften();
  }

  /** What travels to another thread beside the address: nothing. */
  override pack(): Parts {
    return [];
  }

  /** `<Lock(owner=None)>` or `<Lock(owner=Process-1)>`, as Python prints it. */
  [inspect](): string {
    return `<Lock(owner=${this.owner ?? "None"})>`;
  }
}

const LOCK = defineKind({ id: 1, unpack: (address) => new Lock(undefined, address) });
