/**
 * One call of `Parallel` with one job.
 *
 * @module
 */

import { checkCall, type DelayedCall } from "./delayed.ts";
import type { RunOptions } from "./parallel_run.ts";
import { closeInputs, type ResultSource } from "./result_source.ts";

/** How a plain loop goes. */
export type SequentialOptions = Pick<RunOptions, "signal" | "progress"> & { batchSize: number };

/** With one job the calls are a plain loop, which goes on as results are taken. */
export class SequentialRun implements ResultSource {
  readonly #inputs: Iterator<unknown>;
  readonly #options: SequentialOptions;
  readonly #ready: DelayedCall<unknown>[] = [];
  #taken = 0;
  #failure: Error | undefined;
  #open = true;

  /** Nothing runs before something is taken. */
  constructor(inputs: Iterator<unknown>, options: SequentialOptions) {
    this.#inputs = inputs;
    this.#options = options;
  }

  async take(): Promise<unknown[] | undefined> {
    const { progress, signal } = this.#options;
    try {
      if (this.#failure) throw this.#failure;
      signal?.throwIfAborted();
      if (this.#ready.length === 0) this.#fill();
      const call = this.#ready.shift();
      if (!call) return undefined;
      progress.sent(1);
      const [fn, args] = call;
      const result = await fn(...args);
      progress.done(1);
      return [result];
    } catch (error) {
      this.#failure = undefined;
      await this.cancel();
      throw error;
    }
  }

  #fill(): void {
    const { batchSize, progress } = this.#options;
    while (this.#open && this.#ready.length < batchSize) {
      this.#open = false; // in case that it throws
      const { done, value } = this.#inputs.next();
      if (done) {
        if (this.#ready.length === 0) progress.finish();
        return;
      }
      this.#open = true;
      this.#ready.push(checkCall(value, this.#taken++));
    }
  }

  cancel(error?: Error): Promise<void> {
    if (this.#open) this.#failure = error;
    this.#options.progress.stop();
    this.#ready.length = 0;
    if (this.#open) closeInputs(this.#inputs);
    this.#open = false;
    return Promise.resolve();
  }
}
