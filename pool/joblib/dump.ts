/**
 * `dump`: a value to a file.
 *
 * @module
 */

import { crc32 } from "node:zlib";
import { type Compress, compressionOf } from "./compress_option.ts";
import { compressors } from "./compressors.ts";
import { nameOf } from "./file_path.ts";
import { HEADER_BYTES, packHeader, padded } from "./container.ts";
import { callErrors } from "./container_errors.ts";
import { writeValue, type Written } from "./value_writer.ts";

/** How {@linkcode dump} writes. */
export interface DumpOptions {
  /** How to compress; by default as the extension of the path says, else not at all. */
  compress?: Compress;
}

/** So much is handed to a compressor or to the file at once. */
const STEP = 1 << 22;

/** A value as the bytes of a file, in their order. */
export function containerOf(value: unknown): Iterable<Uint8Array> {
  return piecesOf(writeValue(value));
}

/** Arrays are not copied: each piece is a part of one. */
function* piecesOf({ pieces, segments }: Written): Generator<Uint8Array> {
  const codeBytes = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const sums = new Uint8Array(padded(segments.length * 4));
  const fileBytes = segments.reduce(
    (sum, segment) => sum + padded(segment.length),
    HEADER_BYTES + padded(codeBytes) + sums.length,
  );
  const codeSum = pieces.reduce((sum, piece) => crc32(piece, sum), 0);
  yield packHeader({ codeBytes, segments: segments.length, fileBytes, codeSum });
  yield* pieces;
  yield new Uint8Array(padded(codeBytes) - codeBytes);
  for (const [i, segment] of segments.entries()) {
    let sum = 0;
    for (let at = 0; at < segment.length; at += STEP) {
      const step = segment.subarray(at, at + STEP);
      sum = crc32(step, sum);
      yield step;
    }
    new DataView(sums.buffer).setUint32(i * 4, sum, true);
    yield new Uint8Array(padded(segment.length) - segment.length);
  }
  yield sums;
}

async function writeAll(file: Deno.FsFile, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
}

/**
 * Save a value to a file, for {@linkcode load}. Python's `joblib.dump`.
 *
 * It takes what structured clone takes: data, with cycles and objects that occur twice, Map, Set,
 * Date, errors, typed arrays. Of an object of a class the fields are saved; a typed array is saved
 * without the rest of its buffer, and a SharedArray as its elements. Large arrays are written from
 * where they are, so they take no memory; do not change them before the promise resolves.
 *
 * For results of a function that may be computed again use `Memory`, which calls this.
 *
 * @param value The value.
 * @param path Where to write; what is there is written over.
 * @param options How to compress: by the path's extension (`.z .gz .bz2 .lzma .xz .lz4 .zst`), or
 * `{ compress: true | level | method | [method, level] }`.
 * @returns The paths of the files written: one.
 * @throws {UncloneableError} If something inside cannot be saved; the message names the path to it.
 * @throws {RangeError} If there is no such level or method.
 * @throws {TypeError} If the arguments are swapped.
 *
 * @example
 * ```ts
 * import { dump, load } from "@polycore/pool";
 * import { assertEquals } from "@std/assert";
 *
 * const path = await Deno.makeTempFile({ suffix: ".gz" });
 * const model = { name: "ridge", weights: new Float64Array([0.5, 2]) };
 * await dump(model, path, { compress: ["gzip", 3] });
 * assertEquals(await load(path), model);
 * await Deno.remove(path);
 * ```
 */
export async function dump(
  value: unknown,
  path: string | URL,
  options: DumpOptions = {},
): Promise<string[]> {
  const name = nameOf(path);
  const compression = compressionOf(options.compress ?? false, name ?? "");
  if (name === undefined) throw callErrors.path(path, typeof path);
  const bytes = containerOf(value);
  const packed = compression
    ? await compressors[compression.method].compress(bytes, compression.level)
    : bytes;
  using file = await Deno.open(name, { write: true, create: true, truncate: true });
  for await (const piece of packed) await writeAll(file, piece);
  return [name];
}
