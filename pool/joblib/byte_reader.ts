/**
 * Codec bytes that nobody vouches for, read from the first to the last.
 *
 * @module
 */

import { Buffer } from "node:buffer";
import { getHeapStatistics } from "node:v8";
import { HEADER_BYTES, UTF16, UTF8 } from "./container.ts";
import { type LoadError, loadErrors } from "./container_errors.ts";

/** The share of the JavaScript heap that the objects of one file may take, by what is counted here. */
const HEAP_SHARE = 0.5;

/** Bytes that the least object or text takes, with its place in the list of objects: measured on V8. */
const OBJECT_COST = 32;

/** Bytes of a number that is not whole. */
const DOUBLE_COST = 16;

/** How much the objects of a file may take. */
function heapShare(): number {
  return getHeapStatistics().heap_size_limit * HEAP_SHARE;
}

/** Buffer's methods that read a part of it as a string; not all are in Deno's types. */
interface Slices {
  latin1Slice(from: number, to: number): string;
  ucs2Slice(from: number, to: number): string;
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Reads numbers and texts; each read moves forward, and none goes behind the end. */
export class ByteReader {
  #at = 0;
  #cost = 0;
  #allowed: number;
  #bytes: Uint8Array<ArrayBuffer>;
  #view: DataView;
  #buffer: Slices;

  /** Begin with the first of the bytes. */
  constructor(bytes: Uint8Array<ArrayBuffer>, allowed: number = heapShare()) {
    this.#allowed = allowed;
    const { buffer, byteOffset, byteLength } = bytes;
    this.#bytes = bytes;
    this.#view = new DataView(buffer, byteOffset, byteLength);
    this.#buffer = Buffer.from(buffer, byteOffset, byteLength) as unknown as Slices;
  }

  /** Whether all bytes were read. */
  get ended(): boolean {
    return this.#at === this.#bytes.length;
  }

  /** The error that says where in the file something is wrong. */
  damaged(what: string): LoadError {
    return loadErrors.damaged(`${what}, at byte ${HEADER_BYTES + this.#at}`);
  }

  /** Throw unless so many bytes are left; what they stand for takes so much and an object's cost. */
  expect(bytes: number, cost = 0): void {
    const left = this.#bytes.length - this.#at;
    if (!(bytes <= left)) throw this.damaged(`a length of ${bytes} bytes where ${left} are left`);
    this.spend(OBJECT_COST + cost);
  }

  /** Count what something takes, and throw when that is too much for the heap. */
  spend(cost: number): void {
    this.#cost += cost;
    if (this.#cost > this.#allowed) throw loadErrors.tooManyObjects(Math.floor(this.#allowed));
  }

  /** The next byte. */
  byte(): number {
    if (this.ended) throw this.damaged("the value has no end");
    return this.#bytes[this.#at++]!;
  }

  /** The next number of 7 bits to a byte. */
  count(): number {
    let count = 0;
    for (let factor = 1; factor < 2 ** 53; factor *= 128) {
      const byte = this.byte();
      count += byte % 128 * factor;
      if (byte < 128) return count;
    }
    throw this.damaged("a number without end");
  }

  /** The next 8 bytes as a number that is an object of its own. */
  heapDouble(): number {
    this.spend(DOUBLE_COST);
    return this.double();
  }

  /** The next 8 bytes as a number. */
  double(): number {
    this.#at += 8;
    if (this.#at > this.#bytes.length) throw this.damaged("half a number");
    return this.#view.getFloat64(this.#at - 8, true);
  }

  /** The next bytes, which {@linkcode expect} has found to be there. */
  take(bytes: number): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(this.#at, this.#at += bytes);
  }

  /** A text of one of the three kinds. */
  text(kind: number): string {
    const length = this.count() * (kind === UTF16 ? 2 : 1);
    this.expect(length, length);
    if (kind === UTF8) return utf8.decode(this.take(length));
    const from = this.#at, to = this.#at += length;
    return kind === UTF16 ? this.#buffer.ucs2Slice(from, to) : this.#buffer.latin1Slice(from, to);
  }
}

/** Memory for so many bytes that a file announces. */
export function announced(bytes: number): ArrayBuffer {
  try {
    return new ArrayBuffer(bytes);
  } catch (error) {
    throw loadErrors.memory(bytes, error);
  }
}
