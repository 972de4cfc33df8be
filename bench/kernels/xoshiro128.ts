/**
 * The generator xoshiro128++ of Blackman and Vigna (2018), seeded by SplitMix64 as its authors advise.
 *
 * @module
 */

/** The state of the generator: four words of 32 bits, not all of them 0. */
export type Xoshiro128State = [number, number, number, number];

/**
 * The start of an independent stream.
 *
 * @param seed A whole number; neighbouring seeds give unrelated streams.
 * @returns The state.
 */
export function seedState(seed: number): Xoshiro128State {
  let z = BigInt.asUintN(64, BigInt(seed));
  const next = (): [number, number] => {
    z = BigInt.asUintN(64, z + 0x9e3779b97f4a7c15n);
    let x = BigInt.asUintN(64, (z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n);
    x = BigInt.asUintN(64, (x ^ (x >> 27n)) * 0x94d049bb133111ebn);
    x ^= x >> 31n;
    return [Number(x & 0xffffffffn), Number(x >> 32n)];
  };
  return [...next(), ...next()];
}

/** A stream of random numbers. */
export class Xoshiro128 {
  readonly #s: Xoshiro128State;

  /**
   * The stream of a seed.
   *
   * @param seed See {@linkcode seedState}; a test gives a state instead.
   */
  constructor(seed: number | Xoshiro128State) {
    this.#s = typeof seed === "number" ? seedState(seed) : [...seed];
  }

  /**
   * The next number.
   *
   * @returns 32 random bits, as a signed number.
   */
  next(): number {
    const s = this.#s;
    const sum = (s[0] + s[3]) | 0;
    const result = ((sum << 7 | sum >>> 25) + s[0]) | 0;
    const t = s[1] << 9;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = s[3] << 11 | s[3] >>> 21;
    return result;
  }
}
