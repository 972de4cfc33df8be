/**
 * One call of `Parallel`: takes calls from the input as results come, in batches, and gives the results.
 * The rules of how far ahead and how many at once are joblib's; the essay is in this folder's README.
 *
 * @module
 */

import { nameOf } from "../functions.ts";
import type { BackendRun } from "./backends.ts";
import type { AutoBatchSize } from "./batching.ts";
import { checkCall, type DelayedCall } from "./delayed.ts";
import { parallelErrors } from "./parallel_errors.ts";
import type { Progress } from "./progress.ts";
import { closeInputs, type ResultSource } from "./result_source.ts";

/** How the calls are run. */
export interface RunOptions {
  /** Runs the batches. */
  backend: BackendRun;
  /** How many run at once. */
  nJobs: number;
  /** How many calls are dispatched at first. */
  preDispatch: number;
  /** Calls in a batch, or what finds out how many. */
  batchSize: number | AutoBatchSize;
  /** Whether the results are in the order of the calls, else as they come. */
  ordered: boolean;
  /** Milliseconds that a call may take when all before it are done. */
  timeout: number | undefined;
  /** Gives up the whole call. */
  signal: AbortSignal | undefined;
  /** Counts and prints. */
  progress: Progress;
}

/** Calls that were sent together. */
interface Batch {
  readonly calls: readonly DelayedCall<unknown>[];
  readonly first: number;
  readonly sentAt: number;
  results: unknown[] | undefined;
  /** When the caller began to wait for it, as everything before it was there. */
  waitedSince: number | undefined;
}

/** Runs the calls of an input on a backend. */
export class ParallelRun implements ResultSource {
  readonly #options: RunOptions;
  readonly #inputs: Iterator<unknown>;
  #initialLeft: number;
  #taken = 0;
  #sent = 0;
  /** Batches that were cut and not sent. */
  readonly #ready: DelayedCall<unknown>[][] = [];
  /** Batches whose results are to be given: in the order in which they were sent, or in which they came. */
  readonly #batches: Batch[] = [];
  readonly #underWay = new Set<Batch>();
  #inputsOpen = true;
  #failure: { error: unknown } | undefined;
  #ending: Promise<void> | undefined;
  #change = Promise.withResolvers<void>();

  /** Begins at once. */
  constructor(inputs: Iterator<unknown>, options: RunOptions) {
    this.#options = options;
    this.#inputs = inputs;
    this.#initialLeft = options.preDispatch;
    options.signal?.addEventListener("abort", this.#aborted, { once: true });
    while (this.#initialLeft > 0 && this.#dispatchOne(true));
    while (this.#ready.length > 0 && this.#dispatchOne(true));
    if (options.preDispatch === Infinity) options.progress.allDispatched = true;
  }

  /** Send one batch; false when there is none, or nothing is to be sent any more. */
  #dispatchOne(initial: boolean): boolean {
    if (this.#ending) return false;
    const { batchSize } = this.#options;
    const size = typeof batchSize === "number" ? batchSize : batchSize.next();
    if (this.#ready.length === 0) this.#lookAhead(size, initial);
    const calls = this.#ready.shift();
    if (!calls || this.#ending) return false;
    this.#send(calls);
    return true;
  }

  /** Take a batch for each worker, and cut what there is so that none goes without. */
  #lookAhead(size: number, initial: boolean): void {
    const { nJobs } = this.#options;
    const wanted = size * nJobs;
    const calls = this.#take(initial ? Math.min(wanted, this.#initialLeft) : wanted);
    if (initial) this.#initialLeft -= calls.length;
    const atEnd = !initial && calls.length < wanted;
    const each = Math.max(1, Math.floor(calls.length / (atEnd ? 10 * nJobs : nJobs)));
    for (let i = 0; i < calls.length; i += each) this.#ready.push(calls.slice(i, i + each));
  }

  #take(most: number): DelayedCall<unknown>[] {
    const calls: DelayedCall<unknown>[] = [];
    try {
      while (calls.length < most && this.#inputsOpen) {
        const { done, value } = this.#inputs.next();
        if (done) this.#useUp();
        else calls.push(checkCall(value, this.#taken++));
      }
    } catch (error) {
      this.#fail(error);
    }
    return calls;
  }

  #useUp(): void {
    this.#inputsOpen = false;
    this.#initialLeft = 0;
  }

  #send(calls: DelayedCall<unknown>[]): void {
    const { backend, progress } = this.#options;
    const sentAt = performance.now();
    const first = this.#sent;
    const batch: Batch = { calls, first, sentAt, results: undefined, waitedSince: undefined };
    this.#sent += calls.length;
    if (this.#options.ordered) this.#batches.push(batch);
    this.#underWay.add(batch);
    progress.sent(calls.length);
    Promise.try(() => backend.run(calls, first)).then(
      (results) => this.#completed(batch, results),
      (error) => this.#fail(error),
    );
  }

  #completed(batch: Batch, results: unknown[]): void {
    if (this.#ending) return;
    const { batchSize, ordered, progress } = this.#options;
    const { calls, sentAt } = batch;
    batch.results = results;
    this.#underWay.delete(batch);
    if (!ordered) this.#batches.push(batch);
    if (typeof batchSize !== "number") {
      batchSize.completed(calls.length, performance.now() - sentAt);
    }
    progress.done(calls.length);
    if (!this.#dispatchOne(false)) progress.allDispatched = true;
    this.#changed();
  }

  #changed(): void {
    this.#change.resolve();
    this.#change = Promise.withResolvers();
  }

  readonly #aborted = () => this.#fail(this.#options.signal!.reason);

  /** The first error ends the call: nothing more is sent, and what runs is dropped. */
  #fail(error: unknown): void {
    if (this.#ending) return;
    this.#failure = { error };
    void this.#end(true);
  }

  #end(aborted: boolean): Promise<void> {
    this.#ending ??= this.#endBackend(aborted);
    this.#changed();
    return this.#ending;
  }

  async #endBackend(aborted: boolean): Promise<void> {
    this.#ready.length = 0;
    this.#options.progress.stop();
    this.#options.signal?.removeEventListener("abort", this.#aborted);
    await undefined; // a batch that is just being sent counts
    if (this.#inputsOpen) {
      this.#useUp();
      if (aborted) closeInputs(this.#inputs);
    }
    try {
      await this.#options.backend.end(aborted);
    } catch (error) {
      this.#failure ??= { error };
    }
  }

  async cancel(error?: Error): Promise<void> {
    if (error && !this.#ending) this.#failure = { error };
    await this.#end(true);
  }

  async take(): Promise<unknown[] | undefined> {
    for (;;) {
      if (this.#ending) {
        await this.#ending;
        const failure = this.#failure;
        this.#failure = undefined;
        if (failure) throw failure.error;
        return undefined;
      }
      if (this.#batches[0]?.results) return this.#batches.shift()!.results;
      if (this.#underWay.size > 0) await this.#untilChange();
      else {
        await this.#end(false);
        this.#options.progress.finish();
      }
    }
  }

  /** Wait for something to happen, but for the oldest batch only so long. */
  async #untilChange(): Promise<void> {
    const { promise } = this.#change;
    const { timeout } = this.#options;
    if (timeout === undefined) return await promise;
    const [oldest] = this.#underWay;
    oldest!.waitedSince ??= performance.now();
    const left = timeout - (performance.now() - oldest!.waitedSince);
    const timer = setTimeout(
      () => this.#fail(parallelErrors.timeout(tell(oldest!), timeout)),
      Math.max(0, left),
    );
    await promise;
    clearTimeout(timer);
  }
}

/** What a batch is called in errors. */
function tell({ calls, first }: Batch): string {
  const name = nameOf(calls[0]![0]);
  if (calls.length === 1) return `${name} with input ${first}`;
  return `${name} with one of the inputs ${first} to ${first + calls.length - 1}`;
}
