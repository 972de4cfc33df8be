/**
 * The triad of McCalpin's STREAM: the measure of a machine's memory bandwidth.
 *
 * @module
 */
import type { KernelSpec } from "./kernel.ts";
import { type Vectors, vectors } from "./vectors.ts";
import { wasm } from "./wasm.ts";

const FACTOR = 3;

interface Module {
  scalar(a: number, b: number, out: number, factor: number, length: number): void;
  simd(a: number, b: number, out: number, factor: number, length: number): void;
}

function plain([a, b, out]: Vectors, from: number, to: number): number {
  out.view.set(a.view.subarray(from, to).map((x, i) => x + FACTOR * b.view[from + i]), from);
  return 0;
}

function tuned([a, b, out]: Vectors, from: number, to: number): number {
  const x = a.view;
  const y = b.view;
  const z = out.view;
  for (let i = from; i < to; i++) z[i] = x[i] + FACTOR * y[i];
  return 0;
}

const compiled =
  (name: keyof Module) => ([a, b, out]: Vectors, from: number, to: number): number => {
    const at = (array: Vectors[0]) => array.view.byteOffset + 8 * from;
    wasm<Module>("triad")[name](at(a), at(b), at(out), FACTOR, to - from);
    return 0;
  };

/**
 * The kernel. Its arrays are together several times as large as a large cache, as STREAM asks; its bytes
 * are counted as STREAM counts them, without the line that a store reads before it writes.
 */
export const triad: KernelSpec<Vectors> = {
  name: "triad",
  title: "The triad",
  about:
    "One array plus a multiple of another is written to a third (STREAM's triad); with arrays larger " +
    "than the caches it measures the memory's bandwidth.",
  unit: "elements",
  grain: 8,
  tasksPerWorker: 1,
  sizes: { full: 16_000_000, quick: 8_000_000 },
  sharedBytesPerUnit: 24,
  bytesPerUnit: 24,
  flopsPerUnit: 2,
  variants: {
    "typescript-plain": plain,
    "typescript": tuned,
    "wasm": compiled("scalar"),
    "wasm-simd": compiled("simd"),
  },
  prepare: (size) => vectors("The triad", size, (x, y) => x + FACTOR * y),
};
