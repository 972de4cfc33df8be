/**
 * A value as codec bytes and segments: one walk, nothing large is copied.
 *
 * The words in which values pass between threads are no file format: they hold numbers of tables and
 * addresses of this very program. So files have bytes of their own, which stand for themselves.
 *
 * @module
 */

import { Buffer } from "node:buffer";
import { SharedArray } from "@polycore/shm";
import { pathTo, refusalOf, UncloneableError } from "@polycore/shm/internal";
import { Shareable } from "@polycore/sync";
import * as tag from "./container.ts";
import { callErrors } from "./container_errors.ts";

/** Bytes of a piece of codec bytes; the first is smaller. */
const PIECE = 1 << 20, FIRST_PIECE = 1 << 13;

/** Up to this length strings are packed by hand. */
const SHORT = 32;

/** What is written: the codec bytes in pieces, and the bytes of the large arrays where they are. */
export interface Written {
  /** The codec bytes. */
  pieces: Uint8Array[];
  /** The segments. */
  segments: Uint8Array[];
}

/** Why a value inside cannot be saved. */
class Unsavable {
  constructor(readonly offender: unknown, readonly what: string, readonly wayOut: string) {}
}

/** Buffer's methods that write a string; not all are in Deno's types. */
interface Slices {
  latin1Write(text: string, at: number, length: number): number;
  ucs2Write(text: string, at: number, length: number): number;
}

/** Fields of errors that are saved although they are not enumerable. */
const HIDDEN = ["name", "cause", "errors", "error", "suppressed"];

const isOwnEnumerable = Object.prototype.propertyIsEnumerable;

class ValueWriter {
  readonly pieces: Uint8Array[] = [];
  readonly segments: Uint8Array[] = [];
  #numbers = new Map<object, number>();
  #keys = new Map<string, number>();
  #depth = 0;
  #bytes!: Uint8Array;
  #view!: DataView;
  #buffer!: Slices;
  #at = 0;

  constructor() {
    this.#use(FIRST_PIECE);
  }

  #use(length: number): void {
    this.#bytes = new Uint8Array(length);
    this.#view = new DataView(this.#bytes.buffer);
    this.#buffer = Buffer.from(this.#bytes.buffer as ArrayBuffer) as unknown as Slices;
    this.#at = 0;
  }

  /** Make room for so many bytes in one piece. */
  #room(bytes: number): void {
    if (this.#at + bytes <= this.#bytes.length) return;
    this.flush();
    this.#use(Math.max(PIECE, bytes));
  }

  flush(): void {
    if (this.#at > 0) this.pieces.push(this.#bytes.subarray(0, this.#at));
  }

  #byte(byte: number): void {
    this.#room(1);
    this.#bytes[this.#at++] = byte;
  }

  /** A count: 7 bits in each byte, the lowest first. */
  #count(count: number): void {
    this.#room(8);
    while (count > 127) {
      this.#bytes[this.#at++] = count % 128 | 128;
      count = Math.floor(count / 128);
    }
    this.#bytes[this.#at++] = count;
  }

  #double(value: number): void {
    this.#room(8);
    this.#view.setFloat64(this.#at, value, true);
    this.#at += 8;
  }

  #raw(bytes: Uint8Array): void {
    this.#room(bytes.length);
    this.#bytes.set(bytes, this.#at);
    this.#at += bytes.length;
  }

  write(value: unknown): void {
    switch (typeof value) {
      case "number":
        return this.#number(value);
      case "string":
        return this.#string(value);
      case "object":
        return value === null ? this.#byte(tag.NULL) : this.#object(value);
      case "undefined":
        return this.#byte(tag.UNDEFINED);
      case "boolean":
        return this.#byte(value ? tag.TRUE : tag.FALSE);
      case "bigint":
        this.#byte(tag.BIGINT);
        this.#byte(value < 0n ? 1 : 0);
        return this.#string((value < 0n ? -value : value).toString(16));
      case "function":
        throw new Unsavable(value, `a function ("${value.name}")`, "save what it gave instead");
      default:
        throw new Unsavable(value, `a symbol (${String(value)})`, "save a string in its place");
    }
  }

  #number(value: number): void {
    const whole = value | 0;
    if (Object.is(whole, value)) {
      this.#byte(tag.INT32);
      this.#count((whole << 1 ^ whole >> 31) >>> 0);
    } else {
      this.#byte(tag.DOUBLE);
      this.#double(value);
    }
  }

  #string(text: string): void {
    const length = text.length;
    if (!/^[\0-\xff]*$/.test(text)) return this.#wide(text);
    this.#byte(tag.LATIN1);
    this.#count(length);
    this.#room(length);
    if (length > SHORT) {
      this.#buffer.latin1Write(text, this.#at, length);
    } else {
      for (let i = 0; i < length; i++) this.#bytes[this.#at + i] = text.charCodeAt(i);
    }
    this.#at += length;
  }

  #wide(text: string): void {
    if (text.isWellFormed()) {
      const bytes = new TextEncoder().encode(text);
      this.#byte(tag.UTF8);
      this.#count(bytes.length);
      return this.#raw(bytes);
    }
    this.#byte(tag.UTF16);
    this.#count(text.length);
    this.#room(text.length * 2);
    this.#buffer.ucs2Write(text, this.#at, text.length * 2);
    this.#at += text.length * 2;
  }

  /** A key: what occurs again is its number. */
  #key(key: string): void {
    const known = this.#keys.get(key);
    this.#count(known ?? 0);
    if (known !== undefined) return;
    this.#keys.set(key, this.#keys.size + 1);
    this.#string(key);
  }

  #fields(object: object, keys: readonly string[]): void {
    this.#count(keys.length);
    for (const key of keys) {
      this.#key(key);
      this.write((object as Record<string, unknown>)[key]);
    }
  }

  #object(object: object): void {
    const number = this.#numbers.get(object);
    if (number !== undefined) {
      this.#byte(tag.REF);
      return this.#count(number);
    }
    this.#numbers.set(object, this.#numbers.size);
    if (++this.#depth > tag.DEEPEST) throw new UncloneableError(callErrors.tooDeep(tag.DEEPEST));
    if (Array.isArray(object)) this.#array(object);
    else if (ArrayBuffer.isView(object)) this.#bytesOf(object, object.constructor.name);
    else if (object instanceof SharedArray) this.#sharedArray(object);
    else if (object instanceof Map) this.#collection(tag.MAP, object.size, [...object].flat());
    else if (object instanceof Set) this.#collection(tag.SET, object.size, object);
    else if (object instanceof Error) this.#error(object);
    else this.#other(object);
    this.#depth--;
  }

  #collection(kind: number, count: number, elements: Iterable<unknown>): void {
    this.#byte(kind);
    this.#count(count);
    for (const element of elements) this.write(element);
  }

  #array(array: unknown[]): void {
    let numbers = array.length > 0;
    for (let i = 0; i < array.length; i++) {
      const value = array[i];
      if (typeof value === "number") continue;
      if (value === undefined && !(i in array)) return this.#holey(array);
      numbers = false;
    }
    if (!numbers) return this.#collection(tag.ARRAY, array.length, array);
    this.#byte(tag.NUMBERS);
    this.#count(array.length);
    for (const value of array) this.#double(value as number);
  }

  #holey(array: unknown[]): void {
    const indices = Object.keys(array).filter((key) => String(Number(key) >>> 0) === key);
    this.#byte(tag.ARRAY_HOLEY);
    this.#count(array.length);
    this.#count(indices.length);
    for (const index of indices) {
      this.#count(Number(index));
      this.write(array[Number(index)]);
    }
  }

  #bytesOf(view: ArrayBufferView | ArrayBuffer, name: string, mark = 0): void {
    const type = tag.ARRAY_TYPES.findIndex((cls) => cls.name === name);
    if (type < 0) throw new Unsavable(view, `a view of the class ${name}`, "save a typed array");
    if ((view instanceof ArrayBuffer ? view : view.buffer as ArrayBuffer).detached) {
      throw new Unsavable(view, "a detached buffer", "its bytes were transferred away");
    }
    const bytes = view instanceof ArrayBuffer
      ? new Uint8Array(view)
      : new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
    const large = mark !== 0 || bytes.length >= tag.SEGMENT_BYTES;
    this.#byte(large ? tag.SEGMENT : tag.BYTES);
    this.#byte(type | mark);
    this.#count(bytes.length);
    if (large) this.segments.push(bytes);
    else this.#raw(bytes);
  }

  #sharedArray(array: SharedArray): void {
    if (array.disposed) {
      throw new Unsavable(array, "a SharedArray that was disposed of", "save it before");
    }
    this.#bytesOf(array.view, array.view.constructor.name, tag.WAS_SHARED);
  }

  #error(error: Error): void {
    this.#byte(tag.ERROR);
    this.#string(Object.getPrototypeOf(error).constructor?.name ?? "Error");
    this.#string(String(error.name));
    this.#string(String(error.message));
    this.write(typeof error.stack === "string" ? error.stack : undefined);
    const hidden = HIDDEN.filter((key) =>
      Object.hasOwn(error, key) && !isOwnEnumerable.call(error, key)
    );
    this.#fields(error, hidden);
    this.#fields(error, Object.keys(error));
  }

  #other(object: object): void {
    if (object instanceof ArrayBuffer) return this.#bytesOf(object, "ArrayBuffer");
    if (object instanceof Date) {
      this.#byte(tag.DATE);
      return this.#double(object.getTime());
    }
    if (object instanceof RegExp) {
      this.#byte(tag.REGEXP);
      this.#string(object.source);
      return this.#string(object.flags);
    }
    if (isBoxed(object)) {
      this.#byte(tag.BOXED);
      return this.write(object.valueOf());
    }
    if (object instanceof Shareable || object instanceof SharedArrayBuffer) {
      const wayOut = "save what it holds: a number, a SharedArray or a typed array";
      throw new Unsavable(object, `a ${object.constructor.name}, memory of this program`, wayOut);
    }
    const refusal = refusalOf(object);
    if (refusal) throw new Unsavable(object, refusal.what, refusal.wayOut.replace(/^send/, "save"));
    this.#byte(tag.OBJECT);
    this.#fields(object, Object.keys(object));
  }
}

function isBoxed(object: object): boolean {
  return object instanceof Number || object instanceof String || object instanceof Boolean ||
    object instanceof BigInt;
}

/**
 * Write a value.
 *
 * @throws {UncloneableError} If something inside cannot be saved; the message names the path to it.
 */
export function writeValue(value: unknown): Written {
  const writer = new ValueWriter();
  try {
    writer.write(value);
  } catch (error) {
    if (!(error instanceof Unsavable)) throw error;
    const path = pathTo(error.offender, value, "value");
    throw new UncloneableError(callErrors.uncloneable(path, error.what, error.wayOut));
  }
  writer.flush();
  return { pieces: writer.pieces, segments: writer.segments };
}
