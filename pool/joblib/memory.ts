import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { checkOptions } from "../check.ts";
import { unfold } from "../partial.ts";
import { checkIgnore } from "./bound_arguments.ts";
import { describe, fileName, folderOf, moduleOf, noteUse } from "./cached_function.ts";
import type { Compress } from "./compress_option.ts";
import { type Duration, toMilliseconds } from "./expires_after.ts";
import type { AnyFunction } from "./function_key.ts";
import {
  type CacheValidation,
  isMemorized,
  type MemorizedFunction,
  toMemorized,
} from "./memorized_function.ts";
import { memoryErrors, warn } from "./memory_errors.ts";
import { type Item, listItems, removeFolder } from "./store.ts";

/** The folder inside the one that the caller names: `clear` must not remove anything else. */
const OWN_FOLDER = "polycore";

/** How a {@linkcode Memory} keeps results. */
export interface MemoryOptions {
  /** Compress results, as `dump` does: true, a level, a method or both. Default: false. */
  compress?: Compress;
  /** Put large arrays of a result into the shared heap, as `load` does. Default: false. */
  shared?: boolean;
  /**
   * What is printed: 0 nothing, 1 each call that is computed, 2 also each that is loaded, 5 how long
   * that took, 10 from where, 11 where it is kept. Default: 1.
   */
  verbose?: number;
}

/** The cached function of a function. */
export type Memorized<F> = F extends (...args: infer A) => infer R ? MemorizedFunction<A, R>
  : never;

/** How {@linkcode Memory.cache} caches one function. */
export interface CacheOptions {
  /** Names of parameters, or of properties that they take, that do not matter for the result. */
  ignore?: readonly string[];
  /** As for the `Memory`. */
  verbose?: number;
  /** As for the `Memory`. */
  shared?: boolean;
  /** Asked before a kept result is used; when it says false, the call is computed again. */
  cacheValidationCallback?: CacheValidation;
}

/** What {@linkcode Memory.reduceSize} leaves. */
export interface ReduceSizeOptions {
  /** At most so many bytes: a number, or a text as "100K", "10M", "2G". */
  bytesLimit?: number | string;
  /** At most so many results. */
  itemsLimit?: number;
  /** Only results that were used in this time: milliseconds, or as `{ days: 30 }`. */
  ageLimit?: number | Duration;
}

/**
 * Keeps the results of functions in a folder: a call with arguments that were given before reads the
 * result, in this run of the program, in a later one, or in another thread or program at the same time.
 * joblib's `Memory`.
 *
 * A result is known by the module, name and text of the function and by the content of the arguments, see
 * the README of the package for what is one call and what is not. Nothing is lost when the folder cannot
 * be written or a file in it is damaged: the function is called, and a warning says why. For a single
 * value use `dump` and `load`.
 *
 * @example
 * ```ts
 * import { Memory } from "@polycore/pool";
 * import { assertEquals } from "@std/assert";
 *
 * const folder = await Deno.makeTempDir();
 * const memory = new Memory(folder, { verbose: 0 });
 *
 * let calls = 0;
 * const mean = memory.cache(function mean(data: Float64Array, { debug = false } = {}) {
 *   if (debug) console.log(data);
 *   calls++;
 *   return data.reduce((sum, x) => sum + x, 0) / data.length;
 * }, { ignore: ["debug"] });
 *
 * assertEquals(await mean(new Float64Array([1, 2, 3])), 2);
 * assertEquals(await mean(new Float64Array([1, 2, 3]), { debug: true }), 2);
 * assertEquals(calls, 1);
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export class Memory {
  /** The folder that was named, or null if nothing is kept. */
  readonly location: string | null;
  #root: string | undefined;
  #options: Required<MemoryOptions>;
  #started = Date.now();

  /**
   * Nothing is read or written yet.
   *
   * @param location A folder, which need not be there; null for functions that are only called.
   * @throws {TypeError} If it is no path, or an option is unknown or of the wrong kind.
   */
  constructor(location: string | URL | null = null, options: MemoryOptions = {}) {
    checkOptions("new Memory", options, ["compress", "shared", "verbose"]);
    const { compress = false, shared = false, verbose = 1 } = options;
    checkVerbose(verbose);
    this.location = toPath(location);
    if (this.location !== null) this.#root = join(this.location, OWN_FOLDER);
    this.#options = { compress, shared, verbose };
  }

  /**
   * Make a cached function of a function.
   *
   * Give it a name, or a text that you do not change: a function without a name is known by its text
   * alone. A result must be something that `dump` takes. A function that a worker shall call is marked
   * first, `memory.cache(task(import.meta, f))`, unless it uses nothing that is outside of it.
   *
   * @throws {TypeError} If it is no function with a source text, `ignore` is no list, or an option is
   * unknown.
   * @throws {RangeError} If a name in `ignore` is that of no parameter.
   */
  // Without a signature to compare with, a parameter has the type of its default.
  // deno-lint-ignore ban-types
  cache<F extends Function>(fn: F, options: CacheOptions = {}): Memorized<F> {
    if (typeof fn !== "function") throw memoryErrors.notFunction(fn);
    const names = ["ignore", "verbose", "shared", "cacheValidationCallback"];
    checkOptions("Memory.cache", options, names);
    const { ignore, cacheValidationCallback: isValid } = options;
    const { compress, shared, verbose } = { ...this.#options, ...options };
    checkVerbose(verbose);
    if (isValid !== undefined && typeof isValid !== "function") {
      throw memoryErrors.notValidation(isValid);
    }
    let [inner, first] = unfold(fn as unknown as AnyFunction, []);
    if (isMemorized(inner)) [, inner, ...first] = first as [unknown, AnyFunction, ...unknown[]];
    const cached = describe(inner);
    const module = moduleOf(inner, this.cache);
    const folder = this.#root && join(this.#root, folderOf(module), fileName(cached.name));
    if (folder) noteUse(folder, module, cached);
    const settings = {
      folder,
      module: module.slice(module.lastIndexOf("/") + 1),
      verbose,
      compress,
      shared,
      ignore: checkIgnore(ignore, cached.name, cached.signature),
      isValid,
      started: this.#started,
    };
    return toMemorized(settings, inner, first) as Memorized<F>;
  }

  /** Remove all results of all functions. joblib's `clear`; `warn: false` for no word about it. */
  async clear({ warn = true }: { warn?: boolean } = {}): Promise<void> {
    if (this.#root === undefined) return;
    if (warn && this.#options.verbose > 0) {
      console.warn(`[Memory(location=${this.location})]: Flushing completely the cache`);
    }
    await removeFolder(this.#root);
  }

  /**
   * Remove results until the limits hold, those first that were not used for the longest time; and what
   * programs left behind that ended while they wrote. Others may use the cache meanwhile. joblib's `reduce_size`.
   *
   * @throws {RangeError} If a limit is negative or no number.
   */
  async reduceSize(options: ReduceSizeOptions = {}): Promise<void> {
    checkOptions("reduceSize", options, ["bytesLimit", "itemsLimit", "ageLimit"]);
    const { bytesLimit, itemsLimit, ageLimit } = options;
    const bytes = bytesLimit === undefined ? Infinity : toBytes(bytesLimit);
    const count = itemsLimit === undefined ? Infinity : checkCount(itemsLimit);
    const age = ageLimit === undefined ? Infinity : toMilliseconds("ageLimit", ageLimit);
    if (this.#root === undefined) return;
    const items = await listItems(this.#root);
    const gone = new Set(tooMuch(items, bytes, count, age));
    const paths = items.flatMap((item) => gone.has(item) ? [item.path] : item.leftovers);
    for (const path of paths) {
      await removeFolder(path).catch((error) => warn(memoryErrors.notCleared(path, error)));
    }
  }
}

/** The calls to remove, so that what is left keeps the limits. */
export function tooMuch(items: Item[], bytes: number, count: number, age: number): Item[] {
  const byUse = items.toSorted((a, b) => a.lastAccess - b.lastAccess);
  const oldest = Date.now() - age;
  let left = items.length;
  let size = items.reduce((sum, item) => sum + item.size, 0);
  const end = byUse.findIndex((item) => {
    if (size <= bytes && left <= count && item.lastAccess >= oldest) return true;
    size -= item.size;
    left--;
    return false;
  });
  return end === -1 ? byUse : byUse.slice(0, end);
}

function toPath(location: unknown): string | null {
  if (location === null) return null;
  if (location instanceof URL && location.protocol === "file:") return fileURLToPath(location);
  if (typeof location !== "string" || location === "") throw memoryErrors.location(location);
  return resolve(location);
}

function checkVerbose(verbose: unknown): void {
  if (typeof verbose !== "number" || Number.isNaN(verbose)) throw memoryErrors.verbose(verbose);
}

function toBytes(limit: unknown): number {
  const match = /^(\d+(?:\.\d+)?)([KMG])$/.exec(String(limit));
  const power = match ? "KMG".indexOf(match[2]!) + 1 : 0;
  const bytes = match ? Number(match[1]) * 1024 ** power : limit;
  if (typeof bytes !== "number" || !(bytes >= 0)) {
    throw memoryErrors.limit("bytesLimit", limit, 'a number of at least 0, or a text as "10M"');
  }
  return bytes;
}

function checkCount(limit: unknown): number {
  if (typeof limit !== "number" || !(limit >= 0)) {
    throw memoryErrors.limit("itemsLimit", limit, "a number of at least 0");
  }
  return limit;
}
