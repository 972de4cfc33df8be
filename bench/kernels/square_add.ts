/**
 * The square of one array plus another one, element by element.
 *
 * @module
 */
import type { KernelSpec } from "./kernel.ts";
import { type Vectors, vectors } from "./vectors.ts";
import { wasm } from "./wasm.ts";

interface Module {
  scalar(a: number, b: number, out: number, length: number): void;
  simd(a: number, b: number, out: number, length: number): void;
}

function plain([a, b, out]: Vectors, from: number, to: number): number {
  out.view.set(a.view.subarray(from, to).map((x, i) => x ** 2 + b.view[from + i]), from);
  return 0;
}

function tuned([a, b, out]: Vectors, from: number, to: number): number {
  const x = a.view;
  const y = b.view;
  const z = out.view;
  for (let i = from; i < to; i++) z[i] = x[i] * x[i] + y[i];
  return 0;
}

const compiled =
  (name: keyof Module) => ([a, b, out]: Vectors, from: number, to: number): number => {
    const at = (array: Vectors[0]) => array.view.byteOffset + 8 * from;
    wasm<Module>("square_add")[name](at(a), at(b), at(out), to - from);
    return 0;
  };

/** The kernel. */
export const squareAdd: KernelSpec<Vectors> = {
  name: "square-add",
  title: "Square and add",
  about:
    "Each element of one array is squared, one of another is added, and the result is written to " +
    "a third, so the memory's bandwidth is the limit.",
  unit: "elements",
  grain: 8,
  tasksPerWorker: 1,
  sizes: { full: 8_000_000, quick: 2_000_000 },
  sharedBytesPerUnit: 24,
  bytesPerUnit: 24,
  flopsPerUnit: 2,
  variants: {
    "typescript-plain": plain,
    "typescript": tuned,
    "wasm": compiled("scalar"),
    "wasm-simd": compiled("simd"),
  },
  prepare: (size) => vectors("Square and add", size, (x, y) => x * x + y),
};
