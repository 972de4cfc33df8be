/**
 * Every error of the codec: its classes, and one table of its texts.
 *
 * @module
 */

/**
 * A value cannot pass to another thread. The message names the path to it, what it is and the way out.
 * Its `name` is that of the platform's error for the same mistake, "DataCloneError".
 *
 * @example
 * ```ts
 * import { encode, UncloneableError } from "./mod.ts";
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(() => encode({ rows: [Symbol("x")] }, "args"), UncloneableError, "args.rows[0] is");
 * ```
 */
export class UncloneableError extends TypeError {
  /** "DataCloneError". */
  override name = "DataCloneError";
}

/**
 * An error of a class that this thread does not know. It keeps the original's name, message, stack,
 * cause and fields.
 *
 * @example
 * ```ts
 * import { decode, encode, RemoteError, scratchAddress } from "./mod.ts";
 * import { assertInstanceOf } from "@std/assert";
 *
 * class Unheard extends Error {}
 * encode(new Unheard("of"));
 * assertInstanceOf(decode(scratchAddress()), RemoteError);
 * ```
 */
export class RemoteError extends Error {
  /** The name of the original. */
  override name = "RemoteError";
  /** The name of the original's class. */
  className = "Error";
}

/** Thrown where a value is met that cannot be encoded; {@linkcode encode} adds the path to it. */
export class Refusal {
  /**
   * @param offender The value.
   * @param what What it is, with its article.
   * @param wayOut What to do instead: the second half of a sentence.
   * @param cause The error that says more.
   */
  constructor(
    readonly offender: unknown,
    readonly what: string,
    readonly wayOut: string,
    readonly cause?: unknown,
  ) {}
}

/** Thrown where a value is nested too deeply. */
export class TooDeep {}

/** The texts. */
export const errors = {
  uncloneable: (path: string, { what, wayOut, cause }: Refusal): Error =>
    new UncloneableError(
      `${path} is ${what}, which cannot pass to another thread (only data, shareable objects and ` +
        `tasks can): ${wayOut}${wayOut.endsWith("\n") ? "" : "."}`,
      cause === undefined ? undefined : { cause },
    ),
  tooDeep: (root: string, deepest: number): Error =>
    new UncloneableError(
      `${root} is nested too deeply to pass to another thread: objects inside objects more than ` +
        `${deepest} levels deep. Send the links of a long chain as one flat array.`,
    ),
  nested: (root: string): Error =>
    new UncloneableError(
      `A getter or a Proxy inside ${root} sends a value itself while ${root} is being sent: ` +
        "send the two one after the other.",
    ),
  bug: (what: string): Error => new Error(`[polycore bug] ${what}`),
};

/** A class name with its article. */
export function withArticle(name: string): string {
  return `${/^[AEIO]/.test(name) ? "an" : "a"} ${name}`;
}

const TASK = "mark it with `task(import.meta, ...)` at the top level of a module and pass the task";

/** Why single values are refused. */
export const refusals = {
  functionValue: (fn: { name: string }, cause?: unknown): Refusal =>
    new Refusal(
      fn,
      fn.name === "" ? "a function without a name" : `a function ("${fn.name}")`,
      cause instanceof Error ? cause.message.replace(/^The /, "the ").replace(/\.$/, "") : TASK,
      cause,
    ),
  symbol: (value: symbol): Refusal =>
    new Refusal(
      value,
      `a symbol (${String(value)})`,
      "send a string and look the symbol up there, for instance with `Symbol.for`",
    ),
  proxy: (value: object, className: string): Refusal =>
    new Refusal(
      value,
      `a Proxy over ${withArticle(className)}, or an object that only inherits from it`,
      `send the ${className} itself or a copy of its data`,
    ),
  ofClass: (value: object, what: string, wayOut: string): Refusal =>
    new Refusal(value, what, wayOut),
  disposed: (value: object): Refusal =>
    new Refusal(
      value,
      `${withArticle(value.constructor.name)} that was disposed of`,
      "send it before `using` or `dispose` lets it go",
    ),
  detached: (value: object): Refusal =>
    new Refusal(
      value,
      value instanceof ArrayBuffer ? "a detached ArrayBuffer" : "a view on a detached ArrayBuffer",
      "its bytes were transferred away, so send them from where they are now",
    ),
  ownSharedBuffer: (value: object): Refusal =>
    new Refusal(
      value,
      "a SharedArrayBuffer of your own, for which this program has no transport yet",
      "use a `SharedArray`, which lies in the shared memory, or import the shm package first",
    ),
};

/** What `make` makes; that it throws means that the words are damaged. */
export function orBug<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw errors.bug(`a message of damaged words: ${error}`);
  }
}
