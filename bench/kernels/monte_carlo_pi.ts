/**
 * Monte-Carlo pi: throw points at a square and count those inside the circle.
 *
 * @module
 */
import { task } from "@polycore/pool";
import type { KernelSpec } from "./kernel.ts";
import { seedState } from "./xoshiro128.ts";

/**
 * Throws in one task. Long enough that handing it out is no cost, short enough that the last tasks
 * end together on a hundred workers.
 */
const BLOCK = 500_000;

/**
 * Chunks for each worker: enough that a worker on a slow core leaves the others idle for 1/64 of
 * the time at most.
 */
const CHUNKS = 64;

/**
 * Throw points into the square from -1 to 1 and count those inside the circle.
 *
 * Each block has a stream of its own, so the sum over all blocks does not depend on who computes
 * which.
 *
 * @param block The number of the block, its seed.
 * @param throws How many points to throw.
 * @returns The number of points inside.
 */
export function countInside(block: number, throws: number): number {
  let [s0, s1, s2, s3] = seedState(block);
  let outside = 0;
  for (let i = 0; i < throws; i++) {
    // xoshiro128+, twice: locals instead of an array, and no call, make it several times as fast.
    const x = (s0 + s3) | 0;
    let t = s1 << 9;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= t;
    s3 = (s3 << 11) | (s3 >>> 21);
    const y = (s0 + s3) | 0;
    t = s1 << 9;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= t;
    s3 = (s3 << 11) | (s3 >>> 21);
    // The square of the distance in units of the radius 2^31, cut to 0 inside and 1 outside: no
    // branch to mispredict.
    outside = (outside + ~~((x * x + y * y) * 2 ** -62)) | 0;
  }
  return throws - outside;
}

/** {@linkcode countInside} as a task of a pool. */
export const piBlock: typeof countInside = task(import.meta, countInside);

/** The kernel. */
export const monteCarloPi: KernelSpec = {
  name: "monte-carlo-pi",
  title: "Monte-Carlo pi",
  about: `Points are thrown at a square, and the share inside the circle gives pi. A task throws ${
    BLOCK.toLocaleString("en-US")
  } points with a random stream of its own, so every number of workers gives the same count.`,
  unit: "throws",
  sizes: { full: 1_000_000_000, quick: 100_000_000 },
  samples: { full: 9, quick: 7 },
  prepare(size: number) {
    const blocks = Array.from(
      { length: Math.ceil(size / BLOCK) },
      (_, i): [number, number] => [i, Math.min(BLOCK, size - i * BLOCK)],
    );
    return {
      serial: () => blocks.reduce((sum, [block, throws]) => sum + countInside(block, throws), 0),
      parallel: async (pool, workers) => {
        const chunkSize = Math.max(1, Math.floor(blocks.length / (workers * CHUNKS)));
        const counts = await pool.starmap(piBlock, blocks, { chunkSize });
        return counts.reduce((sum, inside) => sum + inside, 0);
      },
      describe: (inside) => `pi is about ${(4 * inside / size).toFixed(6)}`,
    };
  },
};
