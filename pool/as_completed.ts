import { refuseClass } from "@polycore/shm/internal";
import { errors, TimeoutError } from "./errors.ts";
import { checkFutures, type Future, isOver, whenOver } from "./future.ts";
import { checkGetOptions, type GetOptions, within } from "./timeout.ts";

/**
 * The futures as they are done, each once, beginning with those that are done already. They may be those
 * of several executors. The timeout counts from the call. Python's `concurrent.futures.as_completed`.
 *
 * @throws {TypeError} If one is no future, or an option is of the wrong kind.
 * @throws {TimeoutError} From the iterator, when the time is over.
 * @example
 * ```ts
 * import { asCompleted, EventLoopExecutor } from "@polycore/pool";
 * import { assertEquals } from "@std/assert";
 *
 * await using executor = new EventLoopExecutor();
 * const gate = Promise.withResolvers<void>();
 * const slow = executor.submit(() => gate.promise.then(() => "slow"));
 * const quick = executor.submit(() => "quick");
 * const order: string[] = [];
 * for await (const future of asCompleted([slow, quick])) {
 *   order.push(await future.result());
 *   gate.resolve();
 * }
 * assertEquals(order, ["quick", "slow"]);
 * ```
 */
export function asCompleted<T>(
  futures: Iterable<Future<T>>,
  options: GetOptions = {},
): AsCompletedIterator<T> {
  checkGetOptions(options);
  return new AsCompletedIterator(checkFutures(futures), options);
}

/**
 * A future as {@linkcode asCompleted} gives it: the same object, for whose value its type has `result`.
 * TypeScript would take the loop variable of a `for await` for the value if it could be awaited.
 *
 * @example
 * ```ts
 * import { asCompleted, type CompletedFuture, EventLoopExecutor, type Future } from "@polycore/pool";
 * import { assertEquals } from "@std/assert";
 *
 * await using executor = new EventLoopExecutor();
 * const names = new Map<Future<number>, string>([[executor.submit(() => 42), "answer"]]);
 * const lines: string[] = [];
 * const say = async (future: CompletedFuture<number>) =>
 *   lines.push(`${names.get(future)}: ${await future.result()}`);
 * for await (const future of asCompleted(names.keys())) await say(future);
 * assertEquals(lines, ["answer: 42"]);
 * ```
 */
export type CompletedFuture<T> = Future<T> & { then: never };

/**
 * The futures of {@linkcode asCompleted}. It is no generator, which would await each future that it
 * yields.
 *
 * @example
 * ```ts
 * import { asCompleted, Future } from "@polycore/pool";
 * import { assertEquals } from "@std/assert";
 *
 * const future = new Future<number>();
 * const futures = asCompleted([future]);
 * future.setResult(1);
 * assertEquals((await futures.next()).value, future);
 * assertEquals((await futures.next()).done, true);
 * ```
 */
export class AsCompletedIterator<T> {
  readonly #options: GetOptions;
  readonly #deadline: number;
  readonly #total: number;
  /** What is done and was not fetched; what was fetched is not kept. */
  readonly #ready: Future<T>[] = [];
  /** For each future that is not done, how to stop watching it. */
  readonly #watched = new Map<Future<T>, () => void>();
  #arrival = Promise.withResolvers<void>();
  /** Ends when the calls of `next` that came before have ended. */
  #turn: Promise<unknown> = Promise.resolve();

  /** Made by {@linkcode asCompleted}. */
  constructor(futures: ReadonlySet<Future<T>>, options: GetOptions) {
    this.#options = options;
    this.#deadline = performance.now() + (options.timeout ?? Infinity);
    this.#total = futures.size;
    for (const future of futures) {
      if (isOver(future)) this.#ready.push(future);
      else this.#watched.set(future, whenOver(future, () => this.#arrived(future)));
    }
  }

  #arrived(future: Future<T>): void {
    this.#watched.delete(future);
    this.#ready.push(future);
    this.#arrival.resolve();
  }

  /**
   * The next future that is done.
   *
   * @throws {TimeoutError} If the timeout is over.
   */
  next(): Promise<IteratorResult<CompletedFuture<T>, undefined>> {
    const result = this.#turn.then(() => this.#take());
    this.#turn = result.catch(() => this.#stop());
    return result;
  }

  async #take(): Promise<IteratorResult<CompletedFuture<T>, undefined>> {
    while (this.#ready.length === 0 && this.#watched.size > 0) await this.#more();
    const future = this.#ready.shift();
    return future
      ? { done: false, value: future as CompletedFuture<T> }
      : { done: true, value: undefined };
  }

  async #more(): Promise<void> {
    this.#arrival = Promise.withResolvers();
    const timeout = Math.max(0, this.#deadline - performance.now());
    try {
      await within(this.#arrival.promise, "the next future", { ...this.#options, timeout });
    } catch (error) {
      if (!(error instanceof TimeoutError)) throw error;
      throw errors.unfinished(this.#watched.size, this.#total, this.#options.timeout!);
    }
  }

  #stop(): void {
    for (const stopWatching of this.#watched.values()) stopWatching();
    this.#watched.clear();
    this.#ready.length = 0;
    this.#arrival.resolve(); // somebody may be waiting in next()
  }

  /** Called when a loop is left early. */
  return(): Promise<IteratorResult<CompletedFuture<T>, undefined>> {
    this.#stop();
    return Promise.resolve({ done: true, value: undefined });
  }

  /** The iterator itself. */
  [Symbol.asyncIterator](): this {
    return this;
  }
}

refuseClass(AsCompletedIterator, "an iterator of futures", "collect their results first");
