/**
 * What the kernels over three arrays have in common.
 *
 * @module
 */
import { SharedArray } from "@polycore/shm";
import { expectResult, type Problem } from "./kernel.ts";

/** Two arrays to read and one to write. */
export type Vectors = [a: SharedArray<"d">, b: SharedArray<"d">, out: SharedArray<"d">];

/**
 * Set up three arrays.
 *
 * @param what The name of the kernel, for messages.
 * @param size Their length.
 * @param element What the output has to be for two elements.
 * @returns The problem.
 */
export function vectors(
  what: string,
  size: number,
  element: (x: number, y: number) => number,
): Problem<Vectors> {
  const data: Vectors = [
    new SharedArray("d", size),
    new SharedArray("d", size),
    new SharedArray("d", size),
  ];
  const [a, b, out] = data.map((array) => array.view);
  // Small whole numbers: the sum over the output is exact.
  for (let i = 0; i < size; i++) {
    a[i] = i % 10;
    b[i] = i % 7;
  }
  let expected = 0;
  for (let i = 0; i < size; i++) expected += element(a[i], b[i]);
  return {
    data,
    clear: () => void out.fill(0),
    check() {
      let sum = 0;
      for (let i = 0; i < size; i++) sum += out[i];
      expectResult(`${what}: the sum of what was written`, sum, expected);
      return `the elements add up to ${sum.toLocaleString("en-US")}`;
    },
  };
}
