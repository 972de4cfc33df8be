import { checkOptions, checkPositive } from "../check.ts";
import { backendOf, defaultBackend, type ParallelBackend } from "./backends.ts";
import "./builtin_backends.ts";
import { checkNJobs } from "./n_jobs.ts";
import { parseBytes } from "./nbytes.ts";
import { nestingLevel } from "./nesting.ts";
import { parallelErrors } from "./parallel_errors.ts";

/**
 * What {@linkcode parallelConfig} sets for every {@linkcode Parallel} that does not say it itself.
 *
 * @example
 * ```ts
 * import { effectiveNJobs, parallelConfig, type ParallelConfigOptions } from "@polycore/pool";
 * import { assertEquals } from "@std/assert";
 *
 * const quiet: ParallelConfigOptions = { nJobs: 3, verbose: 0 };
 * using _ = parallelConfig(quiet);
 * assertEquals(effectiveNJobs(null), 3);
 * ```
 */
export interface ParallelConfigOptions {
  /** What runs the calls: a name, or a backend of your own. */
  backend?: string | ParallelBackend | undefined;
  /** How many run at once: a number of workers, -1 for all processors, -2 for all but one. */
  nJobs?: number | null | undefined;
  /** Prints progress: nothing at 0, every batch above 10, to stdout from 50 on. */
  verbose?: number | undefined;
  /** Typed arrays of more bytes are shared with the workers and not copied; `"1M"` when left out. */
  maxNbytes?: number | string | null | undefined;
  /** A hint that counts when no backend was asked for: `"threads"` are the event loop. */
  prefer?: "threads" | "processes" | null | undefined;
  /** `"sharedmem"`: the calls must see the caller's own objects, so they run on its event loop. */
  require?: "sharedmem" | null | undefined;
  /** Processors that each worker may take for its own workers; its share when left out. */
  innerMaxNumThreads?: number | null | undefined;
}

/** The names of the options. */
export const CONFIG_OPTIONS = [
  "backend",
  "nJobs",
  "verbose",
  "maxNbytes",
  "prefer",
  "require",
  "innerMaxNumThreads",
] as const;

let current: ParallelConfigOptions = {};
/** Where it was set: what is nested deeper does not get the backend and the number of jobs. */
let currentLevel = 0;

/**
 * Settings for every {@linkcode Parallel} until the block ends; what it does not name stays as it was.
 * joblib's `parallel_config` (and `parallel_backend`).
 *
 * It counts for all that runs in this thread until then, also what other promises do meanwhile, and not
 * for what runs in workers. Without `using` it stays for good.
 *
 * @returns What sets everything back when it is disposed of.
 * @throws {RangeError} If a setting is none of the allowed ones, or two do not go together.
 * @throws {TypeError} If a setting is of the wrong kind.
 * @example
 * ```ts
 * import { delayed, Parallel, parallelConfig } from "@polycore/pool";
 * import { assertEquals } from "@std/assert";
 *
 * using _ = parallelConfig({ backend: "eventLoop", nJobs: 2 });
 * assertEquals(await Parallel()([delayed(Math.abs)(-1), delayed(Math.abs)(2)]), [1, 2]);
 * ```
 */
export function parallelConfig(options: ParallelConfigOptions = {}): Disposable {
  checkOptions("parallelConfig", options, CONFIG_OPTIONS);
  const [before, levelBefore] = [current, currentLevel];
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  const next = { ...inherited(), ...Object.fromEntries(given) };
  const { backend } = settle(next, {});
  if (options.innerMaxNumThreads !== undefined && options.innerMaxNumThreads !== null) {
    checkPositive("innerMaxNumThreads", options.innerMaxNumThreads);
    if (!backend.supportsInnerMaxNumThreads) throw parallelErrors.noInnerLimit(backend.name);
  }
  current = next;
  currentLevel = nestingLevel();
  return {
    [Symbol.dispose]() {
      [current, currentLevel] = [before, levelBefore];
    },
  };
}

function inherited(): ParallelConfigOptions {
  if (nestingLevel() <= currentLevel) return current;
  const { backend: _, nJobs: __, innerMaxNumThreads: ___, ...rest } = current;
  return rest;
}

/** What a `Parallel` goes by: its own options, else those of the configuration, else the defaults. */
export interface Settings {
  /** What runs the calls. */
  backend: ParallelBackend;
  /** As it was given; `null` when nobody said. */
  nJobs: number | null;
  /** See {@linkcode ParallelConfigOptions}. */
  verbose: number;
  /** See {@linkcode ParallelConfigOptions}, in bytes. */
  maxNbytes: number | null;
  /** See {@linkcode ParallelConfigOptions}. */
  innerMaxNumThreads: number | null;
  /** How deep in calls of `Parallel` it was made. */
  level: number;
}

/** Find out what a `Parallel` with these options goes by. */
export function settingsFor(options: ParallelConfigOptions): Settings {
  return settle(inherited(), options);
}

function settle(config: ParallelConfigOptions, own: ParallelConfigOptions): Settings {
  const prefer = own.prefer ?? config.prefer ?? null;
  const require = own.require ?? config.require ?? null;
  if (prefer !== null && prefer !== "threads" && prefer !== "processes") {
    throw parallelErrors.oneOf("prefer", prefer, ["processes", "threads"]);
  }
  if (require !== null && require !== "sharedmem") {
    throw parallelErrors.oneOf("require", require, ["sharedmem"]);
  }
  if (prefer === "processes" && require === "sharedmem") throw parallelErrors.inconsistent();
  const level = nestingLevel();
  const { backend, fellBack } = chooseBackend(config.backend, own.backend, prefer, require, level);
  const verbose = own.verbose ?? config.verbose ?? 0;
  if (typeof verbose !== "number" || Number.isNaN(verbose)) throw parallelErrors.verbose(verbose);
  return {
    backend,
    nJobs: checkNJobs(own.nJobs) ?? (fellBack ? null : checkNJobs(config.nJobs)),
    verbose,
    maxNbytes: parseBytes(firstOf(own.maxNbytes, config.maxNbytes, "1M")),
    innerMaxNumThreads: config.innerMaxNumThreads ?? null,
    level,
  };
}

function firstOf(...values: unknown[]): unknown {
  return values.find((value) => value !== undefined);
}

/** joblib's rule; `fellBack` when the configured backend cannot do what is required. */
function chooseBackend(
  configured: string | ParallelBackend | undefined,
  own: string | ParallelBackend | undefined,
  prefer: string | null,
  require: string | null,
  level: number,
): { backend: ParallelBackend; fellBack?: boolean } {
  const needsSharing = require === "sharedmem";
  if (own !== undefined && own !== null) {
    const backend = backendOf(own);
    if (needsSharing && !backend.supportsSharedmem) {
      throw parallelErrors.noSharedMemory(backend.name);
    }
    return { backend };
  }
  const asked = configured ?? nestedBackend(level);
  const backend = asked === undefined ? defaultBackend() : backendOf(asked);
  if (needsSharing && !backend.supportsSharedmem) {
    return { backend: backendOf("eventLoop"), fellBack: asked !== undefined };
  }
  if (asked === undefined && prefer === "threads") return { backend: backendOf("eventLoop") };
  return { backend };
}

/** What is used inside a call of `Parallel` unless something was asked for. */
function nestedBackend(level: number): string | undefined {
  if (level === 0) return undefined;
  return level === 1 ? "eventLoop" : "sequential";
}

/**
 * How many calls a {@linkcode Parallel} would run at once, here and now. joblib's `effective_n_jobs`.
 *
 * @param nJobs A number of workers, -1 for all processors, `null` for what {@linkcode parallelConfig} says.
 * @throws {RangeError} If it is 0.
 * @throws {TypeError} If it is no number.
 * @example
 * ```ts
 * import { cpuCount, effectiveNJobs } from "@polycore/pool";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([effectiveNJobs(-1), effectiveNJobs(3), effectiveNJobs(null)], [cpuCount(), 3, 1]);
 * ```
 */
export function effectiveNJobs(nJobs: number | null = -1): number {
  return effectiveOf(settingsFor({ nJobs }));
}

/** How many calls run at once. */
export function effectiveOf({ backend, nJobs }: Settings): number {
  const asked = nJobs ?? 1;
  return asked === 1 ? 1 : backend.effectiveNJobs(asked);
}
