/**
 * The texts of the errors of `Parallel`; see `../errors.ts`.
 *
 * @module
 */

import { PoolTerminatedError, show, TimeoutError } from "../errors.ts";

/** Each with what was seen, what is allowed and the way out. */
export const parallelErrors = {
  notDelayed: (value: unknown, index: number): Error =>
    new TypeError(
      `Input ${index} of Parallel is ${show(value)}: give calls, as in delayed(fn)(...args).`,
    ),
  nJobsZero: (): Error =>
    new RangeError(
      "nJobs == 0 in Parallel has no meaning: give a number of workers, -1 for all processors, or " +
        "null for one.",
    ),
  notNJobs: (value: unknown): Error =>
    new TypeError(
      `nJobs could not be converted to int: it is ${show(value)}. Give a number, or null for one.`,
    ),
  backend: (value: unknown, known: string[]): Error =>
    typeof value === "string"
      ? new RangeError(
        `Invalid backend: ${value}, expected one of [${
          known.map((name) => `'${name}'`).join(", ")
        }].`,
      )
      : new TypeError(
        `The backend is ${
          show(value)
        }: give a name, or an object with name, effectiveNJobs and start.`,
      ),
  backendName: (value: unknown): Error =>
    new TypeError(`The name of a backend is ${show(value)}: give a text.`),
  oneOf: (what: string, value: unknown, allowed: readonly string[]): Error =>
    new RangeError(
      `${what} is ${show(value)}: expected one of [${allowed.map((a) => `'${a}'`).join(", ")}].`,
    ),
  inconsistent: (): Error =>
    new RangeError(
      "prefer == 'processes' and require == 'sharedmem' are inconsistent settings: leave one out.",
    ),
  noSharedMemory: (backend: string): Error =>
    new RangeError(
      `Backend ${backend} does not support shared memory: leave the backend out, or use 'eventLoop'. ` +
        "What workers are to share are a SharedArray, a Value or a Manager's objects.",
    ),
  noInnerLimit: (backend: string): Error =>
    new RangeError(
      `${backend} does not accept setting innerMaxNumThreads: only workers start workers of their own.`,
    ),
  batchSize: (value: unknown): Error =>
    new RangeError(`batchSize must be 'auto' or a positive integer, got: ${show(value)}.`),
  preDispatch: (value: unknown, why: string): Error =>
    new RangeError(
      `preDispatch is ${
        show(value)
      }: ${why}. Give 'all', a number of at least 1, or arithmetic in ` +
        "n_jobs such as '2 * n_jobs'.",
    ),
  bytes: (value: unknown): Error =>
    new RangeError(
      `maxNbytes is ${
        show(value)
      }: give a number of bytes, a text such as '1M' (K, M, G), or null ` +
        "to copy every array.",
    ),
  verbose: (value: unknown): Error =>
    new TypeError(`verbose is ${show(value)}: give a number, 0 for silence.`),
  alreadyRunning: (): Error =>
    new Error(
      "This Parallel instance is already running! Await its results, or leave the loop over them, " +
        "before the next call; or make another Parallel.",
    ),
  blockEnded: (): Error =>
    new PoolTerminatedError(
      "The block of this Parallel ended before its results were there: await them inside the block.",
    ),
  timeout: (call: string, ms: number): Error =>
    new TimeoutError(
      `${call} was not done within ${ms} ms, so the whole call was given up: give Parallel a longer ` +
        "timeout, or none.",
    ),
};
