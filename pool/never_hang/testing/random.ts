/** Random numbers that a seed determines. */
export class Random {
  #state: number;

  /** Begins with a seed. */
  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** A whole number from 0 to `end`, without `end`. */
  below(end: number): number {
    // Mulberry32.
    const a = this.#state = this.#state + 0x6d2b79f5 | 0;
    let t = Math.imul(a ^ a >>> 15, a | 1);
    t ^= t + Math.imul(t ^ t >>> 7, t | 61);
    return Math.floor(((t ^ t >>> 14) >>> 0) / 2 ** 32 * end);
  }

  /** True once in so many times. */
  oneIn(times: number): boolean {
    return this.below(times) === 0;
  }
}
