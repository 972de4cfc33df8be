/**
 * The layout of the files that `dump` writes: README.md describes it byte by byte.
 *
 * @module
 */

import { crc32 } from "node:zlib";
import { loadErrors } from "./container_errors.ts";

/** The first bytes. The first is no ASCII and the line ends are there to be damaged by text transfers. */
export const MAGIC: Uint8Array = Uint8Array.of(0x89, 0x50, 0x43, 0x44, 0x0d, 0x0a, 0x1a, 0x0a);

/** The version that is written, and the only one that is read. */
export const VERSION = 1;

/** Bytes of the header. */
export const HEADER_BYTES = 48;

/** Segments and codec bytes begin at multiples of this. */
export const ALIGNMENT = 16;

/** Arrays of at least so many bytes are segments of their own. */
export const SEGMENT_BYTES = 65536;

/** What an element of an array is, by its number in the file; the last two have no elements. */
export const ARRAY_TYPES = [
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  BigInt64Array,
  BigUint64Array,
  Float32Array,
  Float64Array,
  Float16Array,
  DataView,
  ArrayBuffer,
] as const;

// The tags of the codec bytes. 0 means nothing, so that zeroed bytes are seen to be damaged.
/** `undefined`. */
export const UNDEFINED = 1;
/** `null`. */
export const NULL = 2;
/** `true`. */
export const TRUE = 3;
/** `false`. */
export const FALSE = 4;
/** A whole number of 32 bits: count, zigzag. */
export const INT32 = 5;
/** Any other number: 8 bytes. */
export const DOUBLE = 6;
/** 1 if negative, then the digits, hexadecimal, as a string. */
export const BIGINT = 7;
/** Length, a byte for each character. */
export const LATIN1 = 8;
/** Length in bytes, UTF-8. */
export const UTF8 = 9;
/** Length in units, UTF-16: for strings with lone surrogates. */
export const UTF16 = 10;
/** Number of fields, then keys and values in turn. */
export const OBJECT = 11;
/** Length, then the elements. */
export const ARRAY = 12;
/** Length, number of elements, then index and element in turn. */
export const ARRAY_HOLEY = 13;
/** Length, 8 bytes for each number. */
export const NUMBERS = 14;
/** Number of entries, then keys and values in turn. */
export const MAP = 15;
/** Number of elements, then the elements. */
export const SET = 16;
/** Milliseconds: 8 bytes. */
export const DATE = 17;
/** Source and flags: two strings. */
export const REGEXP = 18;
/** `Object(primitive)`: the primitive. */
export const BOXED = 19;
/** Type of the elements, number of bytes, the bytes. */
export const BYTES = 20;
/** Type of the elements (128 more for a SharedArray), number of bytes; they are the next segment. */
export const SEGMENT = 21;
/** Class, name, message and stack, then the fields as in {@linkcode OBJECT}. */
export const ERROR = 22;
/** The number of an object that was met before. */
export const REF = 23;

/** In the type of a {@linkcode SEGMENT}: it was a SharedArray. */
export const WAS_SHARED = 128;

/** Levels of objects inside objects, for writers and readers: as for values sent to threads. */
export const DEEPEST = 1000;

/** What the header says. */
export interface Header {
  /** Number of codec bytes. */
  codeBytes: number;
  /** Number of segments. */
  segments: number;
  /** Length of the whole file, uncompressed. */
  fileBytes: number;
  /** CRC-32 of the codec bytes. */
  codeSum: number;
}

/** A length rounded up to {@linkcode ALIGNMENT}. */
export function padded(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}

/** The header as bytes. */
export function packHeader(header: Header): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(HEADER_BYTES);
  const view = new DataView(bytes.buffer);
  bytes.set(MAGIC);
  view.setUint32(8, VERSION, true);
  view.setUint32(12, header.segments, true);
  view.setBigUint64(16, BigInt(header.codeBytes), true);
  view.setBigUint64(24, BigInt(header.fileBytes), true);
  view.setUint32(32, header.codeSum, true);
  view.setUint32(HEADER_BYTES - 4, crc32(bytes.subarray(0, HEADER_BYTES - 4)), true);
  return bytes;
}

/** Whether bytes begin as a file of `dump` does. */
export function startsWith(bytes: Uint8Array, magic: Uint8Array): boolean {
  return bytes.length >= magic.length && magic.every((byte, i) => bytes[i] === byte);
}

/**
 * What the header says, as far as it can be true.
 *
 * @throws {LoadError} If it was not written by `dump`, by a newer one, or is damaged.
 */
export function unpackHeader(bytes: Uint8Array): Header {
  if (!startsWith(bytes, MAGIC)) throw loadErrors.foreign(bytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, HEADER_BYTES);
  const version = view.getUint32(8, true);
  const whole = crc32(bytes.subarray(0, HEADER_BYTES - 4)) ===
    view.getUint32(HEADER_BYTES - 4, true);
  if (!whole) throw loadErrors.damaged("its header does not fit its check sum");
  if (version !== VERSION) throw loadErrors.version(version, VERSION);
  const header: Header = {
    segments: view.getUint32(12, true),
    codeBytes: Number(view.getBigUint64(16, true)),
    fileBytes: Number(view.getBigUint64(24, true)),
    codeSum: view.getUint32(32, true),
  };
  const least = HEADER_BYTES + padded(header.codeBytes) + padded(header.segments * 4);
  if (!(least <= header.fileBytes)) {
    throw loadErrors.damaged(
      `its header announces ${header.codeBytes} codec bytes and ${header.segments} segments in ` +
        `${header.fileBytes} bytes`,
    );
  }
  return header;
}
