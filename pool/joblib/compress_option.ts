/**
 * How `dump` is told to compress, with joblib's rules and texts.
 *
 * @module
 */

import { compressErrors } from "./container_errors.ts";

/** A way to compress, by the name that joblib gives it; `zstd` is ours. */
export type CompressMethod = "zlib" | "gzip" | "bz2" | "lzma" | "xz" | "lz4" | "zstd";

/**
 * How to compress. `false` or 0: not at all, unless the extension of the path names a method; `true`:
 * zlib, or the method of the extension; a level from 1 to 9: the same with that level; a method: that
 * one, whatever the extension; `[method, level]`: both, where level 0 means not at all.
 */
export type Compress = boolean | number | CompressMethod | readonly [CompressMethod, number | null];

/** What was decided: nothing means that nothing is compressed. */
export interface Compression {
  /** The method. */
  method: CompressMethod;
  /** The level, or `undefined` for the method's own. */
  level: number | undefined;
}

/** The extension of each method; a path that ends with it is compressed so. */
export const EXTENSIONS: Readonly<Record<CompressMethod, string>> = {
  zlib: ".z",
  gzip: ".gz",
  bz2: ".bz2",
  lzma: ".lzma",
  xz: ".xz",
  lz4: ".lz4",
  zstd: ".zst",
};

const METHODS = Object.keys(EXTENSIONS) as CompressMethod[];

/**
 * Decide how a file is compressed.
 *
 * @throws {RangeError} If there is no such level or method, in joblib's words.
 * @throws {TypeError} If the option is of another kind.
 */
export function compressionOf(option: unknown, path: string): Compression | undefined {
  const explicit = typeof option === "string" || Array.isArray(option);
  if (Array.isArray(option) && option.length !== 2) throw compressErrors.tuple(option);
  const [method, level] = Array.isArray(option)
    ? option
    : explicit
    ? [option, undefined]
    : ["zlib", option];
  if (!explicit && typeof option !== "number" && typeof option !== "boolean") {
    throw compressErrors.kind(option);
  }
  const isLevel = Number.isInteger(level) && level >= 0 && level <= 9;
  if (!isLevel && typeof level !== "boolean" && level !== undefined && level !== null) {
    throw compressErrors.level(level);
  }
  if (!METHODS.includes(method)) throw compressErrors.method(method, METHODS);
  const given = isLevel && level > 0 ? level : undefined;
  if (explicit) return level === 0 || level === false ? undefined : { method, level: given };
  const byExtension = METHODS.find((name) => path.endsWith(EXTENSIONS[name]));
  if (byExtension) return { method: byExtension, level: given };
  return option === 0 || option === false ? undefined : { method, level: given };
}
