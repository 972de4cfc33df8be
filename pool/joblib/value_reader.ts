/**
 * A value from codec bytes that nobody vouches for.
 *
 * Each length is compared with the bytes that are left before anything is made, each read moves
 * forward, nesting ends at a fixed depth, and what the objects take is counted. Nothing read here
 * is run: classes are the runtime's own, found in a table, and no setter is called.
 *
 * @module
 */

import { SharedArray, type TypeCode } from "@polycore/shm";
import { RemoteError } from "@polycore/shm/internal";
import { HeapFullError } from "@polycore/sync";
import { announced, ByteReader } from "./byte_reader.ts";
import * as tag from "./container.ts";
import { LoadError, loadErrors } from "./container_errors.ts";

/** Bytes that an object takes beyond the least, and a field of one with few and with many. */
const PLAIN_COST = 24, FIELD_COST = 8, ENTRY_COST = 48;

/** Objects with more fields are tables. */
const FEW_FIELDS = 128;

/** Bytes that V8 keeps for a key that it did not know. */
const KEY_COST = 64;

/** Arrays up to this length are made at once, which takes no more room than they need. */
const MADE_WHOLE = 1 << 16;

/** Bytes that a Map, a Set or an array with its buffer takes at least, as measured on V8. */
const COLLECTION_COST = 160;

/** Up to so many places for each element an array is kept as it is, and not as a table. */
const DENSE = 16;

/** The typecodes of {@linkcode tag.ARRAY_TYPES}; those without one are in no SharedArray. */
const TYPECODES: readonly string[] = [..."bB hHiIqQfd   "].map((code) => code.trim());

const ERRORS: Map<string, ErrorConstructor> = new Map(
  [
    Error,
    EvalError,
    RangeError,
    ReferenceError,
    SyntaxError,
    TypeError,
    URIError,
    AggregateError,
    SuppressedError,
  ].map((cls) => [cls.name, cls as unknown as ErrorConstructor]),
);

/** Where the segments' bytes go. */
export interface Segments {
  /** The bytes of the arrays that were made for them, in their order in the file. */
  targets: Uint8Array[];
  /** The SharedArrays among the arrays. */
  shared: SharedArray[];
}

class ValueReader extends ByteReader implements Segments {
  readonly targets: Uint8Array[] = [];
  readonly shared: SharedArray[] = [];
  #objects: unknown[] = [];
  #keys: string[] = [];
  #depth = 0;
  #segmentBytes: number;
  #intoShared: boolean;

  constructor(
    bytes: Uint8Array<ArrayBuffer>,
    segmentBytes: number,
    intoShared: boolean,
    allowed: number | undefined,
  ) {
    super(bytes, allowed);
    this.#segmentBytes = segmentBytes;
    this.#intoShared = intoShared;
  }

  /** The whole value. */
  readAll(): unknown {
    const value = this.#next();
    if (!this.ended) throw this.damaged("something follows the value");
    if (this.#segmentBytes !== 0) throw this.damaged("it has segments that nothing refers to");
    return value;
  }

  /** The next value, which must be a string. */
  #string(): string {
    const value = this.#next();
    if (typeof value !== "string") throw this.damaged("no string where one should be");
    return value;
  }

  #next(): unknown {
    const kind = this.byte();
    switch (kind) {
      case tag.UNDEFINED:
        return undefined;
      case tag.NULL:
        return null;
      case tag.TRUE:
        return true;
      case tag.FALSE:
        return false;
      case tag.INT32: {
        const zigzag = this.count();
        return zigzag >>> 1 ^ -(zigzag & 1);
      }
      case tag.DOUBLE:
        return this.heapDouble();
      case tag.LATIN1:
      case tag.UTF8:
      case tag.UTF16:
        return this.text(kind);
      case tag.BIGINT:
        return this.#bigint();
      case tag.REF: {
        const number = this.count();
        if (number >= this.#objects.length) throw this.damaged("a reference to nothing");
        return this.#objects[number];
      }
      default:
        return this.#nested(kind);
    }
  }

  #bigint(): bigint {
    const negative = this.byte() === 1, digits = this.#string();
    if (!/^[0-9a-f]+$/.test(digits)) throw this.damaged("a bigint of other signs than digits");
    return BigInt("0x" + digits) * (negative ? -1n : 1n);
  }

  #nested(kind: number): unknown {
    if (++this.#depth > tag.DEEPEST) throw this.damaged("objects are nested too deeply");
    const object = this.#object(kind);
    this.#depth--;
    return object;
  }

  #met<T>(object: T): T {
    this.#objects.push(object);
    return object;
  }

  #object(kind: number): unknown {
    switch (kind) {
      case tag.OBJECT:
        return this.#fields(this.#met({}), true);
      case tag.ARRAY:
        return this.#array();
      case tag.NUMBERS:
        return this.#numbers();
      case tag.ARRAY_HOLEY:
        return this.#holey();
      case tag.MAP:
        return this.#map();
      case tag.SET:
        return this.#set();
      case tag.DATE:
        this.expect(8);
        return this.#met(new Date(this.double()));
      case tag.REGEXP:
        return this.#leaf(() => new RegExp(this.#string(), this.#string()));
      case tag.BOXED:
        return this.#leaf(() => this.#boxed());
      case tag.BYTES:
        return this.#inline();
      case tag.SEGMENT:
        return this.#segment();
      case tag.ERROR:
        return this.#error();
      default:
        throw this.damaged(`${kind} is the tag of nothing`);
    }
  }

  /** An object that is made of what follows, which does not refer to it. */
  #leaf<T>(make: () => T): T {
    const number = this.#objects.push(undefined) - 1;
    this.expect(2, PLAIN_COST);
    return this.#objects[number] = make() as T;
  }

  #boxed(): unknown {
    const value = this.#next();
    if (typeof value === "object") throw this.damaged("a boxed object");
    return Object(value);
  }

  #fields(object: object, enumerable: boolean): object {
    const count = this.count();
    this.expect(count * 2, PLAIN_COST + count * (count > FEW_FIELDS ? ENTRY_COST : FIELD_COST));
    for (let i = 0; i < count; i++) {
      const key = this.#key(), value = this.#next();
      if (enumerable && key !== "__proto__") (object as Record<string, unknown>)[key] = value;
      else {Object.defineProperty(object, key, {
          value,
          enumerable,
          writable: true,
          configurable: true,
        });}
    }
    return object;
  }

  #key(): string {
    const number = this.count();
    if (number === 0) {
      const key = this.#string();
      this.spend(KEY_COST);
      this.#keys.push(key);
      return key;
    }
    const key = this.#keys[number - 1];
    if (key === undefined) throw this.damaged("a key that did not occur before");
    return key;
  }

  #array(): unknown[] {
    const length = this.count();
    this.expect(length, PLAIN_COST + length * 8);
    const whole = length <= MADE_WHOLE;
    const array: unknown[] = this.#met(whole ? new Array(length) : []);
    for (let i = 0; i < length; i++) array[i] = this.#next();
    return array;
  }

  #numbers(): number[] {
    const length = this.count();
    this.expect(length * 8, length * 8);
    const array: number[] = this.#met(new Array(length));
    for (let i = 0; i < length; i++) array[i] = this.double();
    return array;
  }

  #holey(): unknown[] {
    const length = this.count(), count = this.count();
    if (length >= 2 ** 32 || count > length) throw this.damaged(`an array of ${length} elements`);
    const dense = length <= count * DENSE;
    this.expect(count * 2, PLAIN_COST + (dense ? length * 8 : count * ENTRY_COST));
    const array: unknown[] = this.#met([]);
    if (!dense) array.length = 2 ** 32 - 1; // now V8 keeps a table, and no room for the holes
    array.length = length;
    for (let i = 0; i < count; i++) {
      const index = this.count();
      if (index >= length) throw this.damaged("an element behind the end of its array");
      array[index] = this.#next();
    }
    return array;
  }

  #map(): Map<unknown, unknown> {
    const count = this.count();
    this.expect(count * 2, COLLECTION_COST + count * 40);
    const map = this.#met(new Map());
    for (let i = 0; i < count; i++) map.set(this.#next(), this.#next());
    return map;
  }

  #set(): Set<unknown> {
    const count = this.count();
    this.expect(count, COLLECTION_COST + count * 30);
    const set = this.#met(new Set());
    for (let i = 0; i < count; i++) set.add(this.#next());
    return set;
  }

  /** The type and number of bytes of an array, which fit each other. */
  #typeAndBytes(): { type: number; bytes: number } {
    const type = this.byte() & ~tag.WAS_SHARED, bytes = this.count();
    const cls = tag.ARRAY_TYPES[type];
    if (cls === undefined) throw this.damaged(`${type} is no type of elements`);
    const size = "BYTES_PER_ELEMENT" in cls ? cls.BYTES_PER_ELEMENT : 1;
    if (bytes % size !== 0) throw this.damaged(`${bytes} bytes of elements of ${size}`);
    return { type, bytes };
  }

  #inline(): unknown {
    const { type, bytes } = this.#typeAndBytes();
    this.expect(bytes, COLLECTION_COST);
    const buffer = new ArrayBuffer(bytes);
    new Uint8Array(buffer).set(this.take(bytes));
    return this.#met(arrayOn(buffer, type));
  }

  #segment(): unknown {
    const { type, bytes } = this.#typeAndBytes();
    this.expect(0, COLLECTION_COST);
    this.#segmentBytes -= tag.padded(bytes);
    if (!(this.#segmentBytes >= 0)) {
      throw this.damaged(`an array of ${bytes} bytes that is not there`);
    }
    const typecode = TYPECODES[type]!;
    if (!this.#intoShared || typecode === "") {
      const buffer = announced(bytes);
      this.targets.push(new Uint8Array(buffer));
      return this.#met(arrayOn(buffer, type));
    }
    const size = (tag.ARRAY_TYPES[type] as typeof Uint8Array).BYTES_PER_ELEMENT;
    const array = new SharedArray(typecode as TypeCode, bytes / size);
    this.shared.push(array);
    this.targets.push(new Uint8Array(array.view.buffer, array.view.byteOffset, bytes));
    return this.#met(array);
  }

  #error(): Error {
    const number = this.#objects.push(undefined) - 1;
    const className = this.#string(), name = this.#string(), message = this.#string();
    this.expect(2, COLLECTION_COST);
    const frames = Error.stackTraceLimit;
    Error.stackTraceLimit = 0; // the stack is the one in the file
    const cls = ERRORS.get(className) ?? RemoteError;
    const error: Error = Reflect.construct(Error, message === "" ? [] : [message], cls);
    Error.stackTraceLimit = frames;
    if (cls === RemoteError) Object.assign(error, { name, className });
    this.#objects[number] = error;
    const stack = this.#next();
    if (typeof stack === "string") {
      Object.defineProperty(error, "stack", { value: stack, writable: true, configurable: true });
    }
    this.#fields(error, false);
    return this.#fields(error, true) as Error;
  }
}

/** An array of a type on a buffer. */
function arrayOn(buffer: ArrayBuffer, type: number): unknown {
  const cls = tag.ARRAY_TYPES[type]!;
  return cls === ArrayBuffer ? buffer : new (cls as typeof Uint8Array)(buffer);
}

/**
 * Read a value.
 *
 * @param bytes The codec bytes.
 * @param segmentBytes How many bytes all segments together have, each padded.
 * @param intoShared Whether the segments become SharedArrays where their elements have a typecode.
 * @param allowed How many bytes of the JavaScript heap the objects may take; by default a half of it.
 * @returns The value, whose large arrays are still to be filled.
 * @throws {LoadError} If the bytes are damaged.
 */
export function readValue(
  bytes: Uint8Array<ArrayBuffer>,
  segmentBytes: number,
  intoShared = false,
  allowed?: number,
): { value: unknown } & Segments {
  const reader = new ValueReader(bytes, segmentBytes, intoShared, allowed);
  try {
    const value = reader.readAll();
    return { value, targets: reader.targets, shared: reader.shared };
  } catch (error) {
    for (const array of reader.shared) array.dispose();
    if (error instanceof LoadError || error instanceof HeapFullError) throw error;
    throw loadErrors.damaged(`${(error as Error).message.replace(/\.$/, "")}`, error);
  }
}
