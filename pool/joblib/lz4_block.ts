/**
 * Blocks of LZ4: literals, and copies of what came before, up to 64 KiB back.
 *
 * @module
 */

/** How far back a copy may reach. */
export const WINDOW = 65535;

/** The shortest copy. */
const SHORTEST = 4;

/** A block ends with at least 5 literals, and no copy begins in its last 12 bytes. */
const LAST_LITERALS = 5, LAST_BEGIN = 12;

/** Bits of the table of places. */
const TABLE_BITS = 14;

/** How soon the search hurries where nothing repeats. */
const PATIENCE_BITS = 6;

/** Up to this length a loop is faster than a call into the runtime. */
const SHORT = 48;

function copy(from: Uint8Array, at: number, to: Uint8Array, into: number, length: number): void {
  if (length > SHORT) to.set(from.subarray(at, at + length), into);
  else for (let i = 0; i < length; i++) to[into + i] = from[at + i]!;
}

/** Writes a block; it stops when the block is no shorter than what it stands for. */
class BlockWriter {
  #at = 0;

  constructor(private from: Uint8Array, private to: Uint8Array) {}

  /** Bytes written, or -1 if there was no room. */
  get written(): number {
    return this.#at > this.to.length ? -1 : this.#at;
  }

  #length(length: number): void {
    for (; length >= 255; length -= 255) this.to[this.#at++] = 255;
    this.to[this.#at++] = length;
  }

  /** Literals, and a copy if it has a length. */
  sequence(from: number, to: number, back: number, length: number): void {
    const literals = to - from, more = length - SHORTEST;
    const token = Math.min(literals, 15) << 4 | (length > 0 ? Math.min(more, 15) : 0);
    this.to[this.#at++] = token;
    if (literals >= 15) this.#length(literals - 15);
    if (this.#at + literals <= this.to.length) copy(this.from, from, this.to, this.#at, literals);
    this.#at += literals;
    if (length === 0) return;
    this.to[this.#at++] = back & 255;
    this.to[this.#at++] = back >> 8;
    if (more >= 15) this.#length(more - 15);
  }
}

const table = new Int32Array(1 << TABLE_BITS);

/**
 * Compress a block.
 *
 * @param to Where to write.
 * @returns How many bytes were written, or -1 if there was no room.
 */
export function compressBlock(from: Uint8Array, to: Uint8Array): number {
  const writer = new BlockWriter(from, to);
  const view = new DataView(from.buffer, from.byteOffset, from.byteLength);
  const lastBegin = from.length - LAST_BEGIN, lastEnd = from.length - LAST_LITERALS;
  table.fill(-1);
  let anchor = 0;
  for (let at = 0; at <= lastBegin;) {
    const word = view.getInt32(at, true);
    const slot = Math.imul(word, 0x9e3779b1) >>> 32 - TABLE_BITS;
    const before = table[slot]!;
    table[slot] = at;
    if (before < 0 || at - before > WINDOW || view.getInt32(before, true) !== word) {
      at += 1 + (at - anchor >> PATIENCE_BITS);
      continue;
    }
    let end = at + SHORTEST;
    while (end < lastEnd && from[end] === from[end - at + before]) end++;
    writer.sequence(anchor, at, at - before, end - at);
    if (writer.written < 0) return -1;
    anchor = at = end;
  }
  writer.sequence(anchor, from.length, 0, 0);
  return writer.written;
}

function damaged(what: string): Error {
  return new Error(`an LZ4 block with ${what}`);
}

/**
 * Unpack a block.
 *
 * @param into Where to write, behind what came before.
 * @param at Where the block's bytes begin in it.
 * @param limit The most bytes that the block may have.
 * @returns The place behind the block's bytes.
 * @throws {Error} If the block is damaged.
 */
export function decompressBlock(
  block: Uint8Array,
  into: Uint8Array,
  at: number,
  limit: number,
): number {
  let next = 0;
  const last = at + limit;
  const lengthOf = (nibble: number): number => {
    let length = nibble;
    if (nibble < 15) return length;
    for (let byte = 255; byte === 255; length += byte) {
      if (next >= block.length) throw damaged("a length without end");
      byte = block[next++]!;
    }
    return length;
  };
  while (next < block.length) {
    const token = block[next++]!;
    const literals = lengthOf(token >> 4);
    if (next + literals > block.length) throw damaged("too few literals");
    if (at + literals > last) throw damaged("too many literals");
    copy(block, next, into, at, literals);
    next += literals;
    at += literals;
    if (next === block.length) return at;
    const back = block[next]! | (block[next + 1] ?? 0) << 8;
    next += 2;
    if (back === 0 || back > at) throw damaged("a copy from before its beginning");
    const length = lengthOf(token & 15) + SHORTEST;
    if (at + length > last) throw damaged("too long a copy");
    if (back >= length && length > SHORT) into.copyWithin(at, at - back, at - back + length);
    else for (let i = 0; i < length; i++) into[at + i] = into[at + i - back]!;
    at += length;
  }
  throw damaged("no end");
}
