/**
 * Where decoding stands, and who reads which tag.
 *
 * @module
 */

import { i32 } from "@polycore/sync/internal";
import { errors } from "./errors.ts";

/** The state of decoding. */
export interface Reader {
  /** The next word. */
  at: number;
  /** Behind the last word. */
  end: number;
  /** The objects so far, in the order in which they were met, if any is referred to again. */
  objects: unknown[] | undefined;
  /** How many shareables have their handle. */
  unpacked: number;
}

/** The state of decoding of this thread. */
export const reader: Reader = { at: 0, end: 0, objects: undefined, unpacked: 0 };

/** Reads what follows a tag; `reader.at` is behind the tag's word. */
export type Read = (payload: number) => unknown;

/** The functions by tag. */
export const reads: Read[] = new Array(256).fill((_: number) => {
  throw errors.bug(`word ${reader.at - 1} of a message holds ${i32[reader.at - 1]}, no known tag`);
});

/** Say how a tag is read. */
export function defineRead(tag: number, read: Read): void {
  reads[tag] = read;
}

/** Throw unless the message has so many words left, so that damaged lengths are seen. */
export function expect(words: number): void {
  if (!(words <= reader.end - reader.at)) {
    throw errors.bug(`a message of damaged words: ${words} more wanted at word ${reader.at}`);
  }
}

/** The next word as it is. */
export function takeWord(): number {
  expect(1);
  return i32[reader.at++]!;
}

/** The next word as a length or count. */
export function takeCount(): number {
  return takeWord() >>> 0;
}

/** Take the next number for an object that is made only after what it consists of. */
export function reserve(): number {
  return reader.objects === undefined ? -1 : reader.objects.push(undefined) - 1;
}

/** Give the number that was reserved its object. */
export function settle<T>(number: number, object: T): T {
  if (reader.objects !== undefined) reader.objects[number] = object;
  return object;
}

/** Number an object that was just made. */
export function met<T>(object: T): T {
  if (reader.objects !== undefined) reader.objects.push(object);
  return object;
}

/** Set a field as own data, also one with the name `__proto__`. */
export function setField(object: object, key: string, value: unknown): void {
  if (key === "__proto__") defineField(object, key, value, true);
  else (object as Record<string, unknown>)[key] = value;
}

/** Define a field, so that no setter runs. */
export function defineField(
  object: object,
  key: string,
  value: unknown,
  enumerable: boolean,
): void {
  Object.defineProperty(object, key, { value, enumerable, writable: true, configurable: true });
}
