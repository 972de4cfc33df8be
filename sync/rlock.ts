import { load } from "./atomics.ts";
import { errors } from "./errors.ts";
import { allocateZeroed } from "./heap.ts";
import type { LockOptions } from "./lock.ts";
import { lockName, nameLock } from "./lock_label.ts";
import { lockSteps, ownsLock, spinForLock, tryLock, unlock } from "./lock_word.ts";
import { i32 } from "./memory.ts";
import { Holdable } from "./holdable.ts";
import { byOwnHandle, defineKind, forbid, inspect, type Parts } from "./shareable.ts";
import { threadName, WaitKind } from "./threads.ts";
import { recording } from "./trace_hook.ts";
import { recordAcquire, recordRelease } from "./trace_locks.ts";
import {
  type AsyncWaitOptions,
  deadlineOf,
  runAsync,
  runBlocking,
  type Steps,
  type WaitOptions,
} from "./wait.ts";

/** Words of a lock: its word, its depth, and behind them its name. */
const WORDS = 16, DEPTH = 1;

/**
 * A lock that its owner may acquire again: it is free after as many releases.
 * Python's `multiprocessing.RLock`. The owner is the worker (Python's thread): two async functions of
 * one worker are the same owner.
 *
 * **Which one do I use?** See {@linkcode Lock}.
 *
 * @example
 * ```ts
 * import { RLock } from "@polycore/sync";
 * import { assertEquals } from "@std/assert";
 *
 * const lock = new RLock();
 * const countdown = (n: number): number => {
 *   using _ = lock.hold(); // held n + 1 times at the innermost call
 *   return n === 0 ? 0 : countdown(n - 1);
 * };
 * assertEquals(countdown(3), 0);
 * assertEquals(lock.locked, false);
 * ```
 */
export class RLock extends Holdable {
  /** Where the lock word is: TypeScript's `private`, so that {@linkcode RLock.dispose} can guard it. */
  private readonly word: number;

  /** A free lock; `address` and `offset` are for the library itself. */
  constructor(options?: LockOptions, address?: number, offset = 0) {
    super(address ?? allocateZeroed(WORDS), RLOCK);
    this.word = this.address + offset;
    if (options?.name !== undefined) nameLock(this.word, options.name);
  }

  /** The name that the lock was given, "" when none. */
  get name(): string {
    return lockName(this.word);
  }

  /** Whether some thread holds the lock at this moment. */
  get locked(): boolean {
    return load(this.word) !== 0;
  }

  /** The name of the thread that holds the lock, or `null`. */
  get owner(): string | null {
    const seen = load(this.word);
    return seen === 0 ? null : threadName(seen >>> 1);
  }

  /** Whether this thread holds the lock. */
  get owned(): boolean {
    return ownsLock(this.word);
  }

  /**
   * Take the lock, blocking this thread while another one holds it.
   *
   * @param options `timeout` in milliseconds; 0 tries once.
   * @returns `false` if the time was over before the lock was free.
   * @throws {DeadlockError} If the lock could never become free, because its holder waits for this thread.
   * @throws {OwnerDiedError} If the thread that held the lock has ended.
   */
  override acquire(options?: WaitOptions): boolean {
    const word = this.word;
    if (options === undefined && tryLock(word)) return this.#enter(1);
    if (ownsLock(word)) return this.#enterAgain();
    return this.#acquireSlowly(options);
  }

  #acquireSlowly(options?: WaitOptions): boolean {
    const word = this.word;
    const deadline = deadlineOf(options);
    if (tryLock(word)) return this.#enter(1);
    if (deadline > 0 && spinForLock(word, { word, kind: RLOCK.id })) return this.#enter(1);
    return runBlocking(this.acquireSteps(1, false), deadline);
  }

  /** As {@linkcode RLock.acquire}, while other work of this thread goes on. */
  override async acquireAsync(options?: AsyncWaitOptions): Promise<boolean> {
    const deadline = deadlineOf(options);
    options?.signal?.throwIfAborted();
    if (tryLock(this.word)) return this.#enter(1);
    if (ownsLock(this.word)) return this.#enterAgain();
    return await byOwnHandle(
      this,
      (own) => runAsync(own.acquireSteps(1, false), deadline, options?.signal),
    );
  }

  /** Take the lock to a depth: for `Condition`, which restores it. */
  *acquireSteps(depth: number, patient: boolean): Steps<boolean> {
    const taken = yield* lockSteps(this.word, WaitKind.rlock, patient, false);
    return taken && this.#enter(depth);
  }

  #enter(depth: number): true {
    i32[this.word + DEPTH] = depth;
    if (recording) recordAcquire(this.word, RLOCK.id);
    return true;
  }

  #enterAgain(): true {
    i32[this.word + DEPTH]!++;
    return true;
  }

  /**
   * Give the lock back once.
   *
   * @throws {Error} If this thread does not hold it.
   */
  override release(): void {
    const word = this.word;
    if (!ownsLock(word)) throw errors.notOwner(this.owner ?? "nobody");
    if (--i32[word + DEPTH]! > 0) return;
    if (recording) recordRelease(word, RLOCK.id);
    unlock(word);
  }

  /** Give the lock back whatever its depth, and give that depth: for `Condition`. */
  releaseWholly(): number {
    const depth = i32[this.word + DEPTH]!;
    i32[this.word + DEPTH] = 0;
    if (recording) recordRelease(this.word, RLOCK.id);
    unlock(this.word);
    return depth;
  }

  /** See {@linkcode Shareable.dispose}. */
  override dispose(): void {
    super.dispose();
    forbid(this, "word");
  }

  /** What travels to another thread beside the address. */
  override pack(): Parts {
    return [this.word - this.address];
  }

  /** `<RLock(None, 0)>` or `<RLock(Process-1, 2)>`, as Python prints it. */
  [inspect](): string {
    return `<RLock(${this.owner ?? "None"}, ${i32[this.word + DEPTH]})>`;
  }
}

const RLOCK = defineKind({
  id: 2,
  unpack: (address, [offset]) => new RLock(undefined, address, offset as number),
});
