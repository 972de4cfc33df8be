/**
 * What both directions of bzip2 need: bits from the highest down, and its check sum.
 *
 * @module
 */

/** Two marks of 48 bits, in two halves: a block begins, the stream ends. */
export const BLOCK = [0x314159, 0x265359] as const, END = [0x177245, 0x385090] as const;

/** Bytes of a block for each level. */
export const LEVEL_BYTES = 100_000;

/** So many symbols are coded by one table. */
export const GROUP = 50;

const table = new Int32Array(256).map((_, byte) => {
  let sum = byte << 24;
  for (let bit = 0; bit < 8; bit++) sum = sum << 1 ^ (sum < 0 ? 0x04c11db7 : 0);
  return sum;
});

/** The sum behind one byte more. It begins with -1, and counts inverted. */
export function crc(sum: number, byte: number): number {
  return sum << 8 ^ table[sum >>> 24 ^ byte]!;
}

/** Writes bits. */
export class BitWriter {
  #bytes = new Uint8Array(1 << 16);
  #at = 0;
  #bits = 0;
  #count = 0;

  /** Write a number of up to 24 bits. */
  write(count: number, value: number): void {
    for (let left = count; left > 0;) {
      const taken = Math.min(left, 8 - this.#count);
      left -= taken;
      this.#bits = this.#bits << taken | value >>> left & (1 << taken) - 1;
      this.#count += taken;
      if (this.#count === 8) this.#byte();
    }
  }

  #byte(): void {
    if (this.#at === this.#bytes.length) {
      const larger = new Uint8Array(this.#at * 2);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes[this.#at++] = this.#bits;
    this.#bits = this.#count = 0;
  }

  /** Write a number of 32 bits. */
  write32(value: number): void {
    this.write(16, value >>> 16);
    this.write(16, value & 0xffff);
  }

  /** Fill the last byte with zeros. */
  pad(): void {
    if (this.#count > 0) this.write(8 - this.#count, 0);
  }

  /** The whole bytes so far, which are then forgotten. */
  take(): Uint8Array {
    const bytes = this.#bytes.slice(0, this.#at);
    this.#at = 0;
    return bytes;
  }
}
