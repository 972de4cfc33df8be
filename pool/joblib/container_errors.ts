/**
 * The errors of `dump` and `load`: the class, and one table of the texts.
 *
 * @module
 */

import { registerErrorClass } from "@polycore/shm/internal";

/**
 * A file holds no value that `dump` wrote: it is cut off, damaged, of another program, or would take
 * more memory than allowed. Python's `pickle.UnpicklingError`, and the `EOFError`, `ValueError` and
 * others that `joblib.load` throws on such files.
 *
 * @example
 * ```ts
 * import { load, LoadError } from "@polycore/pool";
 * import { assertRejects } from "@std/assert";
 *
 * const path = await Deno.makeTempFile();
 * await Deno.writeTextFile(path, "not a value");
 * await assertRejects(() => load(path), LoadError, "no file that dump() wrote");
 * await Deno.remove(path);
 * ```
 */
export class LoadError extends Error {
  /** The class, also after the error crossed over from another thread. */
  override name = "LoadError";
}

registerErrorClass(LoadError);

const AGAIN = "Write it again, or take a copy that is whole.";

function show(bytes: Uint8Array): string {
  const hex = Array.from(bytes.subarray(0, 8), (byte) => byte.toString(16).padStart(2, "0"));
  return hex.length === 0 ? "it is empty" : `it begins with the bytes ${hex.join(" ")}`;
}

function isPickle(bytes: Uint8Array): boolean {
  return bytes[0] === 0x80 && bytes[1]! >= 2 && bytes[1]! <= 5;
}

/** Why a file is not read. */
export const loadErrors = {
  foreign: (bytes: Uint8Array): LoadError =>
    new LoadError(
      `This is no file that dump() wrote: ${show(bytes)}` +
        (isPickle(bytes)
          ? ", as Python's pickles do, and to read those means to run code. Convert it in Python, " +
            "for instance to JSON or to the plain bytes of its arrays."
          : ". Was another file meant?"),
    ),
  version: (version: number, known: number): LoadError =>
    new LoadError(
      `The file has the format version ${version}, and this program reads version ${known}: ` +
        "use a newer release of Polycore.",
    ),
  cutOff: (expected?: number, found?: number): LoadError =>
    new LoadError(
      "The file is cut off" +
        (expected === undefined ? "" : `: ${found} of its ${expected} bytes are there`) +
        `. ${AGAIN}`,
    ),
  damaged: (how: string, cause?: unknown): LoadError =>
    new LoadError(
      `The file is damaged: ${how}. ${AGAIN}`,
      cause === undefined ? undefined : { cause },
    ),
  unpack: (cause: unknown): LoadError =>
    new LoadError(
      "The compressed file is cut off or damaged: " +
        `${String(cause instanceof Error ? cause.message : cause).replace(/\.$/, "")}. ${AGAIN}`,
      { cause },
    ),
  tooLarge: (bytes: number, allowed: number): LoadError =>
    new LoadError(
      `The compressed file unpacks to ${bytes} bytes, and ${allowed} are allowed. If you trust it, ` +
        `give load(path, { maxBytes: ${bytes} }) or more.`,
    ),
  memory: (bytes: number, cause: unknown): LoadError =>
    new LoadError(`There is no memory for ${bytes} bytes that the file announces.`, { cause }),
  tooManyObjects: (allowed: number): LoadError =>
    new LoadError(
      `The objects in the file would take more than ${allowed} bytes of this thread's JavaScript ` +
        "heap, whose overflow ends the program. Save the data as typed arrays, or give the program " +
        "more with --v8-flags=--max-old-space-size.",
    ),
};

/** What was wrong in the call. */
export const callErrors = {
  path: (value: unknown, type: string): TypeError =>
    new TypeError(
      `Second argument should be a filename or a file-like object, ${value} (type ${type}) was ` +
        "given. The value comes first: dump(value, path), with the path as a string or a file URL.",
    ),
  loadPath: (value: unknown, type: string): TypeError =>
    new TypeError(`load() was given ${value} (type ${type}): give a path or a file URL.`),
  maxBytes: (value: unknown): Error =>
    new RangeError(`maxBytes is ${value}: it must be a number of bytes, at least 0, or Infinity.`),
  uncloneable: (path: string, what: string, wayOut: string): string =>
    `${path} is ${what}, which cannot be saved to a file (only data can): ${wayOut}.`,
  tooDeep: (deepest: number): string =>
    `The value is nested too deeply to be saved to a file: objects inside objects more than ` +
    `${deepest} levels deep. Save the links of a long chain as one flat array.`,
};

/** What was wrong with the option `compress`: the first sentences are joblib's. */
export const compressErrors = {
  level: (level: unknown): RangeError =>
    new RangeError(
      `Non valid compress level given: "${level}". Possible values are ` +
        "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9].",
    ),
  method: (method: unknown, known: readonly string[]): RangeError =>
    new RangeError(
      `Non valid compression method given: "${method}". Possible values are ` +
        `[${known.map((name) => `'${name}'`).join(", ")}].`,
    ),
  tuple: (given: readonly unknown[]): RangeError =>
    new RangeError(
      "Compress argument tuple should contain exactly 2 elements: (compress method, compress " +
        `level), you passed (${given.map((value) => JSON.stringify(value)).join(", ")}). ` +
        'Give an array such as ["gzip", 3].',
    ),
  kind: (option: unknown): TypeError =>
    new TypeError(
      `compress is ${option}: give true, a level from 0 to 9, a method such as "gzip", or both as ` +
        '["gzip", 3].',
    ),
  library: (method: string, name: string, cause: unknown): Error =>
    new Error(
      `${method} needs the package ${name}, which could not be loaded: ` +
        `${
          String(cause instanceof Error ? cause.message : cause).replace(/\.$/, "")
        }. Load it once ` +
        `with \`deno cache ${name}\` where there is a network, and allow this program to read Deno's ` +
        "cache; or use zlib, gzip, zstd, bz2 or lz4, which need no package.",
      { cause },
    ),
};
