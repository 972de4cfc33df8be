/**
 * Doubles, bigints and arrays of nothing but numbers.
 *
 * @module
 */

import { buffer, i32 } from "@polycore/sync/internal";
import { errors } from "./errors.ts";
import { defineRead, expect, met, reader } from "./reader.ts";
import { putString } from "./strings.ts";
import { BIGINT, BIGINT64, DOUBLE, NUMBERS, PAYLOAD_SHIFT } from "./tags.ts";
import { readString } from "./decode.ts";

/** Doubles and bigints begin at any word, so they are reached through a DataView. */
const view = new DataView(buffer);

/** Write a double without a tag: two words. */
export function putRaw(value: number, at: number): number {
  view.setFloat64(at * 4, value, true);
  return at + 2;
}

/** Read a double without a tag. */
export function takeRaw(): number {
  expect(2);
  const value = view.getFloat64(reader.at * 4, true);
  reader.at += 2;
  return value;
}

/** Encode any number; the caller has left the slack. */
export function putDouble(value: number, at: number): number {
  i32[at] = DOUBLE;
  return putRaw(value, at + 1);
}

/**
 * Encode an array if it consists of numbers only; the caller has left two words for each.
 *
 * @returns The address behind it, or -1 if it has anything else.
 */
export function putNumbers(array: unknown[], length: number, at: number): number {
  let byte = (at + 1) * 4;
  for (let i = 0; i < length; i++, byte += 8) {
    const value = array[i];
    if (typeof value !== "number") return -1;
    view.setFloat64(byte, value, true);
  }
  i32[at] = NUMBERS | length << PAYLOAD_SHIFT;
  return at + 1 + length * 2;
}

defineRead(NUMBERS, (length) => {
  expect(length * 2);
  let byte = reader.at * 4;
  reader.at += length * 2;
  const array: number[] = met(new Array(length));
  for (let i = 0; i < length; i++, byte += 8) array[i] = view.getFloat64(byte, true);
  return array;
});

/** Encode a bigint: 64 bits, or its digits. */
export function putBigint(value: bigint, at: number): number {
  if (BigInt.asIntN(64, value) === value) {
    i32[at] = BIGINT64;
    view.setBigInt64((at + 1) * 4, value, true);
    return at + 3;
  }
  i32[at] = BIGINT | (value < 0n ? 1 : 0) << PAYLOAD_SHIFT;
  return putString((value < 0n ? -value : value).toString(16), at + 1);
}

defineRead(BIGINT64, () => {
  expect(2);
  const value = view.getBigInt64(reader.at * 4, true);
  reader.at += 2;
  return value;
});

defineRead(BIGINT, (negative) => {
  const digits = readString();
  if (!/^[0-9a-f]+$/.test(digits)) throw errors.bug(`a bigint of the digits ${digits}`);
  const value = BigInt("0x" + digits);
  return negative ? -value : value;
});
