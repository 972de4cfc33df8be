/**
 * The bytes of a message: which part of a buffer is meant, and where it fits.
 *
 * @module
 */

import { errors } from "./errors.ts";

/**
 * Something with bytes in it: a buffer, or a view on one.
 *
 * @example
 * ```ts
 * import { type Bytes, Pipe } from "@polycore/shm";
 * import { assertEquals } from "@std/assert";
 *
 * const [a, b] = Pipe();
 * const sources: Bytes[] = [new Uint8Array(3), new ArrayBuffer(3), new Uint16Array(2)];
 * for (const source of sources) a.sendBytes(source);
 * assertEquals(sources.map(() => b.recvBytes().length), [3, 3, 4]);
 * ```
 */
export type Bytes = ArrayBufferView<ArrayBufferLike> | ArrayBufferLike;

/** All bytes of something, on the same memory. */
export function bytesOf(what: string, source: Bytes): Uint8Array<ArrayBufferLike> {
  if (ArrayBuffer.isView(source)) {
    return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
  }
  if (source instanceof ArrayBuffer || source instanceof SharedArrayBuffer) {
    return new Uint8Array(source);
  }
  throw errors.bytesLike(what, source);
}

function wholeNumber(what: string, value: unknown): void {
  if (!Number.isSafeInteger(value)) throw errors.wholeNumber(what, value);
}

/** A copy of the part that is to be sent; throws when there is no such part. */
export function partToSend(source: Bytes, offset: number, size: number | undefined): Uint8Array {
  const bytes = bytesOf("buf", source);
  const length = bytes.length;
  wholeNumber("offset", offset);
  if (offset < 0) throw errors.badPart("offset is negative", length, offset, size);
  if (length < offset) throw errors.badPart("buffer length < offset", length, offset, size);
  if (size === undefined) return bytes.slice(offset);
  wholeNumber("size", size);
  if (size < 0) throw errors.badPart("size is negative", length, offset, size);
  if (length < offset + size) {
    throw errors.badPart("buffer length < offset + size", length, offset, size);
  }
  return bytes.slice(offset, offset + size);
}

/** The place for a message; throws when there can be none. */
export function placeFor(target: Bytes, offset: number): Uint8Array<ArrayBufferLike> {
  const bytes = bytesOf("buf", target);
  wholeNumber("offset", offset);
  if (offset < 0) throw errors.badPart("negative offset", bytes.length, offset);
  if (offset > bytes.length) throw errors.badPart("offset too large", bytes.length, offset);
  return bytes.subarray(offset);
}

/** Throws if a bound for a message is none. */
export function checkMaxlength(maxlength: number | undefined): void {
  if (maxlength === undefined || maxlength === Infinity) return;
  wholeNumber("maxlength", maxlength);
  if (maxlength < 0) throw errors.negativeMaxlength(maxlength);
}

/** The bytes of a message that was received; throws, with the message as cause, if it has none. */
export function bytesReceived(message: unknown): Uint8Array {
  if (message instanceof Uint8Array) return message;
  throw errors.notBytes(message);
}
