import { load, notify, store } from "./atomics.ts";
import { errors, OwnerDiedError } from "./errors.ts";
import { allocateZeroed, free } from "./heap.ts";
import { Lock } from "./lock.ts";
import { lockSteps, ownsLock, unlock } from "./lock_word.ts";
import { i32 } from "./memory.ts";
import type { Permit } from "./permit.ts";
import { RLock } from "./rlock.ts";
import { byOwnHandle, defineKind, inspect, type Parts, Shareable } from "./shareable.ts";
import { isAlive, me, WaitKind } from "./threads.ts";
import { record, recording, What } from "./trace_hook.ts";
import { recordAcquire, recordRelease } from "./trace_locks.ts";
import {
  type AsyncWaitOptions,
  deadlineOf,
  runAsync,
  runBlocking,
  type Steps,
  type WaitOptions,
} from "./wait.ts";

/** Words of a condition: the first and the last of those who wait, oldest first; how many they are. */
const WORDS = 3, FIRST = 0, LAST = 1, WAITERS = 2;

/** Words of a waiter: whether it was notified, the next waiter, and its thread. */
const NODE_WORDS = 3, NOTIFIED = 0, NEXT = 1, THREAD = 2;

/**
 * Wait, holding a lock, until another thread says that something may have changed.
 * Python's `multiprocessing.Condition`. Waiters form a queue that the lock itself guards, so `notify(n)`
 * wakes the n that waited longest, no more and no fewer, and none that came later.
 *
 * **Which one do I use?** A `Condition` when what is waited for is a state of data that a lock guards; an
 * {@linkcode Event} when it is one flag; a queue when it is a value that is handed over.
 *
 * @example
 * ```ts
 * import { Condition } from "@polycore/sync";
 * import { assertEquals } from "@std/assert";
 *
 * const changed = new Condition();
 * using _ = changed.hold();
 * assertEquals(changed.wait({ timeout: 1 }), false); // nobody notified in time
 * ```
 */
export class Condition extends Shareable {
  readonly #lock: Lock | RLock;

  /**
   * A condition for which nobody waits.
   *
   * @param lock The lock that guards the state; a new {@linkcode RLock} when not given.
   * @param address For the library itself.
   * @throws {TypeError} If `lock` is neither a Lock nor an RLock.
   */
  constructor(lock: Lock | RLock = new RLock(), address?: number) {
    if (!(lock instanceof Lock) && !(lock instanceof RLock)) throw errors.notLock(lock);
    super(address ?? allocateZeroed(WORDS), CONDITION);
    this.#lock = lock;
  }

  /** The lock that guards the state. */
  get lock(): Lock | RLock {
    return this.#lock;
  }

  /** Acquire the lock; see {@linkcode Lock.acquire}. */
  acquire(options?: WaitOptions): boolean {
    return this.#lock.acquire(options);
  }

  /** Acquire the lock without blocking the thread. */
  acquireAsync(options?: AsyncWaitOptions): Promise<boolean> {
    return this.#lock.acquireAsync(options);
  }

  /** Release the lock. */
  release(): void {
    this.#lock.release();
  }

  /** Acquire, and release when the block ends: `using _ = condition.hold()`. */
  hold(): Permit {
    return this.#lock.hold();
  }

  /** As {@linkcode Condition.hold}, without blocking. */
  holdAsync(options?: Pick<AsyncWaitOptions, "signal">): Promise<Permit> {
    return this.#lock.holdAsync(options);
  }

  #owned(): boolean {
    return this.#lock instanceof RLock ? this.#lock.owned : ownsLock(this.#lock.address);
  }

  /**
   * Release the lock, block until notified, and acquire the lock again, to the same depth.
   *
   * @param options `timeout` in milliseconds for the notification; the lock is always waited for.
   * @returns `false` if the time was over before a notification came.
   * @throws {Error} If this thread does not hold the lock.
   * @throws {OwnerDiedError} If a thread ended while it held the lock; this thread holds it now.
   */
  wait(options?: WaitOptions): boolean {
    return runBlocking(this.#waitSteps(), deadlineOf(options));
  }

  /** As {@linkcode Condition.wait}, while other work of this thread goes on. */
  async waitAsync(options?: AsyncWaitOptions): Promise<boolean> {
    const deadline = deadlineOf(options);
    return await this.#byOwnHandles((own) => runAsync(own.#waitSteps(), deadline, options?.signal));
  }

  /**
   * Wait until `predicate` holds, which is asked with the lock held, before the first wait and after
   * each wake-up.
   *
   * @returns What the predicate gave last.
   */
  waitFor<T>(predicate: () => T, options?: WaitOptions): T {
    return runBlocking(this.#waitForSteps(predicate), deadlineOf(options));
  }

  /** As {@linkcode Condition.waitFor}, while other work of this thread goes on. */
  async waitForAsync<T>(predicate: () => T, options?: AsyncWaitOptions): Promise<T> {
    const deadline = deadlineOf(options);
    return await this.#byOwnHandles((own) =>
      runAsync(own.#waitForSteps(predicate), deadline, options?.signal)
    );
  }

  /** See {@linkcode byOwnHandle}: of the lock too, which is taken again at the end. */
  #byOwnHandles<T>(act: (own: Condition) => Promise<T>): Promise<T> {
    return byOwnHandle<Lock | RLock, T>(this.#lock, (lock) => byOwnHandle(this, act, [lock]));
  }

  *#waitForSteps<T>(predicate: () => T): Steps<T> {
    for (;;) {
      const value = predicate();
      if (value) return value;
      if (!(yield* this.#waitSteps())) return predicate();
    }
  }

  *#waitSteps(): Steps<boolean> {
    if (!this.#owned()) throw errors.waitWithoutLock();
    const node = this.#enqueue();
    const of = { word: this.address, kind: CONDITION.id };
    const depth = this.#releaseWholly();
    const failures: unknown[] = []; // a stop, an abort, a dead owner: thrown with the lock held
    try {
      while (load(node + NOTIFIED) === 0) {
        if (!(yield { word: node, expected: 0, kind: WaitKind.condition, of })) break;
      }
    } catch (error) {
      failures.push(error);
    }
    failures.push(...yield* this.#acquireAgainSteps(depth));
    const notified = load(node + NOTIFIED) !== 0;
    if (!notified) this.#remove(node);
    free(node);
    if (failures.length === 0) return notified;
    if (notified) this.notify(); // who leaves by an error does not look at the data: another one has to
    throw failures[0];
  }

  /** Take the lock again, even after owners that died; give the errors that say so. */
  *#acquireAgainSteps(depth: number): Steps<unknown[]> {
    for (const died: unknown[] = [];;) {
      try {
        yield* this.#acquireSteps(depth);
        return died;
      } catch (error) {
        if (!(error instanceof OwnerDiedError)) throw error;
        died.push(error);
      }
    }
  }

  #enqueue(): number {
    const node = allocateZeroed(NODE_WORDS);
    i32[node + THREAD] = me;
    const last = i32[this.address + LAST]!;
    if (last === 0) i32[this.address + FIRST] = node;
    else i32[last + NEXT] = node;
    i32[this.address + LAST] = node;
    i32[this.address + WAITERS]!++;
    return node;
  }

  #remove(node: number): void {
    let before = 0;
    for (let at = i32[this.address + FIRST]!; at !== node; at = i32[at + NEXT]!) before = at;
    const after = i32[node + NEXT]!;
    if (before === 0) i32[this.address + FIRST] = after;
    else i32[before + NEXT] = after;
    if (after === 0) i32[this.address + LAST] = before;
    i32[this.address + WAITERS]!--;
  }

  #releaseWholly(): number {
    if (this.#lock instanceof RLock) return this.#lock.releaseWholly();
    const { address, kind } = this.#lock;
    if (recording) recordRelease(address, kind.id);
    unlock(address);
    return 1;
  }

  *#acquireSteps(depth: number): Steps<boolean> {
    if (this.#lock instanceof RLock) return yield* this.#lock.acquireSteps(depth, true);
    const { address, kind } = this.#lock;
    const taken = yield* lockSteps(address, WaitKind.lock, true, false);
    if (recording && taken) recordAcquire(address, kind.id);
    return taken;
  }

  /**
   * Wake up to `n` of the threads that wait, the oldest first. They go on when the lock is released.
   *
   * @throws {Error} If this thread does not hold the lock.
   */
  notify(n = 1): void {
    if (!Number.isInteger(n) || n < 0) throw errors.badCount("n", n, 0);
    if (!this.#owned()) throw errors.notifyWithoutLock();
    if (recording) record(What.wake, this.address, CONDITION.id);
    for (let woken = 0; woken < n;) {
      const node = i32[this.address + FIRST]!;
      if (node === 0) return;
      const next = i32[node + NEXT]!;
      i32[this.address + FIRST] = next;
      if (next === 0) i32[this.address + LAST] = 0;
      i32[this.address + WAITERS]!--;
      if (isAlive(i32[node + THREAD]!)) {
        store(node + NOTIFIED, 1);
        notify(node);
        woken++;
      } else {
        free(node); // its thread died while it waited
      }
    }
  }

  /** Wake all threads that wait. */
  notifyAll(): void {
    this.notify(Number.MAX_SAFE_INTEGER);
  }

  /** What travels to another thread beside the address: the lock. */
  override pack(): Parts {
    return [this.#lock];
  }

  /** `<Condition(<RLock(None, 0)>, 2)>` for 2 that wait, as Python prints it. */
  [inspect](): string {
    return `<Condition(${this.#lock[inspect]()}, ${i32[this.address + WAITERS]})>`;
  }
}

const CONDITION = defineKind({
  id: 5,
  unpack: (address, [lock]) => new Condition(lock as Lock | RLock, address),
  // Whoever still stands in the queue has ended: those who wait hold the condition.
  beforeFree: (address) => {
    for (let node = i32[address + FIRST]!; node !== 0;) {
      const next = i32[node + NEXT]!;
      free(node);
      node = next;
    }
  },
});
