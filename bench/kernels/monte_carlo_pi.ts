/**
 * Monte-Carlo pi: throw points at a square and count those inside the circle.
 *
 * A throw is one number of 32 random bits, whose halves are the two coordinates, from -2^15 to 2^15 - 1.
 * On that grid the share inside is 3,373,258,461 of 2^32, so the estimate goes to 3.14159175, which is
 * 0.0000009 beside pi: a fiftieth of what chance makes of 10^9 throws.
 *
 * A block of throws has eight streams of xoshiro128++, its lanes, each with a seed of its own; throw i is
 * the next number of lane i mod 8. So vectors can take them side by side, and every variant and every
 * number of workers counts the very same throws.
 *
 * @module
 */
import { expectResult, type KernelSpec } from "./kernel.ts";
import { wasm } from "./wasm.ts";
import { seedState, Xoshiro128 } from "./xoshiro128.ts";

/**
 * Throws in a block, the least that a task can be. Long enough that setting up its streams is no cost,
 * short enough that the last tasks end together on a hundred workers.
 */
export const BLOCK = 500_000;

/** The streams of a block. */
const LANES = 8;

/** The square of the radius, 2^15. */
const RADIUS_SQUARED = 2 ** 30;

/** The share of the grid inside the circle, as a value of pi. */
export const PI_ON_GRID: number = 4 * 3_373_258_461 / 2 ** 32;

/** The throws of one block inside the circle. */
type CountBlock = (block: number, throws: number) => number;

function plain(block: number, throws: number): number {
  const lanes = Array.from({ length: LANES }, (_, lane) => new Xoshiro128(block * LANES + lane));
  let inside = 0;
  for (let i = 0; i < throws; i++) {
    const bits = lanes[i % LANES].next();
    const x = (bits & 0xffff) << 16 >> 16;
    const y = bits >> 16;
    if (x ** 2 + y ** 2 < RADIUS_SQUARED) inside++;
  }
  return inside;
}

function tuned(block: number, throws: number): number {
  let inside = 0;
  // One lane after the other, its state in variables of their own: no array, no call in the loop.
  for (let lane = 0; lane < LANES; lane++) {
    let [s0, s1, s2, s3] = seedState(block * LANES + lane);
    for (let i = lane; i < throws; i += LANES) {
      const sum = (s0 + s3) | 0;
      const bits = ((sum << 7 | sum >>> 25) + s0) | 0;
      const t = s1 << 9;
      s2 ^= s0;
      s3 ^= s1;
      s1 ^= s2;
      s0 ^= s3;
      s2 ^= t;
      s3 = s3 << 11 | s3 >>> 21;
      const x = bits << 16 >> 16;
      const y = bits >> 16;
      // The square of the distance, as an unsigned number, shifted to 0 inside and to 1 or 2 outside:
      // no branch to mispredict.
      inside += +((x * x + y * y) < RADIUS_SQUARED);
    }
  }
  return inside;
}

interface Module {
  scalar: CountBlock;
  simd: CountBlock;
}

/** Count whole blocks, the last of which may be short. */
function blocks(count: CountBlock): (data: [], from: number, to: number) => number {
  return (_data, from, to) => {
    let inside = 0;
    for (let at = from; at < to; at += BLOCK) inside += count(at / BLOCK, Math.min(BLOCK, to - at));
    return inside;
  };
}

/** The kernel. */
export const monteCarloPi: KernelSpec<[]> = {
  name: "monte-carlo-pi",
  title: "Monte-Carlo pi",
  about:
    "Points are thrown at a square, and the share inside the circle gives pi; nothing is read " +
    "from memory, so the cores are the limit.",
  unit: "throws",
  grain: BLOCK,
  tasksPerWorker: 16,
  sizes: { full: 1_000_000_000, quick: 200_000_000 },
  sharedBytesPerUnit: 0,
  bytesPerUnit: null,
  flopsPerUnit: null,
  variants: {
    "typescript-plain": blocks(plain),
    "typescript": blocks(tuned),
    "wasm": blocks((block, throws) => wasm<Module>("monte_carlo_pi").scalar(block, throws)),
    "wasm-simd": blocks((block, throws) => wasm<Module>("monte_carlo_pi").simd(block, throws)),
  },
  prepare(size) {
    let first: number | undefined;
    return {
      data: [],
      check(inside) {
        expectResult("Monte-Carlo pi: the throws inside the circle", inside, first ??= inside);
        return `pi is about ${(4 * inside / size).toFixed(6)}`;
      },
    };
  },
};
