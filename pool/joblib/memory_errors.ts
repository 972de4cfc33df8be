/**
 * The errors and warnings of hashing and of the cache.
 *
 * @module
 */

import { show } from "../errors.ts";

/**
 * A warning of a cache: it could not read or write its folder, or functions share a name. The result of
 * the call is right all the same. It goes to `console.warn`; nothing throws it. joblib's `CacheWarning`.
 *
 * @example
 * ```ts
 * import { CacheWarning } from "@polycore/pool";
 * import { assertInstanceOf } from "@std/assert";
 *
 * assertInstanceOf(new CacheWarning("The disk is full."), Error);
 * ```
 */
export class CacheWarning extends Error {
  /** The class. */
  override name = "CacheWarning";
}

/**
 * Two functions of one module have one name, so the cache may take one for a new version of the other.
 * joblib's `JobLibCollisionWarning`.
 *
 * @example
 * ```ts
 * import { CacheWarning, CollisionWarning } from "@polycore/pool";
 * import { assertInstanceOf } from "@std/assert";
 *
 * assertInstanceOf(new CollisionWarning("Possible name collisions."), CacheWarning);
 * ```
 */
export class CollisionWarning extends CacheWarning {
  /** The class. */
  override name = "CollisionWarning";
}

const told = new Set<string>();

/** Print a warning, once: the same text is not printed again in this thread. As Python's warnings. */
export function warn(warning: CacheWarning): void {
  const text = `${warning.name}: ${warning.message}`;
  if (told.has(text)) return;
  told.add(text);
  console.warn(text);
}

/** The path to a value, as one writes it in a program. */
function pathOf(trail: readonly PropertyKey[]): string {
  return trail.map((key) =>
    typeof key === "string" && /^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `[${show(key)}]`
  ).join("");
}

/** The texts, each with what was seen, what is allowed and the way out. */
export const memoryErrors = {
  unhashable: (trail: readonly PropertyKey[], what: string, wayOut: string): Error =>
    new TypeError(
      `${
        trail.length === 0 ? "The value" : `value${pathOf(trail)}`
      } is ${what}, of which no hash ` +
        `can be made: ${wayOut}. An argument of a cached function may also be named in \`ignore\`.`,
    ),
  tooDeep: (): Error =>
    new RangeError(
      "No hash could be made: the value is nested too deeply for the stack. Pass flat data, such as " +
        "an array of the elements instead of a linked list.",
    ),
  notFunction: (value: unknown): Error =>
    new TypeError(`The first argument of cache is ${show(value)}: give a function.`),
  native: (name: string): Error =>
    new TypeError(
      `The function${
        name && ` "${name}"`
      } has no source text, by which the cache could tell when it ` +
        "changes: cache an arrow function that calls it, as in `(x) => f(x)`.",
    ),
  notIgnoreList: (value: unknown): Error =>
    new TypeError(
      `ignore must be a list of parameters to ignore, ${show(value)} (type ${typeof value}) was ` +
        'given: write it as in ["debug"].',
    ),
  notParameter: (name: unknown, call: string): Error =>
    new RangeError(
      `Ignore list: argument ${
        show(name)
      } is not defined for function ${call}: give the name of a ` +
        'parameter, of a property that one takes, or both as in "options.debug".',
    ),
  cannotInspect: (name: string): Error =>
    new TypeError(
      `Cannot inspect the parameters of the function${name && ` "${name}"`}, so the ignore list ` +
        "will not work: leave `ignore` out.",
    ),
  location: (value: unknown): Error =>
    new TypeError(
      `The location of a Memory is ${
        show(value)
      }: give the path of a folder, a file URL, or null ` +
        "for no caching.",
    ),
  verbose: (value: unknown): Error =>
    new TypeError(`verbose is ${show(value)}: give a number, 0 for silence.`),
  notValidation: (value: unknown): Error =>
    new TypeError(
      `cacheValidationCallback needs to be callable. Got ${show(value)}: give a function of the ` +
        "metadata, such as expiresAfter({ days: 1 }).",
    ),
  limit: (what: string, value: unknown, allowed: string): Error =>
    new RangeError(`${what} is ${show(value)}: give ${allowed}.`),
  unit: (name: string, known: readonly string[]): Error =>
    new TypeError(`A duration has no "${name}": its units are ${known.join(", ")}.`),
  noValue: (file: string): Error =>
    new RangeError(
      `Non-existing cache value (may have been cleared). The file ${file} does not exist: call the ` +
        "function again.",
    ),
  notStored: (): Error => new RangeError("No value stored: it was cleared."),
  notPersisted: (name: string, folder: string, reason: unknown): CacheWarning =>
    new CacheWarning(
      `Unable to cache to disk a result of ${name} in ${folder}; it is right, but will be computed ` +
        `again. Reason: ${textOf(reason)}`,
      { cause: reason },
    ),
  notCleared: (path: string, reason: unknown): CacheWarning =>
    new CacheWarning(`Unable to clear ${path}. Reason: ${textOf(reason)}`, { cause: reason }),
  notLoaded: (call: string, path: string, reason: unknown): CacheWarning =>
    new CacheWarning(
      `Exception while loading results for ${call} from ${path}; they are computed again. ` +
        `Reason: ${textOf(reason)}`,
      { cause: reason },
    ),
  collision: (name: string, module: string): CollisionWarning =>
    new CollisionWarning(
      `Possible name collisions between two functions "${name}" of ${module}: rename one of them, so ` +
        "that a change of the other does not look like a change of this one.",
    ),
  closure: (name: string, module: string, names: readonly string[]): CollisionWarning =>
    new CollisionWarning(
      `Cannot detect name collisions for function "${name}" of ${module}: it was made and cached more ` +
        `than once and uses ${
          names.map((n) => `"${n}"`).join(", ")
        }, which is not part of the key ` +
        "and may differ. Pass that as an argument.",
    ),
};

/** Without the path, which has a random part: warnings are told apart by their text. */
function textOf(reason: unknown): string {
  if (!(reason instanceof Error)) return String(reason);
  return `${reason.name}: ${reason.message.replace(/: \w+ '[^]*'$/, "")}`;
}
