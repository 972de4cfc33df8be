/**
 * Arrays with holes, and how every array is read.
 *
 * @module
 */

import { i32 } from "@polycore/sync/internal";
import { readNext, readString, readTagged } from "./decode.ts";
import { put, putArray, putCount } from "./encode.ts";
import { errors } from "./errors.ts";
import { defineRead, expect, met, reader, setField, takeCount } from "./reader.ts";
import { grow, limit } from "./scratch.ts";
import { ARRAY_HOLEY, ARRAY_LONG, ARRAY_NAMED, HOLES } from "./tags.ts";

/** So many holes in a row are looked at one by one before the elements are listed instead. */
const PATIENCE = 256;

/** The index of the next element behind a hole, or -1 if it is far. */
export function nextElement(array: unknown[], hole: number): number {
  const last = Math.min(array.length, hole + PATIENCE);
  let next = hole + 1;
  while (next < last && !(next in array)) next++;
  return next < last || last === array.length ? next : -1;
}

/** Encode that so many elements are missing. */
export function putHoles(count: number, at: number): number {
  if (at > limit) at = grow(at);
  i32[at] = HOLES;
  i32[at + 1] = count;
  return at + 2;
}

/** Encode the rest of an array that is mostly holes, in the time that its elements take. */
export function putSparse(array: unknown[], from: number, at: number): number {
  const length = array.length;
  let next = from;
  for (const key of Object.keys(array)) {
    const index = Number(key);
    if (!(index >= next && index < length) || String(index) !== key || index % 1 !== 0) continue;
    if (index > next) at = putHoles(index - next, at);
    at = put(array[index], at);
    next = index + 1;
  }
  return next < length ? putHoles(length - next, at) : at;
}

/**
 * Encode the result of a match: an array with the fields `index`, `input` and `groups`. Only `index`
 * tells such arrays; to look for named fields of all others would cost more than their elements.
 */
export function putMatch(array: unknown[], at: number): number {
  const fields = Object.keys(array).filter((key) => !/^\d+$/.test(key));
  i32[at] = ARRAY_NAMED;
  at = putCount(fields.length, putArray(array, at + 1));
  for (const key of fields) {
    at = put((array as unknown as Record<string, unknown>)[key], put(key, at));
  }
  return at;
}

defineRead(ARRAY_NAMED, () => {
  const array = readNext() as unknown[], count = takeCount();
  if (!Array.isArray(array)) throw errors.bug("named fields of an array that is none");
  expect(count * 2);
  for (let i = 0; i < count; i++) setField(array, readString(), readNext());
  return array;
});

/** Read an array without holes; `reader.at` is at its first element. */
export function readArray(length: number): unknown[] {
  expect(length);
  // Made at its full length: measured, two to three times as fast as `push`.
  const array: unknown[] = met(new Array(length));
  let at = reader.at;
  for (let i = 0; i < length; i++) {
    const word = i32[at]!;
    if (word & 1) {
      at++;
      array[i] = word >> 1;
    } else {
      reader.at = at;
      array[i] = readTagged(word);
      at = reader.at;
    }
  }
  reader.at = at;
  return array;
}

function readHoley(length: number): unknown[] {
  const array: unknown[] = met([]);
  array.length = length;
  for (let i = 0; i < length;) {
    expect(1);
    if (i32[reader.at] === HOLES) {
      reader.at++;
      const count = takeCount();
      if (count === 0 || count > length - i) throw errors.bug(`${count} holes in an array`);
      i += count;
    } else {
      array[i++] = readNext();
    }
  }
  return array;
}

defineRead(ARRAY_HOLEY, readHoley);
defineRead(ARRAY_LONG, () => readHoley(takeCount()));
