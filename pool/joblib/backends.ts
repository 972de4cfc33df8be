/**
 * What can run the calls of a `Parallel`, by name.
 *
 * @module
 */

import { checkFunction, checkOptions } from "../check.ts";
import type { DelayedCall } from "./delayed.ts";
import { parallelErrors } from "./parallel_errors.ts";

/** What a backend is told when a call of `Parallel` begins. */
export interface BackendStart {
  /** How many batches shall run at once: what `effectiveNJobs` gave. */
  nJobs: number;
  /** Arrays of more bytes are shared with the workers and not copied; `null` copies all. */
  maxNbytes: number | null;
  /** The nesting level of the caller; the calls run one level down. */
  level: number;
  /** The processors that each worker may take for its own workers, if that was asked for. */
  innerMaxNumThreads: number | null;
}

/** What runs the batches of one call of `Parallel`. */
export interface BackendRun {
  /**
   * Make some calls, one after the other, awaiting what is a promise; gives their results in order. More
   * batches may come than run at once (`preDispatch`): the backend lets them wait for their turn.
   *
   * @param first The place of the first one among all calls, for errors.
   */
  run(batch: readonly DelayedCall<unknown>[], first: number): Promise<unknown[]>;
  /** Called once at the end; `aborted` when results are still to come that nobody wants. */
  end(aborted: boolean): Promise<void> | void;
}

/**
 * Something that runs the calls of a {@linkcode Parallel}: give one as `backend`, or a name to it with
 * {@linkcode registerParallelBackend}. joblib's `ParallelBackendBase`.
 *
 * @example
 * ```ts
 * import { delayed, Parallel, type ParallelBackend } from "@polycore/pool";
 * import { assertEquals } from "@std/assert";
 *
 * const reluctant: ParallelBackend = {
 *   name: "reluctant",
 *   effectiveNJobs: () => 2,
 *   start: () => ({
 *     run: async (batch) => await Promise.all(batch.map(([fn, args]) => fn(...args))),
 *     end: () => {},
 *   }),
 * };
 * const calls = [4, 9].map((x) => delayed(Math.sqrt)(x));
 * assertEquals(await Parallel({ nJobs: 2, backend: reluctant })(calls), [2, 3]);
 * ```
 */
export interface ParallelBackend {
  /** Its name in what `verbose` prints. */
  readonly name: string;
  /** Whether the calls see the caller's own objects, as `require: "sharedmem"` asks for. */
  readonly supportsSharedmem?: boolean;
  /** Whether `batchSize: "auto"` sends many short calls at once; else each is sent alone. */
  readonly autoBatch?: boolean;
  /** Whether its workers can start workers, so that `innerMaxNumThreads` has a meaning. */
  readonly supportsInnerMaxNumThreads?: boolean;
  /** How many calls run at once when `nJobs` is asked for; with 1 they are a plain loop. */
  effectiveNJobs(nJobs: number): number;
  /** Begin a call of `Parallel`. */
  start(options: BackendStart): BackendRun;
  /** Called at the end of the block of `await using parallel = Parallel(...)`. */
  release?(): Promise<void>;
}

/** Makes a backend. */
export type BackendFactory = () => ParallelBackend;

const factories = new Map<string, BackendFactory>();
let defaultName = "workers";

/**
 * Give a name to a backend of your own. joblib's `register_parallel_backend`.
 *
 * @param name What to write as `backend`; a known name is replaced.
 * @param factory Makes the backend, for each {@linkcode Parallel} anew.
 * @param options `makeDefault` makes it the one that is used when none is asked for.
 * @throws {TypeError} If the name is no text or the factory no function.
 * @example
 * ```ts
 * import { delayed, Parallel, registerParallelBackend } from "@polycore/pool";
 * import { assertEquals } from "@std/assert";
 *
 * registerParallelBackend("one-by-one", () => ({
 *   name: "one-by-one",
 *   effectiveNJobs: () => 1,
 *   start: () => ({ run: () => Promise.reject(new Error("one is a plain loop")), end: () => {} }),
 * }));
 * assertEquals(await Parallel({ backend: "one-by-one" })([delayed(Math.abs)(-1)]), [1]);
 * ```
 */
export function registerParallelBackend(
  name: string,
  factory: BackendFactory,
  options: { makeDefault?: boolean } = {},
): void {
  if (typeof name !== "string" || name === "") throw parallelErrors.backendName(name);
  checkFunction("The factory of a backend", factory);
  checkOptions("registerParallelBackend", options, ["makeDefault"]);
  factories.set(name, factory);
  if (options.makeDefault) defaultName = name;
}

/** The backend with a name, or the one that was given. */
export function backendOf(backend: unknown): ParallelBackend {
  if (typeof backend === "string" && factories.has(backend)) return factories.get(backend)!();
  const given = backend as Partial<ParallelBackend> | null;
  if (
    typeof given === "object" && typeof given?.name === "string" &&
    typeof given.effectiveNJobs === "function" && typeof given.start === "function"
  ) return given as ParallelBackend;
  throw parallelErrors.backend(backend, [...factories.keys()].sort());
}

/** The backend that is used when none is asked for. */
export function defaultBackend(): ParallelBackend {
  return backendOf(defaultName);
}
