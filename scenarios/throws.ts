/**
 * Random throws at a square: the work that several lessons share out.
 *
 * @module
 */

// #region lesson
/** The generator sfc32: four words of state, of which the seed and the stream are two. */
class Sfc32 {
  // A class, as its method stays as fast for the second generator as for the first; a closure does not.
  #a: number;
  #b: number;
  #c = 0x9e3779b9 | 0;
  #d = 1;

  constructor(seed: number, stream: number) {
    this.#a = seed | 0;
    this.#b = stream | 0;
    for (let i = 0; i < 15; i++) this.next(); // mix the seed in
  }

  next(): number {
    const t = (((this.#a + this.#b) | 0) + this.#d) | 0;
    this.#d = (this.#d + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + t) | 0;
    return (t >>> 0) / 2 ** 32;
  }
}

/** Random numbers from 0 up to 1: the same ones for the same seed and stream. */
export function generator(seed: number, stream: number): () => number {
  const random = new Sfc32(seed, stream);
  return () => random.next();
}

/** How many of the throws hit the quarter circle, with the random numbers of that stream. */
export function countHits(throws: number, seed: number, stream: number): number {
  const random = new Sfc32(seed, stream);
  let hits = 0;
  for (let i = 0; i < throws; i++) {
    const x = random.next(), y = random.next();
    if (x * x + y * y < 1) hits++;
  }
  return hits;
}

/** Whether an estimate of pi is as near as its throws allow; chance fails one in a billion. */
export function nearPi(estimate: number, throws: number): boolean {
  // One throw has a deviation of 1.64.
  return Math.abs(estimate - Math.PI) < 6 * 1.65 / throws ** 0.5;
}
// #endregion
