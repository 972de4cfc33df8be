import { refuseClass } from "@polycore/shm/internal";
import type { ResultSource } from "./result_source.ts";

/**
 * The results of a {@linkcode Parallel} with `returnAs: "generator"` or `"generator_unordered"`, one by
 * one. The calls go on while nobody asks. Leaving the loop drops the rest.
 *
 * @example
 * ```ts
 * import { delayed, Parallel } from "@polycore/pool";
 * import { assertEquals } from "@std/assert";
 *
 * await using parallel = Parallel({ nJobs: 2, returnAs: "generator" });
 * const root = (x: number) => Math.sqrt(x);
 * const roots: number[] = [];
 * for await (const found of parallel([1, 4, 9].map((x) => delayed(root)(x)))) roots.push(found);
 * assertEquals(roots, [1, 2, 3]);
 * ```
 */
export class ParallelResults<R> implements AsyncIterableIterator<R>, AsyncDisposable {
  readonly #source: ResultSource;
  readonly #results: AsyncGenerator<R, undefined>;
  readonly #ended: () => void;

  /** Made by the library. */
  constructor(source: ResultSource, ended: () => void) {
    this.#source = source;
    this.#ended = ended;
    this.#results = this.#each();
  }

  async *#each(): AsyncGenerator<R, undefined> {
    try {
      for (;;) {
        const some = await this.#source.take();
        if (!some) return;
        yield* some as R[];
      }
    } finally {
      this.#ended();
    }
  }

  /** The next result; what a call threw, or that it took too long, once. */
  async next(): Promise<IteratorResult<R, undefined>> {
    return await this.#results.next();
  }

  /** Drop what is still to come; the workers that run it are ended. */
  async return(): Promise<IteratorResult<R, undefined>> {
    await this.#source.cancel();
    this.#ended();
    return await this.#results.return(undefined);
  }

  /** All results that are still to come. */
  async toArray(): Promise<R[]> {
    const all: R[] = [];
    try {
      for (let some = await this.#source.take(); some; some = await this.#source.take()) {
        for (const result of some) all.push(result as R);
      }
    } finally {
      this.#ended();
    }
    return all;
  }

  /** As {@linkcode ParallelResults.return}. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }

  /** The iterator itself. */
  [Symbol.asyncIterator](): this {
    return this;
  }
}

refuseClass(ParallelResults, "an iterator of results", "collect its values first");
