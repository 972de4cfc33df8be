/**
 * A hash of what a value contains: equal content, equal hash, in every thread, program and machine.
 *
 * @module
 */

import { createHash, hash as digestOf } from "node:crypto";
import { Shareable } from "@polycore/sync";
import { SharedArray, Value } from "@polycore/shm";
import { functionKey } from "./function_key.ts";
import { memoryErrors } from "./memory_errors.ts";

/**
 * Of what the runtime has, the fastest that needs no instructions of the processor's own and cannot
 * collide by chance: 100 MB take 80 ms here, MD5 (joblib's) 150 ms.
 */
const ALGORITHM = "blake2b512";
/** Bytes of a digest that are used. */
const DIGEST = 32;
/** What is longer is replaced by its digest. */
const LONGEST = 512;
/** Bytes that the algorithm is given at once. */
const PIECE = 2 ** 28;

/** What a piece of the canonical form is. */
const TAG = {
  undefined: 0,
  null: 1,
  false: 2,
  true: 3,
  number: 4,
  bigint: 5,
  text: 6,
  brokenText: 7,
  hole: 8,
  array: 9,
  object: 10,
  map: 11,
  set: 12,
  bytes: 13,
  date: 14,
  regexp: 15,
  boxed: 16,
  error: 17,
  function: 18,
  partial: 19,
  shared: 20,
  digest: 21,
  reference: 22,
} as const;

/** An object was met inside itself. */
const CYCLE = Symbol("cycle");

const typeNameOf = Object.getOwnPropertyDescriptor(
  Object.getPrototypeOf(Uint8Array.prototype),
  Symbol.toStringTag,
)!.get!;
const encoder = new TextEncoder();

/**
 * The hash of a value: 32 hexadecimal digits that depend on the content alone. joblib's `hash`.
 *
 * Any value that can be sent has one, but for locks, queues and the like, which have no content. The
 * order of the keys of an object, Map or Set does not matter; an object counts with the name of its
 * class; a typed array with its type and bytes; a `Value` or `SharedArray` with its typecode and numbers;
 * a function with its module and text. Whether an object occurs twice or has an equal twin does not
 * matter, unless something in the value contains itself.
 *
 * @returns The same text in every thread, program and machine.
 * @throws {TypeError} If there is something inside of which no hash can be made; the message has its path.
 * @throws {RangeError} If the value is nested too deeply for the stack.
 * @example
 * ```ts
 * import { hash } from "@polycore/pool";
 * import { assertEquals, assertNotEquals } from "@std/assert";
 *
 * assertEquals(hash({ a: 1, b: [2, 3] }), hash({ b: [2, 3], a: 1 }));
 * assertNotEquals(hash(new Float64Array(4)), hash(new Float32Array(8)));
 * ```
 */
export function hash(value: unknown): string {
  try {
    return hashIn(value, new Set());
  } catch (error) {
    throw error instanceof RangeError && /call stack/.test(error.message)
      ? memoryErrors.tooDeep()
      : error;
  }
}

/** The hash of a value inside Maps and Sets whose keys are being put in order. */
function hashIn(value: unknown, ordering: Set<object>): string {
  try {
    return new Form(ordering, undefined).hash(value);
  } catch (error) {
    if (error !== CYCLE) throw error;
    return new Form(ordering, new Map()).hash(value);
  }
}

function digest(bytes: Uint8Array): Uint8Array {
  if (bytes.length <= PIECE) return digestOf(ALGORITHM, bytes, "buffer").subarray(0, DIGEST);
  const whole = createHash(ALGORITHM);
  for (let at = 0; at < bytes.length; at += PIECE) whole.update(bytes.subarray(at, at + PIECE));
  return whole.digest().subarray(0, DIGEST);
}

/** The canonical form of a value, in which what is long is replaced by its digest. */
class Form {
  #bytes = new Uint8Array(1024);
  #view = new DataView(this.#bytes.buffer);
  #at = 0;
  /** Where we are in the value. */
  #trail: PropertyKey[] = [];
  #open = new Set<object>();
  /** The digests of objects that were long, in case they occur again. */
  #digests = new Map<object, Uint8Array>();
  /** Maps and Sets whose keys are being put in order. */
  #ordering: Set<object>;
  /** In a value that contains itself: the number of each object. */
  #numbers: Map<object, number> | undefined;

  constructor(ordering: Set<object>, numbers: Map<object, number> | undefined) {
    this.#ordering = ordering;
    this.#numbers = numbers;
  }

  hash(value: unknown): string {
    this.#put(value);
    const bytes = digestOf(ALGORITHM, this.#bytes.subarray(0, this.#at), "buffer");
    return bytes.subarray(0, 16).toHex();
  }

  /** Make room for so many bytes. */
  #reserve(count: number): void {
    if (this.#at + count <= this.#bytes.length) return;
    const bytes = new Uint8Array(Math.max(this.#bytes.length * 2, this.#at + count));
    bytes.set(this.#bytes.subarray(0, this.#at));
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer);
  }

  #tag(tag: number): void {
    this.#reserve(1);
    this.#bytes[this.#at++] = tag;
  }

  #number(value: number): void {
    this.#reserve(8);
    // There are many NaN, and which one it is cannot be seen.
    if (Number.isNaN(value)) this.#view.setBigUint64(this.#at, 0x7ff8000000000000n);
    else this.#view.setFloat64(this.#at, value);
    this.#at += 8;
  }

  /** Bytes with their number before them. */
  #put8(bytes: Uint8Array): void {
    this.#number(bytes.length);
    const long = bytes.length > LONGEST;
    const part = long ? digest(bytes) : bytes;
    this.#reserve(part.length);
    this.#bytes.set(part, this.#at);
    this.#at += part.length;
  }

  #text(text: string): void {
    if (text.isWellFormed()) {
      this.#tag(TAG.text);
      return this.#put8(encoder.encode(text));
    }
    this.#tag(TAG.brokenText); // UTF-8 would make all lone surrogates equal
    this.#put8(new Uint8Array(Uint16Array.from(text, (_, i) => text.charCodeAt(i)).buffer));
  }

  #put(value: unknown): void {
    switch (typeof value) {
      case "string":
        return this.#text(value);
      case "number":
        this.#tag(TAG.number);
        return this.#number(value);
      case "boolean":
        return this.#tag(value ? TAG.true : TAG.false);
      case "undefined":
        return this.#tag(TAG.undefined);
      case "bigint":
        this.#tag(TAG.bigint);
        return this.#text(value.toString(16));
      case "symbol":
        throw this.#refuse("a symbol", "pass a text");
    }
    if (value === null) return this.#tag(TAG.null);
    this.#object(value as object);
  }

  /** The value of a property or element. */
  #child(key: PropertyKey, value: unknown): void {
    this.#trail.push(key);
    this.#put(value);
    this.#trail.pop();
  }

  #object(object: object): void {
    const known = this.#digests.get(object);
    if (known) return this.#putDigest(known);
    if (this.#numbers) {
      const number = this.#numbers.get(object);
      if (number !== undefined) {
        this.#tag(TAG.reference);
        return this.#number(number);
      }
      this.#numbers.set(object, this.#numbers.size);
    } else if (this.#open.has(object)) throw CYCLE;
    this.#open.add(object);
    const begin = this.#at;
    this.#content(object);
    this.#open.delete(object);
    if (this.#at - begin <= LONGEST) return;
    const short = digest(this.#bytes.subarray(begin, this.#at));
    if (!this.#numbers) this.#digests.set(object, short);
    this.#at = begin;
    this.#putDigest(short);
  }

  #putDigest(short: Uint8Array): void {
    this.#tag(TAG.digest);
    this.#reserve(DIGEST);
    this.#bytes.set(short, this.#at);
    this.#at += DIGEST;
  }

  #content(object: object): void {
    if (Array.isArray(object)) return this.#array(object);
    if (typeof object === "function") return this.#function(object as () => void);
    const prototype = Object.getPrototypeOf(object);
    if (prototype === Object.prototype || prototype === null) {
      this.#tag(TAG.object);
      this.#text("");
      return this.#fields(object);
    }
    if (ArrayBuffer.isView(object)) {
      return this.#buffer(
        typeNameOf.call(object) as string | undefined ?? "DataView",
        new Uint8Array(object.buffer, object.byteOffset, object.byteLength),
      );
    }
    if (object instanceof ArrayBuffer || object instanceof SharedArrayBuffer) {
      const name = object instanceof ArrayBuffer ? "ArrayBuffer" : "SharedArrayBuffer";
      return this.#buffer(name, new Uint8Array(object));
    }
    if (object instanceof Map) return this.#entries(TAG.map, object, object);
    if (object instanceof Set) return this.#entries(TAG.set, object, undefined);
    if (object instanceof Date) {
      this.#tag(TAG.date);
      return this.#number(object.getTime());
    }
    if (object instanceof RegExp) {
      this.#tag(TAG.regexp);
      this.#text(object.source);
      return this.#text(object.flags);
    }
    if (object instanceof Error) return this.#error(object);
    if (object instanceof SharedArray || object instanceof Value) return this.#shared(object);
    if (
      object instanceof Number || object instanceof String || object instanceof Boolean ||
      object instanceof BigInt
    ) {
      this.#tag(TAG.boxed);
      return this.#put(object.valueOf());
    }
    this.#instance(object);
  }

  #array(array: readonly unknown[]): void {
    this.#tag(TAG.array);
    this.#number(array.length);
    for (let i = 0; i < array.length; i++) {
      const value = array[i];
      if (typeof value === "number") this.#put(value);
      else if (value === undefined && !(i in array)) this.#tag(TAG.hole);
      else this.#child(i, value);
    }
  }

  /** The properties in the order of their keys. */
  #fields(object: object): void {
    const keys = Object.keys(object).sort();
    this.#number(keys.length);
    for (const key of keys) {
      this.#text(key);
      this.#child(key, (object as Record<string, unknown>)[key]);
    }
  }

  #buffer(name: string, bytes: Uint8Array): void {
    this.#tag(TAG.bytes);
    this.#text(name);
    this.#put8(bytes);
  }

  /** What a Map or Set contains, in an order that depends on the content only. */
  #entries(tag: number, keys: Iterable<unknown>, map: Map<unknown, unknown> | undefined): void {
    const collection = keys as Set<unknown>;
    this.#tag(tag);
    this.#number(collection.size);
    for (const key of this.#inOrder(collection, map)) {
      this.#child("key", key);
      if (map) this.#child(typeof key === "string" ? key : "value", map.get(key));
    }
  }

  #inOrder(keys: Iterable<unknown>, map: Map<unknown, unknown> | undefined): unknown[] {
    const all = map ? [...map.keys()] : [...keys];
    if (this.#ordering.has(keys)) return all; // a key contains this Map: take them as they come
    this.#ordering.add(keys);
    const hashes = all.map((key): [string, unknown] => [this.#orderOf(key), key]);
    hashes.sort(([a, x], [b, y]) => {
      if (a !== b) return a < b ? -1 : 1;
      return map && this.#orderOf(map.get(x)) < this.#orderOf(map.get(y)) ? -1 : 1; // equal twins
    });
    this.#ordering.delete(keys);
    return hashes.map(([, key]) => key);
  }

  #orderOf(key: unknown): string {
    const plain = typeof key !== "object" && typeof key !== "function" && typeof key !== "symbol";
    return plain || key === null ? `${typeof key} ${key}` : `~${hashIn(key, this.#ordering)}`;
  }

  #error(error: Error): void {
    this.#tag(TAG.error);
    this.#text(error.name);
    this.#text(error.message);
    this.#child("cause", error.cause);
    this.#child("errors", (error as AggregateError).errors);
    this.#fields(error);
  }

  #shared(object: object): void {
    const { typecode, view } = object as { typecode: string; view: ArrayBufferView };
    this.#tag(TAG.shared);
    this.#text(typecode);
    this.#put8(new Uint8Array(view.buffer, view.byteOffset, view.byteLength));
  }

  #function(fn: () => void): void {
    const key = functionKey(fn);
    if (typeof key === "string") {
      this.#tag(TAG.function);
      return this.#text(key);
    }
    if ("refused" in key) throw this.#refuse(key.refused, key.wayOut);
    this.#tag(TAG.partial);
    this.#put(key.fn);
    this.#put(key.args);
  }

  /** An object of a class: the class's name, and its own properties. */
  #instance(object: object): void {
    const name = object.constructor?.name ?? "";
    if (object instanceof Shareable) {
      throw this.#refuse(`a ${name}, which has no content`, "pass what it guards or carries");
    }
    for (
      let ancestor = Object.getPrototypeOf(object);
      ancestor !== null && ancestor !== Object.prototype;
      ancestor = Object.getPrototypeOf(ancestor)
    ) {
      const source = String(Object.getOwnPropertyDescriptor(ancestor, "constructor")?.value);
      if (source.endsWith("{ [native code] }") || /#[\p{ID_Start}$_]/u.test(source)) {
        throw this.#refuse(
          `an object of the class ${name}, whose inside cannot be seen`,
          "pass what you need of it as plain data",
        );
      }
    }
    this.#tag(TAG.object);
    this.#text(`class ${name}`);
    this.#fields(object);
  }

  #refuse(what: string, wayOut: string): Error {
    return memoryErrors.unhashable(this.#trail, what, wayOut);
  }
}
