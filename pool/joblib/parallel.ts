import { checkIterable, checkNotImporting, checkOptions } from "../check.ts";
import { checkGetOptions } from "../timeout.ts";
import { AutoBatchSize } from "./batching.ts";
import type { DelayedCall, ResultOf } from "./delayed.ts";
import {
  CONFIG_OPTIONS,
  effectiveOf,
  type ParallelConfigOptions,
  type Settings,
  settingsFor,
} from "./parallel_config.ts";
import { parallelErrors } from "./parallel_errors.ts";
import { ParallelResults } from "./parallel_results.ts";
import { ParallelRun } from "./parallel_run.ts";
import { preDispatchAmount } from "./pre_dispatch.ts";
import { Progress } from "./progress.ts";
import type { ResultSource } from "./result_source.ts";
import { SequentialRun } from "./sequential_run.ts";

/** How the results are given: all together, in order as they come, or whichever is there. */
export type ReturnAs = "list" | "generator" | "generator_unordered";

/** How a {@linkcode Parallel} runs its calls. */
export interface ParallelOptions extends Omit<ParallelConfigOptions, "innerMaxNumThreads"> {
  /** How the results are given; `"list"` when left out. */
  returnAs?: ReturnAs | undefined;
  /**
   * Milliseconds that a batch may take when all before it are done; ignored with one job. It gives up
   * the whole call.
   */
  timeout?: number | null | undefined;
  /**
   * Calls that are taken ahead of the results: a number, `"all"`, or arithmetic in `n_jobs`;
   * `"2 * n_jobs"` when left out.
   */
  preDispatch?: number | string | undefined;
  /** Gives up the whole call: it fails with the signal's reason. */
  signal?: AbortSignal | undefined;
  /** Calls that go to a worker at once; `"auto"`, when left out, finds it by the time that they take. */
  batchSize?: number | "auto" | undefined;
}

/** What {@linkcode Parallel} gives: call it with delayed calls, any number of times. */
export interface ParallelCall extends AsyncDisposable {
  /** `nJobs` as it was given or configured. */
  readonly nJobs: number | null;
  /**
   * Make the calls; gives their results in the order of the calls.
   *
   * @throws The first error of a call, with the worker's stack as `cause`; the other calls are dropped.
   * @throws {TimeoutError} If a batch took longer than `timeout`.
   * @throws {WorkerDiedError} If a worker ended in the middle of a call.
   * @throws {Error} If it is running already.
   */
  <C extends DelayedCall<unknown>>(calls: Iterable<C>): Promise<ResultOf<C>[]>;
}

/** As {@linkcode ParallelCall}, for results one by one. */
export interface ParallelGenerator extends AsyncDisposable {
  /** `nJobs` as it was given or configured. */
  readonly nJobs: number | null;
  /** Make the calls; what goes wrong is thrown by the iterator. */
  <C extends DelayedCall<unknown>>(calls: Iterable<C>): ParallelResults<ResultOf<C>>;
}

const OPTIONS = [
  ...CONFIG_OPTIONS.filter((name) => name !== "innerMaxNumThreads"),
  "returnAs",
  "timeout",
  "signal",
  "preDispatch",
  "batchSize",
];
const RETURN_AS: readonly string[] = ["generator", "generator_unordered", "list"];

/**
 * Make many calls at once. joblib's `Parallel`; it is called as a function, with no `new`.
 *
 * The workers are kept for the next call of any `Parallel` with as many jobs. `await using` ends them
 * at the end of the block; otherwise they end when they were idle for five minutes, and never keep
 * the program alive.
 *
 * **Which one do I use?** `Parallel` for a loop of calls that may be short, many and of different
 * functions: it finds the size of a batch itself, and the first error ends everything. `pool.map` for
 * one function, when the other inputs are to be worked on in spite of an error.
 *
 * @param options With one job, the default, the calls are a plain loop.
 * @throws {RangeError} If an option is none of the allowed ones, or two do not go together.
 * @throws {TypeError} If an option is of the wrong kind or unknown.
 * @example
 * ```ts
 * import { delayed, Parallel } from "@polycore/pool";
 * import { assertEquals } from "@std/assert";
 *
 * const square = (x: number) => x * x;
 *
 * await using parallel = Parallel({ nJobs: 2 });
 * assertEquals(await parallel([1, 2, 3].map((x) => delayed(square)(x))), [1, 4, 9]);
 * ```
 */
export function Parallel(
  options: ParallelOptions & { returnAs: "generator" | "generator_unordered" },
): ParallelGenerator;
/** As above, with the results in a list. */
export function Parallel(
  options?: ParallelOptions & { returnAs?: "list" | undefined },
): ParallelCall;
/** As above, when only the options know which. */
export function Parallel(options: ParallelOptions): ParallelGenerator | ParallelCall;
export function Parallel(options: ParallelOptions = {}): ParallelGenerator | ParallelCall {
  checkOptions("Parallel", options, OPTIONS);
  const { returnAs = "list", preDispatch = "2 * n_jobs", batchSize = "auto" } = options;
  if (!RETURN_AS.includes(returnAs)) throw parallelErrors.oneOf("returnAs", returnAs, RETURN_AS);
  if (batchSize !== "auto" && (!Number.isInteger(batchSize) || batchSize < 1)) {
    throw parallelErrors.batchSize(batchSize);
  }
  const timeout = options.timeout ?? undefined;
  const { signal } = options;
  checkGetOptions({ timeout, signal });
  const settings = settingsFor(options);
  preDispatchAmount(preDispatch, Math.abs(settings.nJobs ?? 1)); // a mistake is told at once
  const ordered = returnAs !== "generator_unordered";
  const plan = { ordered, timeout, signal, preDispatch, batchSize };
  let running: ResultSource | undefined;
  const start = (calls: Iterable<DelayedCall<unknown>>) => {
    if (running) throw parallelErrors.alreadyRunning();
    signal?.throwIfAborted();
    const source = running = startRun(checkIterable(calls), settings, plan);
    return new ParallelResults<unknown>(source, () => running = undefined);
  };
  const call = returnAs === "list"
    ? async (calls: Iterable<DelayedCall<unknown>>) => await start(calls).toArray()
    : start;
  return Object.assign(call, {
    nJobs: settings.nJobs,
    [Symbol.asyncDispose]: async () => {
      await running?.cancel(returnAs === "list" ? parallelErrors.blockEnded() : undefined);
      running = undefined;
      await settings.backend.release?.();
    },
  }) as ParallelGenerator | ParallelCall;
}

/** What does not depend on the backend. */
interface Plan {
  ordered: boolean;
  timeout: number | undefined;
  signal: AbortSignal | undefined;
  preDispatch: number | string;
  batchSize: number | "auto";
}

function startRun(calls: Iterable<unknown>, settings: Settings, plan: Plan): ResultSource {
  const { backend, verbose, maxNbytes, level, innerMaxNumThreads } = settings;
  if ((settings.nJobs ?? 1) !== 1) checkNotImporting();
  const nJobs = effectiveOf(settings);
  const preDispatch = preDispatchAmount(plan.preDispatch, nJobs);
  const total = Array.isArray(calls) ? calls.length : undefined;
  const progress = new Progress({ verbose, nJobs: settings.nJobs, preDispatch, total });
  const inputs = calls[Symbol.iterator]();
  progress.begin(nJobs === 1 ? "sequential" : backend.name, nJobs);
  const { ordered, timeout, signal } = plan;
  if (nJobs === 1) {
    const batchSize = plan.batchSize === "auto" ? 1 : plan.batchSize;
    return new SequentialRun(inputs, { batchSize, signal, progress });
  }
  let { batchSize }: { batchSize: number | "auto" | AutoBatchSize } = plan;
  if (!backend.autoBatch) batchSize = batchSize === "auto" ? 1 : batchSize;
  else if (batchSize === "auto") {
    batchSize = new AutoBatchSize((change) => progress.batchSize(change));
  }
  const run = backend.start({ nJobs, maxNbytes, level, innerMaxNumThreads });
  return new ParallelRun(inputs, {
    backend: run,
    nJobs,
    preDispatch,
    batchSize: batchSize as number | AutoBatchSize,
    ordered,
    timeout,
    signal,
    progress,
  });
}
