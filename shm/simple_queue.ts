import { type AsyncWaitOptions, type Parts, Shareable } from "@polycore/sync";
import { defineKind, inspect, nameKind, runBlocking } from "@polycore/sync/internal";
import { createChannel, emptyChannel, NOTHING, pending, putNow, tryTake } from "./channel.ts";
import { runHolding, spinForData, takeSteps } from "./channel_waits.ts";
import { encode } from "./codec/mod.ts";
import { errors } from "./errors.ts";

/**
 * A queue with nothing but `put`, `get`, `empty` and `close`: no bound, no timeouts, no count.
 * Python's `multiprocessing.SimpleQueue`.
 *
 * Python's has no feeder thread, which makes it lighter than its `Queue`. Here neither has one and both
 * are as fast.
 *
 * **Which one do I use?** A {@linkcode Queue}, unless a program that comes from Python names this one.
 *
 * @example
 * ```ts
 * import { ClosedError, SimpleQueue } from "@polycore/shm";
 * import { assertEquals, assertThrows } from "@std/assert";
 *
 * const queue = new SimpleQueue<number[]>();
 * queue.put([1, 2]);
 * assertEquals(queue.get(), [1, 2]);
 * assertEquals(queue.empty(), true);
 * queue.close();
 * assertThrows(() => queue.empty(), ClosedError, "is closed");
 * ```
 */
export class SimpleQueue<T = unknown> extends Shareable {
  /** An empty queue; `address` is for the library itself. */
  constructor(address?: number) {
    super(address ?? createChannel(0, 0, SIMPLE_QUEUE.id), SIMPLE_QUEUE);
  }

  #open(): number {
    if (this.disposed) throw errors.queueClosed();
    return this.address;
  }

  /**
   * Put a value. Never waits, as the queue has no bound.
   *
   * @throws {ClosedError} If this thread closed the queue.
   * @throws {TypeError} If the value cannot be copied; it names the path to what cannot.
   */
  put(value: T): void {
    const channel = this.#open();
    putNow(channel, encode(value, "value"));
  }

  /** As {@linkcode SimpleQueue.put}, with a promise for what it throws. */
  // deno-lint-ignore require-await
  async putAsync(value: T): Promise<void> {
    this.put(value);
  }

  /**
   * Take the oldest value, blocking this thread until there is one.
   *
   * @throws {ClosedError} If this thread closed the queue.
   * @throws {DeadlockError} If every other thread waits too, so that nothing can come.
   */
  get(): T {
    const channel = this.#open();
    const value = tryTake(channel);
    if (value !== NOTHING) return value as T;
    spinForData(channel);
    return runBlocking(takeSteps(channel), Infinity) as T;
  }

  /** As {@linkcode SimpleQueue.get}, while other work of this thread goes on. */
  async getAsync(options?: Pick<AsyncWaitOptions, "signal">): Promise<T> {
    const channel = this.#open();
    return await runHolding(channel, takeSteps(channel), Infinity, options?.signal) as T;
  }

  /**
   * Whether the queue is empty at this moment.
   *
   * @throws {ClosedError} If this thread closed the queue.
   */
  empty(): boolean {
    return pending(this.#open()) <= 0;
  }

  /** Say that this thread uses the queue no more. Other threads go on; closing twice is fine. */
  close(): void {
    super.dispose();
  }

  /** Close when the block ends. */
  [Symbol.dispose](): void {
    this.close();
  }

  /** What travels to another thread beside the address: nothing. */
  override pack(): Parts {
    return [];
  }

  /** How many values it holds, for `console.log`. */
  [inspect](): string {
    return `<SimpleQueue(${pending(this.address)} items)>`;
  }
}

const SIMPLE_QUEUE = defineKind({
  id: 24,
  unpack: (address) => new SimpleQueue(address),
  beforeFree: emptyChannel,
});
nameKind(SIMPLE_QUEUE.id, "SimpleQueue");
