import { refuseClass } from "@polycore/shm/internal";
import type { Future } from "./future.ts";
import { type GetOptions, within } from "./timeout.ts";

/** What an {@linkcode ExecutorMapIterator} needs of its executor. */
export interface ExecutorMapSource {
  /** Submit the next chunk of inputs; `undefined` at their end. */
  submitNext(): Future<unknown[]> | undefined;
  /** No more inputs are wanted. */
  closeInputs(): void;
  /** What is waited for, for errors. */
  what: string;
  /** Chunks that may be under way or waiting to be fetched. */
  buffersize: number;
  /** How long all results may take together. */
  limits: GetOptions;
}

/**
 * The results of an executor's `map`, in the order of the inputs. An error ends it, and calls that have
 * not begun are cancelled; so does leaving a loop early.
 *
 * @example
 * ```ts
 * import { WorkerPoolExecutor } from "@polycore/pool";
 * import { assertEquals } from "@std/assert";
 *
 * await using executor = new WorkerPoolExecutor({ maxWorkers: 2 });
 * const sums = executor.map((a: number, b: number) => a + b, [1, 2, 3], [10, 20, 30]);
 * assertEquals(await Array.fromAsync(sums), [11, 22, 33]);
 * ```
 */
export class ExecutorMapIterator<R> implements AsyncIterableIterator<R> {
  readonly #source: ExecutorMapSource;
  readonly #deadline: number;
  /** What was submitted and not fetched, in order; each is taken out when it is fetched. */
  readonly #futures = new Set<Future<unknown[]>>();
  #ready: unknown[] = [];
  #inputsEnded = false;
  #ended = false;
  /** Ends when the calls of `next` that came before have ended. */
  #turn: Promise<unknown> = Promise.resolve();

  /** Made by an executor. */
  constructor(source: ExecutorMapSource) {
    this.#source = source;
    this.#deadline = performance.now() + (source.limits.timeout ?? Infinity);
    try {
      this.#submit();
    } catch (error) {
      this.#end();
      throw error;
    }
  }

  #submit(): void {
    while (!this.#inputsEnded && this.#futures.size < this.#source.buffersize) {
      const future = this.#source.submitNext();
      if (future) this.#futures.add(future);
      else this.#inputsEnded = true;
    }
  }

  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#ready = [];
    for (const future of this.#futures) future.cancel();
    this.#futures.clear();
    if (!this.#inputsEnded) this.#source.closeInputs();
  }

  /**
   * The next result.
   *
   * @throws What the call threw.
   * @throws {TimeoutError} If the timeout of `map` is over.
   */
  next(): Promise<IteratorResult<R, undefined>> {
    const result = this.#turn.then(() => this.#take());
    this.#turn = result.catch(() => {});
    return result;
  }

  async #take(): Promise<IteratorResult<R, undefined>> {
    try {
      while (!this.#ended && this.#ready.length === 0) {
        const [future] = this.#futures;
        if (!future) this.#end();
        else await this.#fetch(future);
      }
    } catch (error) {
      this.#end();
      throw error;
    }
    if (this.#ended) return { done: true, value: undefined };
    return { done: false, value: this.#ready.shift() as R };
  }

  async #fetch(future: Future<unknown[]>): Promise<void> {
    const { limits, what } = this.#source;
    const left = Math.max(0, this.#deadline - performance.now());
    const results = future.done()
      ? await future
      : await within(future.result(), what, { ...limits, timeout: left });
    if (this.#ended) return; // it was left meanwhile
    this.#ready = results;
    this.#futures.delete(future);
    this.#submit();
  }

  /** Called when a loop is left early: calls that have not begun are cancelled. */
  return(): Promise<IteratorResult<R, undefined>> {
    this.#end();
    return Promise.resolve({ done: true, value: undefined });
  }

  /** The iterator itself. */
  [Symbol.asyncIterator](): this {
    return this;
  }
}

refuseClass(ExecutorMapIterator, "an iterator of results", "collect its values first");
