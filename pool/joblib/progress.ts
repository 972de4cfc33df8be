/**
 * What `verbose` prints: joblib's lines, with joblib's rule of when.
 *
 * @module
 */

import type { BatchChange } from "./batching.ts";
import { barOnTerminal, type ProgressBar } from "./progress_bar.ts";

/** A time in the width that joblib gives it. */
export function shortTime(ms: number): string {
  const seconds = ms / 1000;
  return seconds > 60
    ? `${(seconds / 60).toFixed(1).padStart(4)}min`
    : ` ${seconds.toFixed(1).padStart(5)}s`;
}

/** Whether no line is due after `index` batches: the lines come further and further apart. */
export function isSkipped(index: number, verbose: number): boolean {
  if (verbose > 10) return false;
  if (index === 0) return false;
  const lag = 0.5 * (11 - verbose) ** 2;
  return Math.trunc(Math.sqrt((index + 1) / lag)) === Math.trunc(Math.sqrt(index / lag));
}

const three = (n: number) => String(n).padStart(3);

/** What the lines of one call are made of. */
export interface ProgressOptions {
  /** How much is printed: nothing at 0, every batch above 10, to stdout from 50 on. */
  verbose: number;
  /** `nJobs` as it was given, for the beginning of each line. */
  nJobs: number | null;
  /** How many calls are dispatched at first. */
  preDispatch: number;
  /** How many calls there are, if that is known from the beginning. */
  total?: number | undefined;
  /** What is drawn below the lines; on a terminal when left out. */
  bar?: ProgressBar | undefined;
}

/** Counts what one call of `Parallel` has done, and prints it. */
export class Progress {
  /** Calls that were handed to the backend. */
  dispatched = 0;
  /** Batches that were handed to the backend. */
  batches = 0;
  /** Calls that are done. */
  completed = 0;
  /** Whether the inputs are used up, so that the number of all calls is known. */
  allDispatched = false;
  readonly #options: ProgressOptions;
  readonly #begin = performance.now();
  readonly #bar: ProgressBar | undefined;

  /** The clock starts now. */
  constructor(options: ProgressOptions) {
    this.#options = options;
    if (options.verbose > 0) this.#bar = options.bar ?? barOnTerminal();
  }

  /** Print a line, unless nothing is to be printed. */
  print(message: string): void {
    const { verbose, nJobs } = this.#options;
    if (verbose <= 0) return;
    this.stop();
    const print = verbose < 50 ? console.error : console.log;
    print(`[Parallel(n_jobs=${nJobs ?? 1})]: ${message}`);
  }

  /** Say what runs the calls. */
  begin(backend: string, nJobs: number): void {
    this.print(`Using backend ${backend} with ${nJobs} concurrent workers.`);
  }

  /** A batch was handed over. */
  sent(calls: number): void {
    this.dispatched += calls;
    this.batches++;
  }

  /** A batch is done: say so if it is time to. */
  done(calls: number): void {
    this.completed += calls;
    if (this.#options.verbose <= 0) return;
    this.#report(performance.now() - this.#begin);
    this.#bar?.draw(this.completed, this.allDispatched ? this.dispatched : this.#options.total);
  }

  #report(elapsed: number): void {
    const { verbose, preDispatch } = this.#options;
    const { completed, dispatched } = this;
    if (!this.allDispatched) {
      if (isSkipped(this.batches, verbose)) return;
      return this.print(`Done ${three(completed)} tasks      | elapsed: ${shortTime(elapsed)}`);
    }
    const amount = Number.isFinite(preDispatch) ? preDispatch : 0;
    const cursor = dispatched - completed + 1 - amount;
    const frequency = Math.floor(dispatched / verbose) + 1;
    if (completed + 1 === dispatched || cursor % frequency !== 0) return;
    const remaining = elapsed / completed * (dispatched - completed);
    this.print(
      `Done ${three(completed)} out of ${three(dispatched)} | elapsed: ${shortTime(elapsed)} ` +
        `remaining: ${shortTime(remaining)}`,
    );
  }

  /** The batch size was changed. */
  batchSize({ was, duration, size }: BatchChange): void {
    if (this.#options.verbose < 10) return;
    const seconds = (duration / 1000).toFixed(4);
    this.print(`Batch computation too ${was} (${seconds}s.) Setting batch_size=${size}.`);
  }

  /** Nothing more is to come: the bar goes away. */
  stop(): void {
    this.#bar?.clear();
  }

  /** All calls are done. */
  finish(): void {
    const elapsed = shortTime(performance.now() - this.#begin);
    const all = three(this.completed);
    this.print(`Done ${all} out of ${all} | elapsed: ${elapsed} finished`);
  }
}
