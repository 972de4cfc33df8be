/**
 * What `Parallel` gives its results from, and what it takes its calls from.
 *
 * @module
 */

/** What gives the results of a call, some at a time. */
export interface ResultSource {
  /** The next results; `undefined` when there are no more. */
  take(): Promise<unknown[] | undefined>;
  /** Nobody wants the rest: who asks gets the end, or the error if there is one. */
  cancel(error?: Error): Promise<void>;
}

/** No more calls are wanted: a generator that gives them may run its `finally` blocks. */
export function closeInputs(inputs: Iterator<unknown>): void {
  try {
    inputs.return?.();
  } catch {
    // there is an error already, or nobody is interested any more
  }
}
