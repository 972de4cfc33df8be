/**
 * Writing bzip2: runs, sorting, moving to front, Huffman codes.
 *
 * @module
 */

import { BitWriter, BLOCK, crc, END, GROUP, LEVEL_BYTES } from "./bz2_bits.ts";
import type { Pieces } from "./compressors.ts";

/** A block stays so far below its size, as bzip2 does. */
const SPARE = 19;

/** The longest code: what bzip2 itself writes. */
const LONGEST = 17;

/**
 * Where each rotation of the block comes in their order: sorted by the first byte, then by twice as
 * many with each round, until all differ.
 */
function sortRotations(block: Uint8Array): Int32Array {
  const n = block.length;
  const order = new Int32Array(n), other = new Int32Array(n);
  let rank = new Int32Array(n), nextRank = new Int32Array(n);
  const counts = new Int32Array(Math.max(256, n) + 1);
  const sort = (from: Int32Array, to: Int32Array, keys: Int32Array, classes: number): void => {
    counts.fill(0, 0, classes + 1);
    for (let i = 0; i < n; i++) counts[keys[i]! + 1]!++;
    for (let k = 0; k < classes; k++) counts[k + 1]! += counts[k]!;
    for (let i = 0; i < n; i++) to[counts[keys[from[i]!]!]!++] = from[i]!;
  };
  for (let i = 0; i < n; i++) {
    other[i] = i;
    rank[i] = block[i]!;
  }
  sort(other, order, rank, 256);
  let classes = 256;
  for (let length = 1; length < n * 2; length *= 2) {
    // Sorted by the second half already: by the first half, in that order.
    for (let i = 0; i < n; i++) {
      const before = order[i]! - (length === 1 ? 0 : length >> 1);
      other[i] = before < 0 ? before + n : before;
    }
    if (length > 1) sort(other, order, rank, classes);
    const half = length >> 1;
    let found = 0;
    nextRank[order[0]!] = 0;
    for (let i = 1; i < n; i++) {
      const a = order[i]!, b = order[i - 1]!;
      const secondA = a + half < n ? a + half : a + half - n;
      const secondB = b + half < n ? b + half : b + half - n;
      if (rank[a] !== rank[b] || (half > 0 && rank[secondA] !== rank[secondB])) found++;
      nextRank[a] = found;
    }
    [rank, nextRank] = [nextRank, rank];
    classes = found + 1;
    if (classes === n) break;
  }
  return order;
}

/** Code lengths for symbols that occur so often, none above {@linkcode LONGEST}. */
export function codeLengths(counts: readonly number[]): number[] {
  for (let scale = 1;; scale *= 2) {
    let nodes: { weight: number; symbols: number[] }[] = counts.map((count, symbol) => ({
      weight: Math.max(1, Math.floor(count / scale)),
      symbols: [symbol],
    }));
    const lengths = counts.map(() => 0);
    while (nodes.length > 1) {
      nodes = nodes.sort((a, b) => b.weight - a.weight);
      const a = nodes.pop()!, b = nodes.pop()!;
      const symbols = [...a.symbols, ...b.symbols];
      for (const symbol of symbols) lengths[symbol]!++;
      nodes.push({ weight: a.weight + b.weight, symbols });
    }
    if (Math.max(...lengths) <= LONGEST) return lengths;
  }
}

/** The codes of the lengths, in the order of length, then symbol. */
function codesOf(lengths: readonly number[]): number[] {
  const codes = lengths.map(() => 0);
  let code = 0;
  for (let length = 1; length <= LONGEST; length++) {
    for (const [symbol, own] of lengths.entries()) if (own === length) codes[symbol] = code++;
    code <<= 1;
  }
  return codes;
}

/** The last bytes of the sorted rotations, moved to front; zeros as their number. */
function symbolsOf(block: Uint8Array, order: Int32Array, used: number[]): Uint16Array {
  const front = used.slice(), symbols = new Uint16Array(block.length + 1);
  let count = 0, zeros = 0;
  const putZeros = (): void => {
    for (; zeros > 0; zeros = zeros - 1 >> 1) symbols[count++] = zeros & 1 ? 0 : 1;
  };
  for (const at of order) {
    const byte = block[at === 0 ? block.length - 1 : at - 1]!;
    const place = front.indexOf(byte);
    if (place === 0) {
      zeros++;
      continue;
    }
    putZeros();
    front.copyWithin(1, 0, place);
    front[0] = byte;
    symbols[count++] = place + 1;
  }
  putZeros();
  symbols[count++] = used.length + 1;
  return symbols.subarray(0, count);
}

function writeBlock(bits: BitWriter, block: Uint8Array, sum: number): void {
  const order = sortRotations(block);
  const used = [...new Set(block)].sort((a, b) => a - b);
  const symbols = symbolsOf(block, order, used);
  for (const half of BLOCK) bits.write(24, half);
  bits.write32(sum);
  bits.write(1, 0);
  bits.write(24, order.indexOf(0));
  for (let i = 0; i < 16; i++) bits.write(1, used.some((byte) => byte >> 4 === i) ? 1 : 0);
  for (let i = 0; i < 16; i++) {
    if (!used.some((byte) => byte >> 4 === i)) continue;
    for (let j = 0; j < 16; j++) bits.write(1, used.includes(i << 4 | j) ? 1 : 0);
  }
  const counts: number[] = new Array(used.length + 2).fill(0);
  for (const symbol of symbols) counts[symbol]!++;
  const lengths = codeLengths(counts), codes = codesOf(lengths);
  // At least two tables there must be; all groups use the first.
  const groups = Math.ceil(symbols.length / GROUP);
  bits.write(3, 2);
  bits.write(15, groups);
  for (let i = 0; i < groups; i++) bits.write(1, 0);
  for (let i = 0; i < 2; i++) {
    let length = lengths[0]!;
    bits.write(5, length);
    for (const wanted of lengths) {
      for (; length < wanted; length++) bits.write(2, 2);
      for (; length > wanted; length--) bits.write(2, 3);
      bits.write(1, 0);
    }
  }
  for (const symbol of symbols) bits.write(lengths[symbol]!, codes[symbol]!);
}

/** Write one stream. */
export async function* compressBz2(pieces: Pieces, level = 9): AsyncGenerator<Uint8Array> {
  const bits = new BitWriter();
  for (const byte of new TextEncoder().encode(`BZh${level}`)) bits.write(8, byte);
  const block = new Uint8Array(level * LEVEL_BYTES - SPARE);
  let at = 0, sum = -1, whole = 0, last = -1, run = 0;
  const putRun = (): void => {
    for (let i = 0; i < Math.min(run, 4); i++) block[at++] = last;
    if (run >= 4) block[at++] = run - 4;
    run = 0;
  };
  const endBlock = (): void => {
    putRun();
    if (at === 0) return;
    writeBlock(bits, block.subarray(0, at), ~sum);
    whole = (whole << 1 | whole >>> 31) ^ ~sum;
    at = 0;
    sum = last = -1;
  };
  for await (const piece of pieces) {
    for (const byte of piece) {
      if (byte !== last || run === 255) {
        putRun();
        if (at + 5 > block.length) {
          endBlock();
          yield bits.take();
        }
        last = byte;
      }
      run++;
      sum = crc(sum, byte);
    }
  }
  endBlock();
  for (const half of END) bits.write(24, half);
  bits.write32(whole);
  bits.pad();
  yield bits.take();
}
