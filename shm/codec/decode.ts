/**
 * Decoding: one walk over the words.
 *
 * Only a value in which something occurs twice makes the reader number its objects; the other ones
 * build each object in one go by a literal.
 *
 * @module
 */

import { i32 } from "@polycore/sync/internal";
import { readArray } from "./arrays.ts";
import { errors } from "./errors.ts";
import { dropRest, endOfValue } from "./held.ts";
import { takeRaw } from "./numbers.ts";
import { readMore, readObject } from "./objects.ts";
import { expect, reader, reads, takeCount, takeWord } from "./reader.ts";
import { latin1At } from "./strings.ts";
import {
  ARRAY,
  DOUBLE,
  FALSE,
  HAS_REFS,
  HEADER,
  INT32,
  LATIN1,
  MARK,
  MARK_BITS,
  NULL,
  OBJECT,
  OBJECT_MORE,
  PAYLOAD_SHIFT,
  REF,
  TAG_BITS,
  TRUE,
  UNDEFINED,
} from "./tags.ts";

/**
 * Build the value from its words. Shareables inside take over the holders that {@linkcode encode}
 * counted for them, so the words must not be decoded twice if there are any.
 *
 * @param address Where the words begin.
 *
 * @example
 * ```ts
 * import { decode, encode, scratchAddress } from "./mod.ts";
 * import { assertEquals } from "@std/assert";
 *
 * encode(new Map([["answer", 42n]]));
 * assertEquals(decode(scratchAddress()), new Map([["answer", 42n]]));
 * ```
 */
export function decode(address: number): unknown {
  const { at, end, objects, unpacked } = reader; // a class may decode in its `unpack`
  const flags = flagsAt(address);
  reader.at = address + HEADER;
  reader.end = endOfValue(address, flags);
  reader.objects = flags & HAS_REFS ? [] : undefined;
  reader.unpacked = 0;
  let whole = false;
  try {
    const value = readNext();
    if (reader.at !== reader.end) throw errors.bug(`a message goes on behind its value`);
    whole = true;
    return value;
  } finally {
    if (!whole) dropRest(address, flags, reader.unpacked);
    reader.at = at;
    reader.end = end;
    reader.objects = objects;
    reader.unpacked = unpacked;
  }
}

/** The flags of the value at an address. */
function flagsAt(address: number): number {
  const word = i32[address]!;
  if ((word & MARK_BITS) !== MARK) throw errors.bug(`no value begins at the address ${address}`);
  return word;
}

/**
 * Let go of what an encoded value holds that will never be decoded: the shareables in it, which are on
 * their way to nobody. Does nothing for plain data.
 *
 * @param address Where the words begin.
 *
 * @example
 * ```ts
 * import { discard, encode, scratchAddress } from "./mod.ts";
 * import { Lock } from "@polycore/sync";
 *
 * encode(new Lock());
 * discard(scratchAddress()); // now only this thread's handle holds the lock
 * ```
 */
export function discard(address: number): void {
  dropRest(address, flagsAt(address), 0);
}

/** Read the next value. */
export function readNext(): unknown {
  const word = i32[reader.at]!;
  if (word & 1) {
    reader.at++;
    return word >> 1;
  }
  return readTagged(word);
}

/** Read the next value, whose first word is known to be a tag. */
export function readTagged(word: number): unknown {
  expect(1);
  const at = ++reader.at;
  const payload = word >>> PAYLOAD_SHIFT;
  switch (word & TAG_BITS) {
    case LATIN1: {
      const words = (payload + 3) >> 2;
      expect(words);
      reader.at = at + words;
      return latin1At(at, payload);
    }
    case OBJECT:
      return readObject(payload);
    case ARRAY:
      return readArray(payload);
    case DOUBLE:
      return takeRaw();
    case UNDEFINED:
      return undefined;
    case NULL:
      return null;
    case TRUE:
      return true;
    case FALSE:
      return false;
    case INT32:
      return takeWord();
    case OBJECT_MORE:
      return readMore(payload);
    case REF: {
      const number = takeCount();
      const object = reader.objects?.[number];
      if (object === undefined) throw errors.bug(`nothing has the number ${number} in a message`);
      return object;
    }
    default:
      return reads[word & TAG_BITS]!(payload);
  }
}

/** Read the next value, which must be a string. */
export function readString(): string {
  const value = readNext();
  if (typeof value !== "string") throw errors.bug(`a ${typeof value} where a string should be`);
  return value;
}
