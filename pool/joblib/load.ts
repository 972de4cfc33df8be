/**
 * `load`: the value in a file.
 *
 * @module
 */

import { crc32 } from "node:zlib";
import { announced } from "./byte_reader.ts";
import { compressors } from "./compressors.ts";
import { HEADER_BYTES, MAGIC, padded, startsWith, unpackHeader } from "./container.ts";
import { callErrors, loadErrors } from "./container_errors.ts";
import { nameOf } from "./file_path.ts";
import { FileSource, PieceSource, type Source } from "./source.ts";
import { readValue } from "./value_reader.ts";

/** How {@linkcode load} reads. */
export interface LoadOptions {
  /**
   * Put arrays of 64 KiB or more straight into the shared heap, where they are SharedArrays that every
   * thread may be given. Without a lock of their own; those of Uint8ClampedArray, Float16Array, DataView
   * and ArrayBuffer stay as they are, as no typecode stands for them. Default: false.
   */
  shared?: boolean;
  /**
   * The most bytes that a compressed file may unpack to: a small file can claim to be huge. Of an
   * uncompressed file its own size is the limit. Default: 4 GiB.
   */
  maxBytes?: number;
}

const DEFAULT_MAX_BYTES = 2 ** 32;

/** So much is read before it is summed up, while it is still in the processor's cache. */
const STEP = 1 << 20;

async function readFully(source: Source, into: Uint8Array): Promise<void> {
  const count = await source.read(into);
  if (count < into.length) throw loadErrors.cutOff();
}

/** Zeros: to read them finds every flipped bit of a file. */
function checkPadding(bytes: Uint8Array): void {
  if (bytes.some((byte) => byte !== 0)) {
    throw loadErrors.damaged("something stands between its parts");
  }
}

async function readPadding(source: Source, length: number): Promise<void> {
  if (length === 0) return;
  const bytes = new Uint8Array(length);
  await readFully(source, bytes);
  checkPadding(bytes);
}

async function readSegment(source: Source, into: Uint8Array): Promise<number> {
  let sum = 0;
  for (let at = 0; at < into.length; at += STEP) {
    const step = into.subarray(at, at + STEP);
    await readFully(source, step);
    sum = crc32(step, sum);
  }
  await readPadding(source, padded(into.length) - into.length);
  return sum;
}

/** Read the container behind its first bytes. */
export async function readContainer(
  head: Uint8Array,
  source: Source,
  limits: { fileSize?: number; maxBytes: number; shared: boolean },
): Promise<unknown> {
  if (head.length < HEADER_BYTES) throw loadErrors.cutOff();
  const { codeBytes, segments, fileBytes, codeSum } = unpackHeader(head);
  const { fileSize, maxBytes, shared: intoShared } = limits;
  if (fileSize === undefined && fileBytes > maxBytes) {
    throw loadErrors.tooLarge(fileBytes, maxBytes);
  }
  if (fileSize !== undefined && fileBytes > fileSize) throw loadErrors.cutOff(fileBytes, fileSize);
  if (fileSize !== undefined && fileBytes < fileSize) {
    throw loadErrors.damaged("it goes on behind its end");
  }
  const code = new Uint8Array(announced(padded(codeBytes)));
  await readFully(source, code);
  const bytes = code.subarray(0, codeBytes);
  if (crc32(bytes) !== codeSum) {
    throw loadErrors.damaged("its codec bytes do not fit their check sum");
  }
  checkPadding(code.subarray(codeBytes));
  const sums = new Uint8Array(announced(padded(segments * 4)));
  const segmentBytes = fileBytes - HEADER_BYTES - code.length - sums.length;
  const { value, targets, shared } = readValue(bytes, segmentBytes, intoShared);
  using undo = new DisposableStack();
  undo.defer(() => shared.forEach((array) => array.dispose()));
  if (targets.length !== segments) {
    throw loadErrors.damaged(`it has ${segments} segments and its value ${targets.length}`);
  }
  const found: number[] = [];
  for (const target of targets) found.push(await readSegment(source, target));
  await readFully(source, sums);
  checkPadding(sums.subarray(segments * 4));
  const view = new DataView(sums.buffer);
  const wrong = found.findIndex((sum, i) => sum !== view.getUint32(i * 4, true));
  if (wrong >= 0) throw loadErrors.damaged(`its segment ${wrong} does not fit its check sum`);
  if (await source.read(new Uint8Array(1)) > 0) {
    throw loadErrors.damaged("it goes on behind its end");
  }
  undo.move();
  return value;
}

async function* piecesOf(file: Deno.FsFile): AsyncGenerator<Uint8Array> {
  for (;;) {
    const piece = new Uint8Array(STEP);
    const count = await file.read(piece);
    if (count === null) return;
    yield piece.subarray(0, count);
  }
}

/**
 * The value that {@linkcode dump} saved. Python's `joblib.load`; `shared` stands for its `mmap_mode`.
 *
 * How the file is compressed is seen from its bytes, whatever its name. Nothing in the file is run: it
 * is safe to load what others wrote, and what is cut off, damaged or foreign is one error.
 *
 * @param path The file.
 * @param options `shared` to have large arrays in the shared heap, `maxBytes` for large compressed files.
 * @returns The value.
 * @throws {LoadError} If the file holds no whole value.
 * @throws {HeapFullError} If the shared heap has no room.
 *
 * @example
 * ```ts
 * import { dump, load, SharedArray } from "@polycore/polycore";
 * import { assertEquals } from "@std/assert";
 *
 * const path = await Deno.makeTempFile();
 * await dump({ rows: new Float64Array(100_000).fill(0.5) }, path);
 * const { rows } = await load<{ rows: SharedArray<"d"> }>(path, { shared: true });
 * assertEquals([rows instanceof SharedArray, rows.length, rows[7]], [true, 100_000, 0.5]);
 * await Deno.remove(path);
 * ```
 */
export async function load<T = unknown>(path: string | URL, options: LoadOptions = {}): Promise<T> {
  const { shared = false, maxBytes = DEFAULT_MAX_BYTES } = options;
  const name = nameOf(path);
  if (name === undefined) throw callErrors.loadPath(path, typeof path);
  if (!(typeof maxBytes === "number" && maxBytes >= 0)) throw callErrors.maxBytes(maxBytes);
  using file = await Deno.open(name);
  const direct = new FileSource(file);
  const head = new Uint8Array(HEADER_BYTES);
  const beginning = head.subarray(0, await direct.read(head));
  if (startsWith(beginning, MAGIC)) {
    const { size } = await file.stat();
    return await readContainer(beginning, direct, { fileSize: size, maxBytes, shared }) as T;
  }
  const compressor = Object.values(compressors).find((one) => one.detect(beginning));
  if (compressor === undefined) throw loadErrors.foreign(beginning);
  await file.seek(0, Deno.SeekMode.Start);
  await using source = new PieceSource(await compressor.decompress(piecesOf(file)));
  const inner = head.subarray(0, await source.read(head));
  return await readContainer(inner, source, { maxBytes, shared }) as T;
}
