/**
 * Arrays to save: numbers in which much repeats, and numbers in which nothing does.
 *
 * @module
 */

/** Numbers from 0 to 1, the same for the same seed; all 53 bits are chance: mulberry32, two at a time. */
export function generator(seed: number): () => number {
  let state = seed;
  const bits = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  return () => ((bits() >>> 5) * 2 ** 26 + (bits() >>> 6)) / 2 ** 53;
}

/** Measurements as an instrument gives them, in hundredths. */
export function measurements(size: number, random: () => number): Float64Array {
  return Float64Array.from(
    { length: size },
    (_, i) => Math.round(2000 * Math.sin(i / 500) + 4 * random()) / 100,
  );
}

/** Numbers from 0 to 1 in which all digits are chance. */
export function noise(size: number, random: () => number): Float64Array {
  return Float64Array.from({ length: size }, random);
}
