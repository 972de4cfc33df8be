/**
 * Arrays with holes, and how every array is read.
 *
 * @module
 */

import { i32 } from "@polycore/sync/internal";
import { readNext } from "./decode.ts";
import { put } from "./encode.ts";
import { errors } from "./errors.ts";
import { defineRead, expect, met, reader, takeCount } from "./reader.ts";
import { grow, limit } from "./scratch.ts";
import { ARRAY_HOLEY, ARRAY_LONG, HOLES } from "./tags.ts";

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

/** Read an array without holes; `reader.at` is at its first element. */
export function readArray(length: number): unknown[] {
  expect(length);
  const array: unknown[] = met([]);
  for (let i = 0; i < length; i++) array.push(readNext());
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
