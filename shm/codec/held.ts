/**
 * Shareables in an encoded value, and the holders that keep them alive on the way.
 *
 * The value ends with the list of them, in the order in which they are unpacked: pairs of kind and
 * address, then their number. So a value can be discarded without reading it.
 *
 * @module
 */

import { Shareable } from "@polycore/sync";
import { dropInTransit, holdInTransit, i32, kindOf } from "@polycore/sync/internal";
import { defineClass } from "./classes.ts";
import { readNext } from "./decode.ts";
import { put } from "./encode.ts";
import { errors, refusals } from "./errors.ts";
import { defineRead, reader, reserve, settle, takeWord } from "./reader.ts";
import { grow, limit } from "./scratch.ts";
import { HAS_HELD, HEADER, PAYLOAD_SHIFT, SHAREABLE } from "./tags.ts";

/** Kinds and addresses, in turn. */
const held: number[] = [];

/** How many shareables the value has held so far. */
export function heldSoFar(): number {
  return held.length / 2;
}

/** Drop those from a number on again. */
export function dropHeld(from: number): void {
  for (let i = from * 2; i < held.length; i += 2) dropInTransit(held[i]!, held[i + 1]!);
  held.length = from * 2;
}

/** Leave them to the words. */
export function keepHeld(): void {
  if (held.length > 0) held.length = 0;
}

/** Write the list behind a value. */
export function putHeld(at: number): number {
  if (at + held.length > limit) at = grow(at, held.length);
  for (const word of held) i32[at++] = word;
  i32[at] = held.length / 2;
  return at + 1;
}

/** Behind the last word of the value at an address. */
function endAt(address: number): number {
  const end = address + i32[address + 1]!;
  if (end > address + HEADER && end <= i32.length) return end;
  throw errors.bug(`a value of ${i32[address + 1]} words at the address ${address}`);
}

/** Where a value ends and its list of shareables, if any, begins. */
export function endOfValue(address: number, flags: number): number {
  const end = endAt(address);
  if (!(flags & HAS_HELD)) return end;
  const count = i32[end - 1]!;
  if (count > 0 && count * 2 < end - address) return end - 1 - count * 2;
  throw errors.bug(`a value with a list of ${count} shareables`);
}

/** Drop the shareables of a value that have no handle yet. */
export function dropRest(address: number, flags: number, unpacked: number): void {
  if (!(flags & HAS_HELD)) return;
  const last = endAt(address) - 1;
  for (let at = endOfValue(address, flags) + unpacked * 2; at < last; at += 2) {
    dropInTransit(i32[at]!, i32[at + 1]!);
  }
}

/** Encode a shareable: what it is made of, and a holder for the way. */
function putShareable(object: Shareable, at: number): number {
  if (object.disposed) throw refusals.disposed(object);
  const kind = object.kind.id;
  i32[at] = SHAREABLE | kind << PAYLOAD_SHIFT;
  i32[at + 1] = object.address;
  at = put(object.pack(), at + 2);
  // Last, so that the list has the order in which the reader makes the handles.
  holdInTransit(object);
  held.push(kind, object.address);
  return at;
}

defineRead(SHAREABLE, (kind) => {
  const number = reserve();
  const address = takeWord();
  const parts = readNext();
  if (!Array.isArray(parts)) throw errors.bug("a shareable whose parts are no array");
  const { unpack } = kindOf(kind);
  reader.unpacked++; // from here on the handle answers for the holder
  return settle(number, unpack(address, parts));
});

defineClass(Shareable, putShareable);
