/**
 * Strings. Short ones are packed by hand, long ones written by `encodeInto` and read through Buffer,
 * which copies ASCII about as fast as memory allows.
 *
 * @module
 */

import { Buffer } from "node:buffer";
import { buffer, i32, u8 } from "@polycore/sync/internal";
import { defineRead, expect, reader, takeCount } from "./reader.ts";
import { grow, limit } from "./scratch.ts";
import { LATIN1, LATIN1_LONG, PAYLOAD_SHIFT, UTF16, UTF8 } from "./tags.ts";

/** Up to this length packing by hand is faster than `encodeInto`, as measured. */
const SHORT = 48;

/** Buffer's methods that read a part of it as a string; not all are in Deno's types. */
interface Slices {
  latin1Slice(from: number, to: number): string;
  utf8Slice(from: number, to: number): string;
  ucs2Slice(from: number, to: number): string;
}

const bytes = Buffer.from(buffer as unknown as ArrayBuffer) as unknown as Slices;
const encoder = new TextEncoder();

/** Encode a string; the caller has left the slack. */
export function putString(s: string, at: number): number {
  const length = s.length;
  if (length > SHORT) return putLong(s, at);
  let next = at + 1;
  let seen = 0;
  let i = 0;
  for (; i + 4 <= length; i += 4) {
    const a = s.charCodeAt(i), b = s.charCodeAt(i + 1);
    const c = s.charCodeAt(i + 2), d = s.charCodeAt(i + 3);
    seen |= a | b | c | d;
    i32[next++] = a | b << 8 | c << 16 | d << 24;
  }
  if (i < length) {
    let word = 0;
    for (let shift = 0; i < length; i++, shift += 8) {
      const unit = s.charCodeAt(i);
      seen |= unit;
      word |= unit << shift;
    }
    i32[next++] = word;
  }
  if (seen > 0xff) return putUtf16(s, at);
  i32[at] = LATIN1 | length << PAYLOAD_SHIFT;
  return next;
}

function putLong(s: string, at: number): number {
  const length = s.length;
  // ASCII takes a byte for each unit, western text little more; for the rest UTF-16 is faster.
  const room = length + (length >> 2);
  at = makeRoom(at, room);
  const { read, written } = encoder.encodeInto(s, u8.subarray(at * 4 + 8, at * 4 + 8 + room));
  if (read < length || (written > length && !s.isWellFormed())) return putUtf16(s, at);
  i32[at] = written === length ? LATIN1_LONG : UTF8;
  i32[at + 1] = written;
  return at + 2 + words(written);
}

function words(byteCount: number): number {
  return Math.ceil(byteCount / 4);
}

function makeRoom(at: number, byteCount: number): number {
  const wanted = words(byteCount);
  return at + wanted > limit ? grow(at, wanted) : at;
}

/** What is no western text, and lone surrogates, which have no UTF-8. */
function putUtf16(s: string, at: number): number {
  const length = s.length;
  at = makeRoom(at, length * 2);
  i32[at] = UTF16;
  i32[at + 1] = length;
  at += 2;
  for (let i = 0; i < length; i += 2) {
    i32[at++] = s.charCodeAt(i) | (i + 1 < length ? s.charCodeAt(i + 1) << 16 : 0);
  }
  return at;
}

/** The string of `length` bytes, one for each character, from `at`. */
export function latin1At(at: number, length: number): string {
  if (length > 12) return bytes.latin1Slice(at * 4, at * 4 + length);
  if (length === 0) return "";
  return shortLatin1(at, length);
}

/** A call into the runtime costs more than the few characters of a key, a name or a word. */
function shortLatin1(at: number, length: number): string {
  const make = String.fromCharCode;
  const w = i32[at]!;
  const a = w & 255, b = w >>> 8 & 255, c = w >>> 16 & 255, d = w >>> 24;
  if (length < 3) return length === 1 ? make(a) : make(a, b);
  if (length < 5) return length === 3 ? make(a, b, c) : make(a, b, c, d);
  const x = i32[at + 1]!;
  const e = x & 255, f = x >>> 8 & 255, g = x >>> 16 & 255, h = x >>> 24;
  if (length < 7) return length === 5 ? make(a, b, c, d, e) : make(a, b, c, d, e, f);
  if (length < 9) {
    return length === 7 ? make(a, b, c, d, e, f, g) : make(a, b, c, d, e, f, g, h);
  }
  const y = i32[at + 2]!;
  const head = make(a, b, c, d, e, f, g, h);
  const i = y & 255, j = y >>> 8 & 255, k = y >>> 16 & 255, l = y >>> 24;
  if (length < 11) return head + (length === 9 ? make(i) : make(i, j));
  return head + (length === 11 ? make(i, j, k) : make(i, j, k, l));
}

function takeBytes(): number {
  const length = takeCount();
  expect(words(length));
  return length;
}

defineRead(LATIN1_LONG, () => {
  const length = takeBytes();
  const at = reader.at;
  reader.at += words(length);
  return bytes.latin1Slice(at * 4, at * 4 + length);
});

defineRead(UTF8, () => {
  const length = takeBytes();
  const at = reader.at;
  reader.at += words(length);
  return bytes.utf8Slice(at * 4, at * 4 + length);
});

defineRead(UTF16, () => {
  const length = takeCount();
  expect(words(length * 2));
  const at = reader.at;
  reader.at += words(length * 2);
  return bytes.ucs2Slice(at * 4, at * 4 + length * 2);
});
