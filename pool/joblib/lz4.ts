/**
 * LZ4 frames, as Python's `lz4.frame` reads and writes them.
 *
 * @module
 */

import type { Pieces } from "./compressors.ts";
import { compressBlock, decompressBlock, WINDOW } from "./lz4_block.ts";
import { PieceSource } from "./source.ts";
import { inSteps } from "./steps.ts";
import { XxHash32, xxHash32 } from "./xxhash32.ts";

const MAGIC = 0x184d2204;

/** Frames to be skipped have one of sixteen numbers. */
const SKIPPED = 0x184d2a50;

/** In the first byte of the descriptor. */
const VERSION = 1 << 6, INDEPENDENT = 1 << 5, BLOCK_SUMS = 1 << 4, LENGTH = 1 << 3;
const SUM = 1 << 2, DICTIONARY = 1;

/** Blocks that are written: 1 MiB. */
const BLOCK_CODE = 6;

/** In the length of a block: it is not compressed. */
const PLAIN = 0x80000000;

/** Bytes of a block by its code. */
function blockSize(code: number): number {
  return 1 << 8 + 2 * code;
}

function word(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, true);
  return bytes;
}

/** Write one frame. LZ4 is for speed: it has one level here. */
export async function* compressLz4(pieces: Pieces): AsyncGenerator<Uint8Array> {
  const descriptor = Uint8Array.of(VERSION | INDEPENDENT | SUM, BLOCK_CODE << 4);
  const sum = new XxHash32();
  yield word(MAGIC);
  yield descriptor;
  yield Uint8Array.of(xxHash32(descriptor) >> 8);
  for await (const step of inSteps(pieces, blockSize(BLOCK_CODE))) {
    sum.update(step);
    const packed = new Uint8Array(step.length);
    const length = compressBlock(step, packed);
    yield word(length < 0 ? (step.length | PLAIN) >>> 0 : length);
    yield length < 0 ? step : packed.subarray(0, length);
  }
  yield word(0);
  yield word(sum.digest());
}

class Frames {
  #source: PieceSource;

  constructor(pieces: AsyncIterable<Uint8Array>) {
    this.#source = new PieceSource(pieces);
  }

  async #take(length: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(length);
    if (await this.#source.read(bytes) < length) throw new Error("the LZ4 frame ends too early");
    return bytes;
  }

  async #word(): Promise<number> {
    return new DataView((await this.#take(4)).buffer).getUint32(0, true);
  }

  async #check(sum: number, what: string): Promise<void> {
    if (await this.#word() !== sum) throw new Error(`${what} does not fit its check sum`);
  }

  /** All frames, one after the other. */
  async *read(): AsyncGenerator<Uint8Array> {
    const first = new Uint8Array(4);
    for (;;) {
      const count = await this.#source.read(first);
      if (count === 0) return;
      const magic = new DataView(first.buffer).getUint32(0, true);
      if (count === 4 && magic === MAGIC) yield* this.#frame();
      else if (count === 4 && (magic & ~15) >>> 0 === SKIPPED) await this.#skip();
      else throw new Error("no LZ4 frame where one should be");
    }
  }

  async #skip(): Promise<void> {
    for (let left = await this.#word(); left > 0; left -= blockSize(4)) {
      await this.#take(Math.min(left, blockSize(4)));
    }
  }

  /** The flags and the size of blocks. */
  async #descriptor(): Promise<[flags: number, most: number]> {
    const two = await this.#take(2), [flags, size] = two as unknown as [number, number];
    const code = size >> 4 & 7;
    if (flags >> 6 !== 1 || flags & DICTIONARY || code < 4) {
      throw new Error("an LZ4 frame of an unknown kind, or with a dictionary");
    }
    const length = await this.#take(flags & LENGTH ? 8 : 0);
    const [sum] = await this.#take(1);
    if ((xxHash32(Uint8Array.of(...two, ...length)) >> 8 & 255) !== sum) {
      throw new Error("the head of an LZ4 frame does not fit its check sum");
    }
    return [flags, blockSize(code)];
  }

  async *#frame(): AsyncGenerator<Uint8Array> {
    const [flags, most] = await this.#descriptor();
    const sum = new XxHash32();
    // What blocks may copy from, and behind it the block.
    const bytes = new Uint8Array(WINDOW + most);
    let history = 0;
    for (;;) {
      const head = await this.#word();
      if (head === 0) break;
      const length = head & ~PLAIN;
      if (length > most) throw new Error(`an LZ4 block of ${length} bytes`);
      const block = await this.#take(length);
      if (flags & BLOCK_SUMS) await this.#check(xxHash32(block), "an LZ4 block");
      let end = history + length;
      if (head & PLAIN) bytes.set(block, history);
      else end = decompressBlock(block, bytes, history, most);
      const unpacked = bytes.slice(history, end);
      sum.update(unpacked);
      yield unpacked;
      if (flags & INDEPENDENT) continue;
      const kept = Math.min(end, WINDOW);
      bytes.copyWithin(0, end - kept, end);
      history = kept;
    }
    if (flags & SUM) await this.#check(sum.digest(), "an LZ4 frame");
  }
}

/** Read frames. */
export function decompressLz4(pieces: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  return new Frames(pieces).read();
}
