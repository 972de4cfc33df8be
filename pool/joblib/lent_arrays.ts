/**
 * Large typed arrays in the arguments of a `Parallel`: each is put into the shared memory once per call,
 * and the workers get views on that instead of copies.
 *
 * @module
 */

import { RawArray } from "@polycore/shm";
import { buffer as memory } from "@polycore/sync/internal";
import { task } from "../task.ts";
import type { DelayedCall } from "./delayed.ts";

/** Arrays of more elements are not searched for typed arrays: looking would cost more than it saves. */
const SEARCHED = 1000;

/** In place of a typed array, on its way to a worker. */
interface Lent {
  /** The class of the array; the key is one that no program has by accident. */
  "polycore: a lent array": string;
  bytes: RawArray<"B">;
}

/** What a worker gets: a call whose lent arrays are to be opened, and whether it is its batch's last. */
type LentCall = [fn: DelayedCall<unknown>[0], args: unknown[], last: boolean];

type TypedArrayClass = new (buffer: ArrayBufferLike, offset: number, length: number) => unknown;

/**
 * The value with something else in place of some objects inside; the same value when there are none.
 * Looks into plain objects and arrays, of results also into Maps and Sets.
 */
function replace(
  value: unknown,
  swap: (object: object) => object | undefined,
  longest: number,
  seen: Map<object, unknown> = new Map(),
): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (seen.has(value)) return seen.get(value);
  seen.set(value, value); // a circle leads to the object itself
  const inside = (part: unknown) => replace(part, swap, longest, seen);
  const result = swap(value) ?? replaceInside(value, inside, longest);
  seen.set(value, result);
  return result;
}

function replaceInside(value: object, inside: (part: unknown) => unknown, longest: number): object {
  if (Array.isArray(value)) {
    if (value.length > longest) return value;
    const changed = value.some((part) => inside(part) !== part);
    return changed ? value.map(inside) : value;
  }
  if (value instanceof Map || value instanceof Set) {
    if (longest < Infinity) return value;
    const parts = inside([...value]) as [];
    return value instanceof Map ? new Map(parts) : new Set(parts);
  }
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return value;
  const entries = Object.entries(value).map(([key, part]) => [key, part, inside(part)] as const);
  if (entries.every(([, part, other]) => part === other)) return value;
  return Object.assign(
    Object.create(prototype),
    Object.fromEntries(entries.map(([key, , other]) => [key, other])),
  );
}

/** Keeps the large arrays of one call of `Parallel`. */
export class Lender implements Disposable {
  readonly #largest: number;
  readonly #lent = new Map<object, Lent>();

  /** Arrays of more than so many bytes are lent. */
  constructor(largest: number) {
    this.#largest = largest;
  }

  /** The inputs for {@linkcode callLent}, or `undefined` when nothing in the batch is large. */
  lend(batch: readonly DelayedCall<unknown>[]): LentCall[] | undefined {
    if (!batch.some(([, args]) => args.some((arg) => typeof arg === "object"))) return undefined;
    let found = false;
    const calls = batch.map(([fn, args], i): LentCall => {
      const lent = args.map((arg) => replace(arg, this.#lendOne, SEARCHED));
      found ||= lent.some((arg, i) => arg !== args[i]);
      return [fn, lent, i === batch.length - 1];
    });
    return found ? calls : undefined;
  }

  readonly #lendOne = (value: object): object | undefined => {
    if (!ArrayBuffer.isView(value) || value instanceof DataView) return undefined;
    const { buffer, byteOffset, byteLength } = value;
    if (byteLength <= this.#largest || !(buffer instanceof ArrayBuffer)) return undefined;
    let lent = this.#lent.get(value);
    if (!lent) {
      const bytes = new RawArray("B", new Uint8Array(buffer, byteOffset, byteLength));
      const name = (value as Uint8Array)[Symbol.toStringTag];
      this.#lent.set(value, lent = { "polycore: a lent array": name, bytes });
    }
    return lent;
  };

  /** Let go of them; the workers have done so with each batch. */
  [Symbol.dispose](): void {
    for (const { bytes } of this.#lent.values()) bytes.dispose();
    this.#lent.clear();
  }
}

/** What this worker has of the arrays of its batch. */
const borrowed = new Set<RawArray<"B">>();

function open(value: object): object | undefined {
  const { "polycore: a lent array": name, bytes } = value as Partial<Lent>;
  if (name === undefined || bytes === undefined) return undefined;
  borrowed.add(bytes);
  const cls = (globalThis as unknown as Record<string, TypedArrayClass>)[name]!;
  const { byteOffset, byteLength } = bytes.view;
  const size = (cls as unknown as Uint8ArrayConstructor).BYTES_PER_ELEMENT;
  return new cls(memory, byteOffset, byteLength / size) as object;
}

/** A copy of what shows borrowed memory: it would be somebody else's once it is read. */
function copyBorrowed(value: object): object | undefined {
  if (!ArrayBuffer.isView(value) || value.buffer !== memory || value instanceof DataView) return;
  for (const { view } of borrowed) {
    const from = value.byteOffset - view.byteOffset;
    if (from >= 0 && from < view.byteLength) return (value as Uint8Array).slice();
  }
}

/** The result as the worker's own; the last one of a batch lets go of what was lent. */
function finish(result: unknown, last: boolean): unknown {
  const own = replace(result, copyBorrowed, Infinity);
  if (last) letGo();
  return own;
}

function letGo(): void {
  for (const bytes of borrowed) bytes.dispose();
  borrowed.clear();
}

/** An error is the end of a batch, too. */
function fail(error: unknown): never {
  letGo();
  throw error;
}

/** Make a call with lent arrays, in a worker. */
export const callLent = task(import.meta, function callLent([fn, args, last]: LentCall): unknown {
  try {
    const result = fn(...args.map((arg) => replace(arg, open, SEARCHED)));
    if (!(result instanceof Promise)) return finish(result, last);
    return result.then((value) => finish(value, last)).catch(fail);
  } catch (error) {
    fail(error);
  }
});
