/**
 * What a cache knows of a function: where it comes from, what it is called, its text and parameters.
 *
 * @module
 */

import { isAbsolute } from "node:path";
import { pathToFileURL } from "node:url";
import { moduleOfTask, textOf } from "../functions.ts";
import { type AnyFunction, isNative, namesOutside } from "./function_key.ts";
import { hash } from "./hash.ts";
import { memoryErrors, warn } from "./memory_errors.ts";
import { readSignature, type Signature } from "./parameters.ts";
import { VERSION_DIGITS } from "./store.ts";

/** A function without a `partial` around it. */
export interface CachedFunction {
  /** The function. */
  fn: AnyFunction;
  /** Its name; one without a name is called by its text, so that two of a module do not meet. */
  name: string;
  /** Its text. */
  source: string;
  /** First digits of the text's hash. */
  version: string;
  /** Its parameters, if its text is understood. */
  signature: Signature | undefined;
}

const known = new WeakMap<AnyFunction, CachedFunction>();

/** What is known of a function. */
export function describe(fn: AnyFunction): CachedFunction {
  let cached = known.get(fn);
  if (cached) return cached;
  const source = textOf(fn);
  if (isNative(source)) throw memoryErrors.native(fn.name);
  const version = hash(source).slice(0, VERSION_DIGITS);
  const name = fn.name || `anonymous-${version}`;
  known.set(fn, cached = { fn, name, source, version, signature: readSignature(source) });
  return cached;
}

/**
 * The module of a function: the one that marked it, else the one that calls the cache.
 *
 * @param below The function of this library that was called from there.
 */
export function moduleOf(fn: AnyFunction, below: AnyFunction): string {
  const module = moduleOfTask(fn) ?? callerOf(below) ?? "unknown";
  const url = isAbsolute(module) ? pathToFileURL(module).href : module; // V8 gives files as paths
  return /^(?:file|https?):/.test(url) ? url.replace(/[?#].*$/s, "") : url;
}

/** V8's own way to look at the stack. */
interface StackTraces {
  prepareStackTrace?: unknown;
  captureStackTrace(into: object, below: AnyFunction): void;
}

/** The module that called a function. */
function callerOf(below: AnyFunction): string | undefined {
  const traces = Error as unknown as StackTraces;
  const before = traces.prepareStackTrace;
  const holder: { stack?: { getFileName(): string | null }[] } = {};
  traces.prepareStackTrace = (_: unknown, sites: unknown) => sites;
  try {
    traces.captureStackTrace(holder, below);
    return holder.stack?.[0]?.getFileName() ?? undefined;
  } finally {
    traces.prepareStackTrace = before;
  }
}

/** A module as the name of a folder: how its file is called, and a hash of where it is. */
export function folderOf(module: string): string {
  return `${fileName(module.slice(module.lastIndexOf("/") + 1))}-${hash(module).slice(0, 8)}`;
}

/** A name that any file system takes; two names that differ in more than case stay different. */
export function fileName(name: string): string {
  const safe = name.replace(/[^\w.-]/g, "-").replace(/^\.+/, "").slice(0, 80);
  return safe === name ? name : `${safe}-${hash(name).slice(0, 8)}`;
}

/** The texts of the functions of this thread that use a folder, each with the last one that has it. */
const living = new Map<string, Map<string, { version: string; last: WeakRef<AnyFunction> }>>();

/** Note that a function uses a folder, and warn if another one does, too, that may do something else. */
export function noteUse(folder: string, module: string, cached: CachedFunction): void {
  const { fn, name, source, version } = cached;
  const users = living.get(folder) ?? new Map();
  living.set(folder, users);
  const twin = users.get(source);
  if (!twin && users.size > 0) warn(memoryErrors.collision(name, module));
  if (twin && twin.last.deref() !== fn) {
    const outside = namesOutside(source);
    if (outside?.length) warn(memoryErrors.closure(name, module, outside));
  }
  users.set(source, { version, last: new WeakRef(fn) });
}

/** The versions of the functions of this thread that use a folder. */
export function versionsIn(folder: string): string[] {
  return [...living.get(folder)?.values() ?? []].map(({ version }) => version);
}

/** Whether a function of this thread that uses a folder has this text. */
export function isInUse(folder: string, source: string): boolean {
  return living.get(folder)?.has(source) ?? false;
}
