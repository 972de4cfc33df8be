/**
 * Random throws at a square: the work that several lessons share out.
 *
 * @module
 */

// #region lesson
/** The generator sfc32: four words of state, of which the seed and the stream are two. */
export function generator(seed: number, stream: number): () => number {
  let a = seed | 0, b = stream | 0, c = 0x9e3779b9 | 0, d = 1;
  const random = () => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + t) | 0;
    return (t >>> 0) / 2 ** 32;
  };
  for (let i = 0; i < 15; i++) random(); // mix the seed in
  return random;
}

/** How many of the throws hit the quarter circle, with the random numbers of that stream. */
export function countHits(throws: number, seed: number, stream: number): number {
  const random = generator(seed, stream);
  let hits = 0;
  for (let i = 0; i < throws; i++) {
    const x = random(), y = random();
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
