/**
 * The kernels that the bench knows, and the one task by which workers run them.
 *
 * @module
 */
import { task } from "@polycore/pool";
import { dotProduct } from "./dot_product.ts";
import type { KernelSpec, VariantName } from "./kernel.ts";
import { matrixMultiply } from "./matrix_multiply.ts";
import { monteCarloPi } from "./monte_carlo_pi.ts";
import { squareAdd } from "./square_add.ts";
import { triad } from "./triad.ts";
import { wordCount } from "./word_count.ts";

/** Every kernel, in the order of the report. */
export const kernels: readonly KernelSpec[] = [
  monteCarloPi,
  dotProduct,
  squareAdd,
  triad,
  matrixMultiply,
  wordCount,
];

/** A range of a kernel, as a task of a pool. */
export const runRange: (
  kernel: string,
  variant: VariantName,
  data: unknown,
  from: number,
  to: number,
) => number = task(
  import.meta,
  (kernel: string, variant: VariantName, data: unknown, from: number, to: number) =>
    kernels.find(({ name }) => name === kernel)!.variants[variant](data, from, to),
);

/**
 * Cut a problem into ranges.
 *
 * @param size The size of the problem.
 * @param chunk Units in a range, rounded up to the grain; the last range may be shorter.
 * @param grain Ranges begin at multiples of this.
 * @returns The beginnings and ends.
 */
export function ranges(size: number, chunk: number, grain: number): [from: number, to: number][] {
  const step = Math.max(1, Math.ceil(chunk / grain)) * grain;
  return Array.from(
    { length: Math.ceil(size / step) },
    (_, i) => [i * step, Math.min(size, (i + 1) * step)],
  );
}
