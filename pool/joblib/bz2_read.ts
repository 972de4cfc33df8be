/**
 * Reading bzip2, of streams that nobody vouches for.
 *
 * @module
 */

import { BLOCK, crc, END, GROUP, LEVEL_BYTES } from "./bz2_bits.ts";

/** The longest code that is read. */
const LONGEST = 20;

/** Bytes that are given on at once. */
const OUT = 1 << 18;

/** The runs of a block end after so many equal bytes, and a count follows. */
const RUN = 4;

function damaged(what: string): Error {
  return new Error(`a bzip2 stream with ${what}`);
}

/** Bits of bytes that come in pieces. */
class BitReader {
  #pieces: AsyncIterator<Uint8Array>;
  #bytes: Uint8Array = new Uint8Array(0);
  #at = 0;
  #bits = 0;
  #count = 0;

  constructor(pieces: AsyncIterable<Uint8Array>) {
    this.#pieces = pieces[Symbol.asyncIterator]();
  }

  /** Have so many bytes at hand, unless the end is nearer. */
  async have(wanted: number): Promise<void> {
    const parts = [this.#bytes.subarray(this.#at)];
    let left = parts[0]!.length;
    if (left >= wanted) return;
    while (left < wanted) {
      const { value, done } = await this.#pieces.next();
      if (done) break;
      parts.push(value);
      left += value.length;
    }
    this.#bytes = new Uint8Array(left);
    let at = 0;
    for (const part of parts) {
      this.#bytes.set(part, at);
      at += part.length;
    }
    this.#at = 0;
  }

  /** Whether no byte is left. */
  get ended(): boolean {
    return this.#at === this.#bytes.length;
  }

  /** Skip to the next whole byte. */
  align(): void {
    this.#count = 0;
  }

  /** The next bits, up to 24. */
  read(count: number): number {
    while (this.#count < count) {
      if (this.ended) throw damaged("too early an end");
      this.#bits = this.#bits << 8 | this.#bytes[this.#at++]!;
      this.#count += 8;
    }
    this.#count -= count;
    return this.#bits >>> this.#count & (1 << count) - 1;
  }

  /** The next 32 bits. */
  read32(): number {
    return this.read(16) << 16 | this.read(16);
  }
}

/** Codes by their length: the first code of each, and the symbols in their order. */
class Codes {
  #first = new Int32Array(LONGEST + 2);
  #begin = new Int32Array(LONGEST + 2);
  #symbols: number[] = [];

  constructor(lengths: readonly number[]) {
    let code = 0;
    for (let length = 1; length <= LONGEST; length++) {
      this.#first[length] = code;
      this.#begin[length] = this.#symbols.length;
      for (const [symbol, own] of lengths.entries()) if (own === length) this.#symbols.push(symbol);
      code += this.#symbols.length - this.#begin[length]!;
      code <<= 1;
    }
    this.#begin[LONGEST + 1] = this.#symbols.length;
  }

  read(bits: BitReader): number {
    let code = 0;
    for (let length = 1; length <= LONGEST; length++) {
      code = code << 1 | bits.read(1);
      const place = code - this.#first[length]!;
      if (place >= 0 && place < this.#begin[length + 1]! - this.#begin[length]!) {
        return this.#symbols[this.#begin[length]! + place]!;
      }
    }
    throw damaged("an unknown code");
  }
}

function readUsed(bits: BitReader): number[] {
  const rows = bits.read(16), used: number[] = [];
  for (let i = 0; i < 16; i++) {
    const row = rows >> 15 - i & 1 ? bits.read(16) : 0;
    for (let j = 0; j < 16; j++) if (row >> 15 - j & 1) used.push(i << 4 | j);
  }
  if (used.length === 0) throw damaged("a block of no bytes");
  return used;
}

function readLengths(bits: BitReader, count: number): number[] {
  let length = bits.read(5);
  return Array.from({ length: count }, () => {
    for (;;) {
      if (length < 1 || length > LONGEST) throw damaged("a code too long");
      if (bits.read(1) === 0) return length;
      length += bits.read(1) === 0 ? 1 : -1;
    }
  });
}

/** Which table codes which group. */
function readSelectors(bits: BitReader, tables: number): number[] {
  const count = bits.read(15), front = [0, 1, 2, 3, 4, 5];
  if (tables < 2 || tables > 6 || count === 0) throw damaged("no tables");
  return Array.from({ length: count }, () => {
    let place = 0;
    while (bits.read(1) === 1) if (++place >= tables) throw damaged("an unknown table");
    const [table] = front.splice(place, 1);
    front.unshift(table!);
    return table!;
  });
}

/** The last bytes of the sorted rotations, and how often each byte occurs. */
function readSorted(bits: BitReader, into: Uint32Array): [length: number, counts: Int32Array] {
  const front = readUsed(bits), end = front.length + 1;
  const tables = bits.read(3), selectors = readSelectors(bits, tables);
  const codes = Array.from({ length: tables }, () => new Codes(readLengths(bits, end + 1)));
  const counts = new Int32Array(256);
  let length = 0, run = 0, weight = 1;
  const put = (byte: number, count: number): void => {
    if (length + count > into.length) throw damaged("a block too long");
    into.fill(byte, length, length += count);
    counts[byte]! += count;
  };
  for (const selector of selectors) {
    for (let i = 0; i < GROUP; i++) {
      const symbol = codes[selector]!.read(bits);
      if (symbol < 2) {
        run += weight << symbol;
        weight *= 2;
        if (run > into.length) throw damaged("a block too long");
        continue;
      }
      if (run > 0) put(front[0]!, run);
      run = 0;
      weight = 1;
      if (symbol === end) return [length, counts];
      const [byte] = front.splice(symbol - 1, 1);
      front.unshift(byte!);
      put(byte!, 1);
    }
  }
  throw damaged("a block without end");
}

/** The bytes of a block in their order, runs not yet unpacked. */
function* readBlock(bits: BitReader, into: Uint32Array): Generator<number> {
  if (bits.read(1) === 1) throw damaged("a block of the kind that was given up in 1997");
  const begin = bits.read(24);
  const [length, counts] = readSorted(bits, into);
  if (begin >= length) throw damaged("a block that begins behind its end");
  for (let byte = 0, sum = 0; byte < 256; byte++) [counts[byte], sum] = [sum, sum + counts[byte]!];
  for (let i = 0; i < length; i++) into[counts[into[i]! & 255]!++]! |= i << 8;
  for (let i = 0, at = into[begin]! >>> 8; i < length; i++, at = into[at]! >>> 8) {
    yield into[at]! & 255;
  }
}

/** Streams one after the other. */
export async function* decompressBz2(
  pieces: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const bits = new BitReader(pieces);
  for (await bits.have(4); !bits.ended; await bits.have(4)) {
    const magic = [bits.read(8), bits.read(8), bits.read(8)], level = bits.read(8) - 48;
    if (String.fromCharCode(...magic) !== "BZh" || level < 1 || level > 9) {
      throw damaged("something else behind it");
    }
    yield* readStream(bits, level * LEVEL_BYTES);
    bits.align();
  }
}

async function* readStream(bits: BitReader, size: number): AsyncGenerator<Uint8Array> {
  const block = new Uint32Array(size);
  let whole = 0;
  for (;;) {
    await bits.have(size * 3 + LEVEL_BYTES); // no block is longer, with the longest codes
    const mark = [bits.read(24), bits.read(24)], wanted = bits.read32();
    if (mark[0] === END[0] && mark[1] === END[1]) {
      if (wanted !== whole) throw damaged("a check sum that it does not fit");
      return;
    }
    if (mark[0] !== BLOCK[0] || mark[1] !== BLOCK[1]) throw damaged("no block where one should be");
    let out = new Uint8Array(OUT), at = 0, sum = -1, last = -1, run = 0;
    for (const byte of readBlock(bits, block)) {
      const counted = run === RUN;
      if (counted) run = 0;
      else run = byte === last ? run + 1 : 1;
      for (let i = counted ? byte : 1; i > 0; i--) {
        const value = counted ? last : byte;
        sum = crc(sum, value);
        out[at++] = value;
        if (at < OUT) continue;
        yield out;
        out = new Uint8Array(OUT);
        at = 0;
      }
      last = counted ? -1 : byte;
    }
    if (at > 0) yield out.subarray(0, at);
    if (~sum !== wanted) throw damaged("a block that does not fit its check sum");
    whole = (whole << 1 | whole >>> 31) ^ wanted;
  }
}
