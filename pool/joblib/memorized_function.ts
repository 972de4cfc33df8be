/**
 * A function whose results are kept on disk.
 *
 * @module
 */

import { join } from "node:path";
import { toPartial } from "../partial.ts";
import { task } from "../task.ts";
import { bindArguments } from "./bound_arguments.ts";
import { type CachedFunction, describe, isInUse, versionsIn } from "./cached_function.ts";
import type { Compress } from "./compress_option.ts";
import type { AnyFunction } from "./function_key.ts";
import { hash } from "./hash.ts";
import { MemorizedResult } from "./memorized_result.ts";
import { memoryErrors, warn } from "./memory_errors.ts";
import { callLines, endLine, loadLine, reprs, signatureOf } from "./memory_lines.ts";
import {
  type CallMetadata,
  findEntry,
  loadEntry,
  readCode,
  removeFolder,
  removeVersions,
  saveEntry,
  writeCode,
} from "./store.ts";

/** Says whether a result may still be used. */
export type CacheValidation = (metadata: CallMetadata) => boolean | Promise<boolean>;

/** What a cached function takes along to a worker, beside the function itself. */
export interface CacheSettings {
  /** The folder of the function; nothing if there is no cache. */
  folder: string | undefined;
  /** What the lines call its module. */
  module: string;
  verbose: number;
  compress: Compress;
  shared: boolean;
  ignore: string[];
  isValid: CacheValidation | undefined;
  /** When the cache was made, as `Date.now()`. */
  started: number;
}

/**
 * A function whose results are kept on disk; `Memory.cache` makes it. Call it as the function: what it
 * gives is a promise, as the disk is read and written meanwhile. Where the function can go to a worker,
 * so can this. joblib's `MemorizedFunc`.
 *
 * @example
 * ```ts
 * import { Memory, type MemorizedFunction } from "@polycore/pool";
 * import { assertEquals } from "@std/assert";
 *
 * const folder = await Deno.makeTempDir();
 * const memory = new Memory(folder, { verbose: 0 });
 * const square: MemorizedFunction<[number], number> = memory.cache((x: number) => x * x);
 * assertEquals(await square(3), 9);
 * assertEquals([await square.checkCallInCache(3), await square.checkCallInCache(4)], [true, false]);
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export interface MemorizedFunction<A extends unknown[], R> {
  /** The result of the call: from the cache if it is there, else computed and kept. */
  (...args: A): Promise<Awaited<R>>;
  /** Compute it in any case, and keep it; with what is known of the call. joblib's `call`. */
  call(...args: A): Promise<[output: Awaited<R>, metadata: CallMetadata]>;
  /** As a call, but gives a reference to the result on disk. joblib's `call_and_shelve`. */
  callAndShelve(...args: A): Promise<MemorizedResult<Awaited<R>>>;
  /** Whether the result is in the cache, and still valid. joblib's `check_call_in_cache`. */
  checkCallInCache(...args: A): Promise<boolean>;
  /** Forget all results of the function. joblib's `clear`. */
  clear(options?: { warn?: boolean }): Promise<void>;
  /** The function itself. */
  readonly func: (...args: A) => R;
}

/** What a call came to. */
interface Outcome {
  entry: string;
  metadata: CallMetadata;
  /** Nothing if it was not loaded. */
  value?: { output: unknown };
  /** Whether it is on disk. */
  kept: boolean;
}

/** A function and its cache. */
class Memorized {
  #settings: CacheSettings;
  #cached: CachedFunction;
  #folder: string;

  constructor(settings: CacheSettings, fn: AnyFunction, folder: string) {
    this.#settings = settings;
    this.#cached = describe(fn);
    this.#folder = folder;
  }

  #bind(args: readonly unknown[]) {
    return bindArguments(this.#cached.signature, args, this.#settings.ignore);
  }

  /** The folder of a call. */
  #entryOf(args: readonly unknown[]): string {
    const bound = Object.fromEntries(this.#bind(args));
    return join(this.#folder, this.#cached.version + hash(bound));
  }

  async run(args: readonly unknown[]): Promise<unknown> {
    return (await this.#result(args, false)).value!.output;
  }

  async call(args: readonly unknown[]): Promise<[unknown, CallMetadata]> {
    const { value, metadata } = await this.#compute(this.#entryOf(args), args);
    return [value!.output, metadata];
  }

  async shelve(args: readonly unknown[]): Promise<MemorizedResult> {
    const { entry, kept, value } = await this.#result(args, true);
    const { shared } = this.#settings;
    return kept
      ? new MemorizedResult(entry, shared)
      : new MemorizedResult(undefined, shared, value!);
  }

  async isCached(args: readonly unknown[]): Promise<boolean> {
    return await this.#find(this.#entryOf(args)) !== undefined;
  }

  async clear(tell: boolean): Promise<void> {
    if (tell) this.#tell(1, `Clearing function cache identified by ${this.#identity()}`);
    await removeFolder(this.#folder);
    await writeCode(this.#folder, this.#cached.source);
  }

  #identity(): string {
    return `${this.#settings.module}/${this.#cached.name}`;
  }

  #tell(level: number, text: string): void {
    if (this.#settings.verbose < level) return;
    console.warn(`[MemorizedFunction(${this.#cached.name})]: ${text}`);
  }

  #say(level: number, text: () => string): void {
    if (this.#settings.verbose >= level) console.log(text());
  }

  /** What is known of a call whose result is there and valid. */
  async #find(entry: string): Promise<CallMetadata | undefined> {
    let metadata: CallMetadata | undefined;
    try {
      metadata = findEntry(entry);
    } catch (error) {
      warn(memoryErrors.notLoaded(this.#cached.name, this.#folder, error));
    }
    const { isValid } = this.#settings;
    return metadata && (!isValid || await isValid(metadata)) ? metadata : undefined;
  }

  async #result(args: readonly unknown[], shelving: boolean): Promise<Outcome> {
    const entry = this.#entryOf(args);
    const metadata = await this.#find(entry);
    if (metadata) {
      if (shelving) return { entry, metadata, kept: true };
      try {
        return {
          entry,
          metadata,
          kept: true,
          value: { output: await this.#load(entry, metadata) },
        };
      } catch (error) {
        // Somebody may have cleared it in between; anything else is worth a word.
        if (!(error instanceof Deno.errors.NotFound)) {
          warn(memoryErrors.notLoaded(signatureOf(this.#cached.name, args), entry, error));
        }
      }
    }
    return await this.#compute(entry, args);
  }

  async #load(entry: string, { inputArgs }: CallMetadata): Promise<unknown> {
    const { verbose, started, shared } = this.#settings;
    const { name } = this.#cached;
    const begun = performance.now();
    this.#say(2, () => loadLine(name, inputArgs, Date.now() - started, verbose, entry));
    const output = await loadEntry(entry, shared);
    this.#say(5, () => endLine(`${name} cache loaded`, performance.now() - begun));
    return output;
  }

  async #compute(entry: string, args: readonly unknown[]): Promise<Outcome> {
    const { module, compress, shared } = this.#settings;
    const { fn, name } = this.#cached;
    this.#tell(11, `Computing func ${name}, argument hash ${entry.slice(-32)} in ${this.#folder}`);
    this.#say(1, () => callLines(module, name, args));
    const inputArgs = reprs(this.#bind(args)); // the function may change them
    const begun = performance.now();
    const metadata: CallMetadata = { duration: 0, inputArgs, time: Date.now() };
    const value = { output: await fn(...args) as unknown };
    let kept = true;
    try {
      await this.#checkSource();
      this.#say(11, () => `Persisting in ${entry}`);
      await saveEntry(entry, value.output, compress, () => {
        metadata.duration = performance.now() - begun;
        return metadata;
      });
    } catch (error) {
      kept = false;
      warn(memoryErrors.notPersisted(name, this.#folder, error));
    }
    metadata.duration = performance.now() - begun;
    this.#say(1, () => endLine(name, metadata.duration));
    // As it will be the next time.
    if (kept && shared) value.output = await this.#load(entry, metadata).catch(() => value.output);
    return { entry, metadata, kept, value };
  }

  /** When the text of the function has changed, remove what earlier versions left. */
  async #checkSource(): Promise<void> {
    const { source, version } = this.#cached;
    const before = await readCode(this.#folder);
    if (before === source) return;
    if (before !== undefined) {
      if (isInUse(this.#folder, before)) return; // two functions of one name
      this.#tell(1, `Clearing function cache identified by ${this.#identity()}`);
      await removeVersions(this.#folder, [version, ...versionsIn(this.#folder)]);
    }
    await writeCode(this.#folder, source);
  }
}

const known = new WeakMap<CacheSettings, Memorized>();

/** A function and its cache; in a worker the settings are new for each task. */
function memorizedOf(settings: CacheSettings, fn: AnyFunction): Memorized | undefined {
  let memorized = known.get(settings);
  if (!memorized && settings.folder !== undefined) {
    known.set(settings, memorized = new Memorized(settings, fn, settings.folder));
  }
  return memorized;
}

/** A call of a cached function, in any thread: a cached function travels as a `partial` of this. */
const memorized = task(
  import.meta,
  async function memorized(
    settings: CacheSettings,
    fn: AnyFunction,
    ...args: unknown[]
  ): Promise<unknown> {
    const cache = memorizedOf(settings, fn);
    return cache ? await cache.run(args) : await fn(...args);
  },
);

/** Whether a function is what a cached function travels as. */
export function isMemorized(fn: AnyFunction): boolean {
  return fn === memorized;
}

/** Make a cached function; `first` are arguments that it has already. */
export function toMemorized(
  settings: CacheSettings,
  fn: AnyFunction,
  first: readonly unknown[],
  // deno-lint-ignore no-explicit-any
): MemorizedFunction<any[], any> {
  const cache = memorizedOf(settings, fn);
  const made = toPartial([memorized, [settings, fn, ...first]]);
  const now = () => ({ duration: 0, inputArgs: {}, time: Date.now() });
  const methods = {
    func: first.length === 0 ? fn : (...args: unknown[]) => fn(...first, ...args),
    call: async (...args: unknown[]) =>
      cache ? await cache.call([...first, ...args]) : [await fn(...first, ...args), now()],
    callAndShelve: async (...args: unknown[]) =>
      cache
        ? await cache.shelve([...first, ...args])
        : new MemorizedResult(undefined, false, { output: await fn(...first, ...args) }),
    checkCallInCache: async (...args: unknown[]) =>
      await cache?.isCached([...first, ...args]) ?? false,
    clear: async ({ warn = true } = {}) => await cache?.clear(warn),
  };
  delete (made as { args?: unknown }).args;
  Object.defineProperty(made, "name", { value: fn.name });
  return Object.assign(made, methods) as never;
}
