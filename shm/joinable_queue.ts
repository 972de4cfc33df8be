import { type AsyncWaitOptions, DeadlockError, type Steps, type WaitOptions } from "@polycore/sync";
import {
  add,
  cas,
  deadlineOf,
  defineKind,
  load,
  nameKind,
  notify,
  runBlocking,
  WaitKind,
} from "@polycore/sync/internal";
import { CHANNEL_WORDS, createChannel, emptyChannel, putsOf, putWord } from "./channel.ts";
import { tracedChannel } from "./channel_trace.ts";
import { runHolding } from "./channel_waits.ts";
import { errors } from "./errors.ts";
import { boundOf, Queue } from "./queue.ts";

/** Words behind the channel: how many items are done, and how often none was left. */
const DONE = CHANNEL_WORDS, ZEROS = CHANNEL_WORDS + 1, EXTRA = 2;

/** How many items were put and are not done. The channel counts the puts, so no put can be missed. */
function unfinished(channel: number): number {
  const done = load(channel + DONE); // first: what is put meanwhile cannot make it negative
  return (load(putWord(channel)) - done) | 0;
}

function* joinSteps(channel: number): Steps<boolean> {
  const word = channel + ZEROS;
  const of = tracedChannel(channel);
  const expected = load(word);
  const over = () => unfinished(channel) === 0 || load(word) !== expected;
  while (!over()) {
    try {
      // Python waits for its queue's Condition here, and that is what listings call it.
      if (!(yield { word, expected, kind: WaitKind.condition, of })) return over();
    } catch (error) {
      if (!(error instanceof DeadlockError)) throw error;
      throw errors.joinStuck(unfinished(channel), error);
    }
  }
  return true;
}

/**
 * A {@linkcode Queue} that knows when all that was put into it is done: consumers say `taskDone()` after
 * each item, and `join()` waits until nothing is left undone. Python's `multiprocessing.JoinableQueue`.
 *
 * **A consumer that dies** between `get` and `taskDone` leaves its item undone. Python's `join` then waits
 * for ever. Here it throws {@linkcode DeadlockError} as soon as every other thread waits or has ended; while
 * some other thread still runs nobody can tell that the item is lost, so call `taskDone` in a `finally`
 * block, or give `join` a timeout. `joinAsync` has only these two, because its thread does not wait.
 *
 * **Which one do I use?** A `JoinableQueue` when who puts wants to know that all was *done*, a plain
 * {@linkcode Queue} when answers come back anyway, a `Pool` when what is put is work.
 *
 * @example
 * ```ts
 * import { JoinableQueue } from "@polycore/shm";
 * import { assertEquals, assertThrows } from "@std/assert";
 *
 * const queue = new JoinableQueue<string>();
 * queue.put("a task");
 * assertEquals(queue.join({ timeout: 0 }), false); // not done
 * queue.get();
 * queue.taskDone();
 * queue.join();
 * assertThrows(() => queue.taskDone(), RangeError, "task_done() called too many times");
 * ```
 */
export class JoinableQueue<T = unknown> extends Queue<T> {
  /**
   * An empty queue.
   *
   * @param maxsize How many values it holds at the most; 0 or less for no bound.
   * @param address For the library itself.
   * @throws {TypeError} If maxsize is no whole number.
   */
  constructor(maxsize = 0, address?: number) {
    const bound = boundOf(maxsize);
    const { id } = JOINABLE_QUEUE;
    super(maxsize, address ?? createChannel(bound, EXTRA, id), JOINABLE_QUEUE);
  }

  #open(): number {
    if (this.disposed) throw errors.queueClosed();
    return this.address;
  }

  /**
   * Say that one item that somebody took is done; any thread may say so. Python's `task_done`.
   *
   * @throws {RangeError} If it is called more often than items were put.
   * @throws {ClosedError} If this thread closed the queue.
   */
  taskDone(): void {
    const channel = this.#open();
    for (;;) {
      const done = load(channel + DONE);
      // An item can be taken a moment before its producer has counted it: then ask the producers.
      if (load(putWord(channel)) === done && putsOf(channel) === done) {
        throw errors.taskDoneTooOften();
      }
      const next = (done + 1) | 0;
      if (cas(channel + DONE, done, next) !== done) continue;
      if (load(putWord(channel)) !== next) return;
      add(channel + ZEROS, 1); // also for a joiner that looks again only after the next put
      notify(channel + ZEROS);
      return;
    }
  }

  /**
   * Block this thread until every item that was put is done. Any number of threads may wait.
   *
   * @param options `timeout` in milliseconds, beyond Python; 0 only looks.
   * @returns `false` if the time was over before.
   * @throws {DeadlockError} If every other thread waits or has ended, so that nothing gets done any more.
   * @throws {ClosedError} If this thread closed the queue.
   */
  join(options?: WaitOptions): boolean {
    const channel = this.#open();
    return runBlocking(joinSteps(channel), deadlineOf(options));
  }

  /** As {@linkcode JoinableQueue.join}, while other work of this thread goes on. */
  async joinAsync(options?: AsyncWaitOptions): Promise<boolean> {
    const channel = this.#open();
    const deadline = deadlineOf(options);
    return await runHolding(channel, joinSteps(channel), deadline, options?.signal);
  }
}

const JOINABLE_QUEUE = defineKind({
  id: 23,
  unpack: (address) => new JoinableQueue(0, address),
  beforeFree: emptyChannel,
});
nameKind(JOINABLE_QUEUE.id, "JoinableQueue");
