import { cas, load, notify } from "./atomics.ts";
import { allocateZeroed } from "./heap.ts";
import { byOwnHandle, defineKind, inspect, type Parts, Shareable } from "./shareable.ts";
import { WaitKind } from "./threads.ts";
import { record, recording, What } from "./trace_hook.ts";
import {
  type AsyncWaitOptions,
  deadlineOf,
  runAsync,
  runBlocking,
  type Steps,
  type WaitOptions,
} from "./wait.ts";

/** The word: bit 0 is the flag, the rest counts how often it was set, so that a pulse is not missed. */
const SET = 1;

function* setSteps(word: number): Steps<boolean> {
  const before = load(word);
  const of = { word, kind: EVENT.id };
  const happened = () => (load(word) & SET) !== 0 || load(word) >> 1 !== before >> 1;
  while (!happened()) {
    if (!(yield { word, expected: before, kind: WaitKind.event, of })) return happened();
  }
  return true;
}

/**
 * A flag that any number of threads can wait for. Python's `multiprocessing.Event`.
 *
 * **Which one do I use?** An `Event` says that something *has happened*, to all, and stays said; a
 * {@linkcode Condition} says that something *may have changed*, to those who wait now; a
 * {@linkcode Semaphore} counts how often it was said.
 *
 * @example
 * ```ts
 * import { Event } from "@polycore/sync";
 * import { assertEquals } from "@std/assert";
 *
 * const ready = new Event();
 * assertEquals(ready.wait({ timeout: 0 }), false);
 * ready.set();
 * assertEquals(ready.wait(), true);
 * ```
 */
export class Event extends Shareable {
  /** An event that is not set; `address` is for the library itself. */
  constructor(address?: number) {
    super(address ?? allocateZeroed(1), EVENT);
  }

  /** Whether the event is set. */
  isSet(): boolean {
    return (load(this.address) & SET) !== 0;
  }

  /** Set the event and wake everybody who waits for it. */
  set(): void {
    if (recording) record(What.wake, this.address, EVENT.id);
    this.#change((seen) => seen & SET ? seen : ((seen >> 1) + 1) << 1 | SET);
    notify(this.address);
  }

  /** Take the event back: who waits from now on waits until it is set again. */
  clear(): void {
    this.#change((seen) => seen & ~SET);
  }

  #change(next: (seen: number) => number): void {
    for (;;) {
      const seen = load(this.address);
      if (cas(this.address, seen, next(seen)) === seen) return;
    }
  }

  /**
   * Block this thread until the event is set.
   *
   * @param options `timeout` in milliseconds; 0 only looks.
   * @returns `false` if the time was over before the event was set.
   */
  wait(options?: WaitOptions): boolean {
    const deadline = deadlineOf(options);
    if (this.isSet()) return true;
    return runBlocking(setSteps(this.address), deadline);
  }

  /** As {@linkcode Event.wait}, while other work of this thread goes on. */
  async waitAsync(options?: AsyncWaitOptions): Promise<boolean> {
    const deadline = deadlineOf(options);
    options?.signal?.throwIfAborted();
    if (this.isSet()) return true;
    return await byOwnHandle(
      this,
      ({ address }) => runAsync(setSteps(address), deadline, options?.signal),
    );
  }

  /** What travels to another thread beside the address: nothing. */
  override pack(): Parts {
    return [];
  }

  /** `<Event at ... set>`, as Python prints it. */
  [inspect](): string {
    return `<Event ${this.isSet() ? "set" : "unset"}>`;
  }
}

const EVENT = defineKind({ id: 6, unpack: (address) => new Event(address) });
