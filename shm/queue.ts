import {
  type AsyncWaitOptions,
  type Parts,
  Shareable,
  type ShareableKind,
  type WaitOptions,
} from "@polycore/sync";
import { deadlineOf, defineKind, inspect, nameKind, runBlocking } from "@polycore/sync/internal";
import {
  createChannel,
  dropBlock,
  emptyChannel,
  isFull,
  maxsizeOf,
  NOTHING,
  pending,
  putNow,
  tryTake,
} from "./channel.ts";
import { putBlockSteps, runHolding, spinForData, takeSteps } from "./channel_waits.ts";
import { encode } from "./codec/mod.ts";
import { errors } from "./errors.ts";

/**
 * A first-in first-out queue between any threads, for any number of producers and consumers.
 * Python's `multiprocessing.Queue`.
 *
 * Values are copied, as Python pickles them: everything that structured clone knows, and every shared
 * object, which arrives on the same memory. There is no feeder thread: when `put` returns the value is
 * in the queue, and a value that cannot be copied throws at once.
 *
 * **Which one do I use?** A `Queue` between any number of threads, {@linkcode Pipe} between two ends that
 * also answer, a `Pool` when what is sent is work.
 *
 * @example
 * ```ts
 * import { Queue } from "@polycore/shm";
 * import { assertEquals } from "@std/assert";
 *
 * const queue = new Queue<{ i: number; s: string }>();
 * queue.put({ i: 1, s: "one" });
 * assertEquals(queue.get(), { i: 1, s: "one" });
 * ```
 */
export class Queue<T = unknown> extends Shareable {
  #closed = false;

  /**
   * An empty queue.
   *
   * @param maxsize How many values it holds at the most; 0 or less for no bound.
   * @param address For the library itself.
   * @param kind For the library itself.
   * @throws {TypeError} If maxsize is no whole number.
   */
  constructor(maxsize = 0, address?: number, kind: ShareableKind = QUEUE) {
    const bound = boundOf(maxsize);
    super(address ?? createChannel(bound, 0, kind.id), kind);
  }

  #open(): number {
    if (this.#closed) throw errors.queueClosed();
    return this.address;
  }

  /**
   * Put a value, blocking this thread while the queue is full.
   *
   * @param options `timeout` in milliseconds; 0 tries once.
   * @throws {QueueFull} If the time was over before there was room.
   * @throws {ClosedError} If this thread closed the queue.
   * @throws {TypeError} If the value cannot be copied; it names the path to what cannot.
   */
  put(value: T, options?: WaitOptions): void {
    const deadline = deadlineOf(options);
    const channel = this.#open();
    const block = putNow(channel, encode(value, "value"));
    if (block === 0) return;
    using undo = new DisposableStack();
    undo.defer(() => dropBlock(block));
    const put = runBlocking(putBlockSteps(channel, block), deadline);
    if (!put) throw errors.full(maxsizeOf(channel));
    undo.move();
  }

  /** As {@linkcode Queue.put}, while other work of this thread goes on. */
  async putAsync(value: T, options?: AsyncWaitOptions): Promise<void> {
    const deadline = deadlineOf(options);
    options?.signal?.throwIfAborted();
    const channel = this.#open();
    const block = putNow(channel, encode(value, "value"));
    if (block === 0) return;
    using undo = new DisposableStack();
    undo.defer(() => dropBlock(block));
    const steps = putBlockSteps(channel, block);
    const put = await runHolding(channel, steps, deadline, options?.signal);
    if (!put) throw errors.full(maxsizeOf(channel));
    undo.move();
  }

  /** Put a value if there is room now. Python's `put_nowait`. */
  putNowait(value: T): void {
    this.put(value, { timeout: 0 });
  }

  /**
   * Take the oldest value, blocking this thread until there is one.
   *
   * @param options `timeout` in milliseconds; 0 tries once.
   * @throws {QueueEmpty} If the time was over before there was one.
   * @throws {ClosedError} If this thread closed the queue.
   * @throws {DeadlockError} If every other thread waits too, so that nothing can come.
   */
  get(options?: WaitOptions): T {
    const channel = this.#open();
    const deadline = deadlineOf(options);
    let value = tryTake(channel);
    if (value === NOTHING) {
      if (deadline > 0) spinForData(channel);
      value = runBlocking(takeSteps(channel), deadline);
      if (value === NOTHING) throw errors.empty();
    }
    return value as T;
  }

  /** As {@linkcode Queue.get}, while other work of this thread goes on. */
  async getAsync(options?: AsyncWaitOptions): Promise<T> {
    const channel = this.#open();
    const deadline = deadlineOf(options);
    options?.signal?.throwIfAborted();
    let value = tryTake(channel);
    if (value === NOTHING) {
      value = await runHolding(channel, takeSteps(channel), deadline, options?.signal);
      if (value === NOTHING) throw errors.empty();
    }
    return value as T;
  }

  /** Take the oldest value if there is one now. Python's `get_nowait`. */
  getNowait(): T {
    return this.get({ timeout: 0 });
  }

  /** How many values are in the queue at this moment; other threads may change it at any time. */
  qsize(): number {
    return Math.max(0, pending(this.#open()));
  }

  /** Whether the queue is empty at this moment. No test for "all is done": others may be about to put. */
  empty(): boolean {
    return pending(this.#open()) <= 0;
  }

  /** Whether a bounded queue is full at this moment. */
  full(): boolean {
    return isFull(this.#open());
  }

  /**
   * Say that this thread uses the queue no more. Other threads go on; closing twice is fine. With the
   * last thread that has it the queue goes, and what is still in it.
   */
  close(): void {
    this.#closed = true;
    super.dispose();
  }

  /** The same as {@linkcode Queue.close}. */
  override dispose(): void {
    this.close();
  }

  /** Close when the block ends. */
  [Symbol.dispose](): void {
    this.close();
  }

  /** What travels to another thread beside the address: nothing. */
  override pack(): Parts {
    if (this.#closed) throw errors.queueClosed();
    return [];
  }

  /** How many values it holds, for `console.log`. */
  [inspect](): string {
    return `<${this.constructor.name}(${this.qsize()} items)>`;
  }
}

/** The bound of the channel for a `maxsize`; throws when that is no whole number. */
export function boundOf(maxsize: number): number {
  if (!Number.isSafeInteger(maxsize)) throw errors.maxsize(maxsize);
  return Math.min(Math.max(maxsize, 0), 0x7fffffff);
}

const QUEUE = defineKind({
  id: 20,
  unpack: (address) => new Queue(0, address),
  beforeFree: emptyChannel,
});
nameKind(QUEUE.id, "Queue");
