import { add, cas, load, notify } from "./atomics.ts";
import { errors } from "./errors.ts";
import { allocateZeroed } from "./heap.ts";
import { i32 } from "./memory.ts";
import { Holdable } from "./holdable.ts";
import { byOwnHandle, defineKind, inspect, type Parts, type ShareableKind } from "./shareable.ts";
import { WaitKind } from "./threads.ts";
import { record, recording, type Traced, What } from "./trace_hook.ts";
import {
  type AsyncWaitOptions,
  deadlineOf,
  runAsync,
  runBlocking,
  spinWhile,
  type Steps,
  type WaitOptions,
} from "./wait.ts";

/** Words of a semaphore: how many may still enter, how many sleep, and the bound (0 for none). */
const WORDS = 3, WAITERS = 1, BOUND = 2;

/** The highest count that a word can hold, Python's SEM_VALUE_MAX. */
const HIGHEST = 0x7fffffff;

function tryEnter(word: number): boolean {
  for (;;) {
    const seen = load(word);
    if (seen <= 0) return false;
    if (cas(word, seen, seen - 1) === seen) return true;
  }
}

function* enterSteps(of: Traced): Steps<boolean> {
  const { word } = of;
  while (!tryEnter(word)) {
    add(word + WAITERS, 1);
    try {
      if (!(yield { word, expected: 0, kind: WaitKind.semaphore, of })) return tryEnter(word);
    } finally {
      add(word + WAITERS, -1);
    }
  }
  return true;
}

/**
 * Lets up to n threads in at once: `acquire` counts down and waits at 0, `release` counts up.
 * Python's `multiprocessing.Semaphore`.
 *
 * **Which one do I use?** A `Semaphore` may be released more often than it was acquired, which makes it
 * a signal that is counted; {@linkcode BoundedSemaphore} treats that as the mistake that it is when the
 * semaphore guards n places. For n = 1 and one owner a {@linkcode Lock} also finds deadlocks.
 *
 * @example
 * ```ts
 * import { Semaphore } from "@polycore/sync";
 * import { assertEquals } from "@std/assert";
 *
 * const places = new Semaphore(2);
 * using _ = places.hold();
 * assertEquals(places.value, 1);
 * ```
 */
export class Semaphore extends Holdable {
  /**
   * A semaphore that nobody has entered.
   *
   * @param value How many may enter at first, at least 0.
   * @param address For the library itself.
   * @param kind For the library itself.
   * @throws {RangeError} If the value is negative, above 2147483647 or no whole number.
   */
  constructor(value = 1, address?: number, kind: ShareableKind = SEMAPHORE) {
    if (!Number.isInteger(value) || value < 0 || value > HIGHEST) {
      throw errors.badCount("The value", value, 0, HIGHEST);
    }
    super(address ?? allocateZeroed(WORDS), kind);
    if (address === undefined) i32[this.address] = value;
  }

  /** How many may enter at this moment without waiting. Python's `get_value()`. */
  get value(): number {
    return load(this.address);
  }

  /**
   * Enter, blocking this thread until there is room.
   *
   * @param options `timeout` in milliseconds; 0 tries once.
   * @returns `false` if the time was over before there was room.
   */
  override acquire(options?: WaitOptions): boolean {
    const deadline = deadlineOf(options);
    const entered = tryEnter(this.address) || this.#enterSlowly(deadline);
    if (recording && entered) record(What.acquire, this.address, this.kind.id);
    return entered;
  }

  #enterSlowly(deadline: number): boolean {
    const word = this.address;
    const of = { word, kind: this.kind.id };
    if (deadline > 0 && spinWhile(word, 0, of) && tryEnter(word)) return true;
    return runBlocking(enterSteps(of), deadline);
  }

  /** As {@linkcode Semaphore.acquire}, while other work of this thread goes on. */
  override async acquireAsync(options?: AsyncWaitOptions): Promise<boolean> {
    const deadline = deadlineOf(options);
    options?.signal?.throwIfAborted();
    const entered = tryEnter(this.address) || await byOwnHandle(this, ({ address, kind }) => {
      const steps = enterSteps({ word: address, kind: kind.id });
      return runAsync(steps, deadline, options?.signal);
    });
    if (recording && entered) record(What.acquire, this.address, this.kind.id);
    return entered;
  }

  /**
   * Leave `n` times, letting as many others in. Any thread may do so.
   *
   * @throws {Error} If a {@linkcode BoundedSemaphore} would rise above its first value, which stays.
   */
  override release(n = 1): void {
    if (!Number.isInteger(n) || n < 1) throw errors.badCount("n", n, 1);
    const word = this.address;
    const bound = i32[word + BOUND]! || HIGHEST;
    if (recording && load(word) + n <= bound) record(What.release, word, this.kind.id, n);
    for (;;) {
      const seen = load(word);
      if (seen + n > bound) throw errors.releasedTooOften();
      if (cas(word, seen, seen + n) === seen) break;
    }
    if (load(word + WAITERS) > 0) notify(word, n);
  }

  /** What travels to another thread beside the address: nothing. */
  override pack(): Parts {
    return [];
  }

  /** `<Semaphore(value=2)>`, as Python prints it. */
  [inspect](): string {
    return `<Semaphore(value=${this.value})>`;
  }
}

/**
 * A {@linkcode Semaphore} that throws when it is released more often than it was acquired.
 * Python's `multiprocessing.BoundedSemaphore`.
 *
 * @example
 * ```ts
 * import { BoundedSemaphore } from "@polycore/sync";
 * import { assertThrows } from "@std/assert";
 *
 * const places = new BoundedSemaphore(2);
 * assertThrows(() => places.release(), Error, "released too many times");
 * ```
 */
export class BoundedSemaphore extends Semaphore {
  /**
   * A semaphore that nobody has entered.
   *
   * @param value How many may enter, at least 1.
   * @param address For the library itself.
   */
  constructor(value = 1, address?: number) {
    if (!Number.isInteger(value) || value < 1) throw errors.badCount("The value", value, 1);
    super(value, address, BOUNDED);
    if (address === undefined) i32[this.address + BOUND] = value;
  }

  /** `<BoundedSemaphore(value=1, maxvalue=2)>`, as Python prints it. */
  override [inspect](): string {
    return `<BoundedSemaphore(value=${this.value}, maxvalue=${i32[this.address + BOUND]})>`;
  }
}

const SEMAPHORE = defineKind({ id: 3, unpack: (address) => new Semaphore(1, address) });
const BOUNDED = defineKind({ id: 4, unpack: (address) => new BoundedSemaphore(1, address) });
