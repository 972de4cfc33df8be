/**
 * The dot product of two arrays in shared memory.
 *
 * @module
 */
import { task } from "@polycore/pool";
import { SharedArray } from "@polycore/shm";
import type { KernelSpec } from "./kernel.ts";

/**
 * The dot product of a slice, on the memory where it lies.
 *
 * @param a The first array.
 * @param b The second array.
 * @param start The first index of the slice.
 * @param end The index after the last one.
 * @returns The sum of the products.
 */
export function dotOfSlice(
  a: SharedArray<"d">,
  b: SharedArray<"d">,
  start: number,
  end: number,
): number {
  const x = a.view;
  const y = b.view;
  // Four sums side by side, since one alone waits for the addition before it.
  let s0 = 0, s1 = 0, s2 = 0, s3 = 0;
  let i = start;
  for (; i + 3 < end; i += 4) {
    s0 += x[i] * y[i];
    s1 += x[i + 1] * y[i + 1];
    s2 += x[i + 2] * y[i + 2];
    s3 += x[i + 3] * y[i + 3];
  }
  for (; i < end; i++) s0 += x[i] * y[i];
  return s0 + s1 + s2 + s3;
}

/** {@linkcode dotOfSlice} as a task of a pool. */
export const dotSlice: typeof dotOfSlice = task(import.meta, dotOfSlice);

/** The kernel. */
export const dotProduct: KernelSpec = {
  name: "dot-product",
  title: "The dot product",
  about:
    "Two arrays of doubles lie in shared memory, and each worker takes one slice of both; nothing is " +
    "copied, so the memory's bandwidth is the limit.",
  unit: "elements",
  sizes: { full: 4_000_000, quick: 1_000_000 },
  samples: { full: 41, quick: 21 },
  prepare(size: number) {
    const a = new SharedArray("d", size);
    const b = new SharedArray("d", size);
    // Small whole numbers add up exactly in any order, so every run has to give the same sum.
    for (let i = 0; i < size; i++) {
      a.view[i] = i % 10;
      b.view[i] = i % 7;
    }
    return {
      serial: () => dotOfSlice(a, b, 0, size),
      parallel: async (pool, workers) => {
        const slices = Array.from(
          { length: workers },
          (_, w): Parameters<typeof dotOfSlice> => [
            a,
            b,
            Math.floor(w * size / workers),
            Math.floor((w + 1) * size / workers),
          ],
        );
        const sums = await pool.starmap(dotSlice, slices, { chunkSize: 1 });
        return sums.reduce((sum, part) => sum + part, 0);
      },
      describe: (sum) => `the product is ${sum.toLocaleString("en-US")}`,
    };
  },
};
