/**
 * The product of a tall matrix and a square one.
 *
 * @module
 */
import { SharedArray } from "@polycore/shm";
import { expectResult, type KernelSpec } from "./kernel.ts";
import { wasm } from "./wasm.ts";

/** Columns of the tall matrix, and rows and columns of the square one, which takes 2 MB: a core's cache. */
const N = 512;

type Matrix = SharedArray<"d">;
type Data = [a: Matrix, b: Matrix, out: Matrix];

interface Module {
  scalar(a: number, b: number, out: number, n: number, rows: number): void;
  simd(a: number, b: number, out: number, n: number, rows: number): void;
}

function plain([a, b, out]: Data, from: number, to: number): number {
  for (let i = from; i < to; i++) {
    for (let j = 0; j < N; j++) {
      let sum = 0;
      for (let k = 0; k < N; k++) sum += a.view[i * N + k] * b.view[k * N + j];
      out.view[i * N + j] = sum;
    }
  }
  return 0;
}

function tuned([a, b, out]: Data, from: number, to: number): number {
  const x = a.view;
  const y = b.view;
  for (let i = from; i < to; i++) {
    // The loops in the order that walks along the rows, where the next number is in the same cache line.
    const row = out.view.subarray(i * N, (i + 1) * N);
    row.fill(0);
    for (let k = 0; k < N; k++) {
      const factor = x[i * N + k];
      const line = k * N;
      for (let j = 0; j < N; j++) row[j] += factor * y[line + j];
    }
  }
  return 0;
}

const compiled = (name: keyof Module) => ([a, b, out]: Data, from: number, to: number): number => {
  const row = (matrix: Matrix) => matrix.view.byteOffset + 8 * N * from;
  wasm<Module>("matrix_multiply")[name](row(a), b.view.byteOffset, row(out), N, to - from);
  return 0;
};

/** The kernel. */
export const matrixMultiply: KernelSpec<Data> = {
  name: "matrix-multiply",
  title: "Matrix multiplication",
  about:
    `A matrix of so many rows and ${N} columns is multiplied by a square one that fits a core's cache; ` +
    "each number is used many times, so the cores are the limit.",
  unit: "rows",
  grain: 2,
  tasksPerWorker: 8,
  sizes: { full: 2048, quick: 512 },
  sharedBytesPerUnit: 2 * 8 * N,
  bytesPerUnit: null,
  flopsPerUnit: 2 * N * N,
  variants: {
    "typescript-plain": plain,
    "typescript": tuned,
    "wasm": compiled("scalar"),
    "wasm-simd": compiled("simd"),
  },
  prepare(size) {
    const a = new SharedArray("d", size * N);
    const b = new SharedArray("d", N * N);
    const out = new SharedArray("d", size * N);
    // Small whole numbers: every product is exact, in any order.
    for (let i = 0; i < size * N; i++) a.view[i] = (i * 7 + (i >> 9)) % 10;
    for (let i = 0; i < N * N; i++) b.view[i] = (i * 3 + (i >> 9)) % 7;
    const expected = sumOfProduct(a, b, size);
    return {
      data: [a, b, out],
      clear: () => void out.view.fill(0),
      check() {
        const sum = out.view.reduce((sum, x) => sum + x, 0);
        expectResult("Matrix multiplication: the sum of the product", sum, expected);
        return `the numbers of the product add up to ${sum.toLocaleString("en-US")}`;
      },
    };
  },
};

/** The sum over the product without computing it: each column's sum of `a` times that row's sum of `b`. */
function sumOfProduct(a: Matrix, b: Matrix, rows: number): number {
  let total = 0;
  for (let k = 0; k < N; k++) {
    let column = 0;
    for (let i = 0; i < rows; i++) column += a.view[i * N + k];
    let row = 0;
    for (let j = 0; j < N; j++) row += b.view[k * N + j];
    total += column * row;
  }
  return total;
}
