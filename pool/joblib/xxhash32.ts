/**
 * xxHash of 32 bits, the check sum of LZ4 frames.
 *
 * @module
 */

const P1 = 0x9e3779b1, P2 = 0x85ebca77, P3 = 0xc2b2ae3d, P4 = 0x27d4eb2f, P5 = 0x165667b1;

/** Bytes that are taken at once. */
const STRIPE = 16;

function rotate(x: number, bits: number): number {
  return x << bits | x >>> 32 - bits;
}

function round(lane: number, word: number): number {
  return Math.imul(rotate(lane + Math.imul(word, P2) | 0, 13), P1);
}

/** The sum of bytes that come in pieces. */
export class XxHash32 {
  #lanes = Int32Array.of(P1 + P2, P2, 0, -P1);
  #rest = new Uint8Array(STRIPE);
  #length = 0;

  /** Take the next bytes. */
  update(bytes: Uint8Array): this {
    let at = 0;
    const held = this.#length % STRIPE;
    this.#length += bytes.length;
    if (held > 0) {
      this.#rest.set(bytes.subarray(0, STRIPE - held), held);
      at = STRIPE - held;
      if (at > bytes.length) return this;
      this.#stripes(this.#rest, 0);
    }
    at = this.#stripes(bytes, at);
    this.#rest.set(bytes.subarray(at));
    return this;
  }

  /** Take all whole stripes from a place on; give the place behind them. */
  #stripes(bytes: Uint8Array, at: number): number {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let [a, b, c, d] = this.#lanes as unknown as [number, number, number, number];
    for (; at + STRIPE <= bytes.length; at += STRIPE) {
      a = round(a, view.getInt32(at, true));
      b = round(b, view.getInt32(at + 4, true));
      c = round(c, view.getInt32(at + 8, true));
      d = round(d, view.getInt32(at + 12, true));
    }
    this.#lanes.set([a, b, c, d]);
    return at;
  }

  /** The sum of all bytes so far. */
  digest(): number {
    const [a, b, c, d] = this.#lanes as unknown as [number, number, number, number];
    let sum = this.#length >= STRIPE
      ? rotate(a, 1) + rotate(b, 7) + rotate(c, 12) + rotate(d, 18)
      : P5;
    sum = sum + this.#length | 0;
    const end = this.#length % STRIPE;
    const view = new DataView(this.#rest.buffer);
    let at = 0;
    for (; at + 4 <= end; at += 4) {
      sum = Math.imul(rotate(sum + Math.imul(view.getInt32(at, true), P3) | 0, 17), P4);
    }
    for (; at < end; at++) {
      sum = Math.imul(rotate(sum + Math.imul(this.#rest[at]!, P5) | 0, 11), P1);
    }
    sum = Math.imul(sum ^ sum >>> 15, P2);
    sum = Math.imul(sum ^ sum >>> 13, P3);
    return (sum ^ sum >>> 16) >>> 0;
  }
}

/** The sum of some bytes. */
export function xxHash32(bytes: Uint8Array): number {
  return new XxHash32().update(bytes).digest();
}
