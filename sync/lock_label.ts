/**
 * The name of a lock, kept behind its lock word, so that an error in any thread can print it.
 *
 * @module
 */

import { u8 } from "./memory.ts";

/** Words between a lock word and its name. */
const NAME_AT = 4;

/** Bytes for a name, behind its length byte. */
const NAME_BYTES = 47;

/** Write the name of a lock behind its word. */
export function nameLock(word: number, name: string): void {
  const at = (word + NAME_AT) * 4;
  const room = u8.subarray(at + 1, at + 1 + NAME_BYTES);
  u8[at] = new TextEncoder().encodeInto(name, room).written;
}

/** The name that a lock was given, "" when none. */
export function lockName(word: number): string {
  const at = (word + NAME_AT) * 4;
  return new TextDecoder().decode(u8.slice(at + 1, at + 1 + u8[at]!));
}

/** What errors call a lock: its name, or its address. */
export function lockLabel(word: number): string {
  return lockName(word) || `Lock@${word}`;
}
