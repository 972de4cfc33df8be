/**
 * The throws at a square in four forms: plain and tuned TypeScript, WebAssembly without and with SIMD.
 *
 * @module
 */
import { scalar, simd } from "./wasm/pi.wasm"; // compiled from assembly/pi.ts

// #region lesson
// All four count the same hits. There are four lanes, each a generator sfc32 with a stream of its
// own, and `throws` in each. A throw is one number of 32 bits: its halves are x and y.

/** A generator as an object, as one would write it first. */
class Random {
  state: number[];
  constructor(seed: number, stream: number) {
    this.state = [seed, stream, 0x9e3779b9 | 0, 1];
    for (let i = 0; i < 15; i++) this.next();
  }
  next(): number {
    const [a, b, c, d] = this.state;
    const r = (a! + b! + d!) | 0;
    this.state = [ // <- a new array for each number
      b! ^ (b! >>> 9),
      (c! + (c! << 3)) | 0,
      ((c! << 21 | c! >>> 11) + r) | 0,
      (d! + 1) | 0,
    ];
    return r;
  }
}

function plain(seed: number, stream: number, throws: number): number {
  let hits = 0;
  for (const lane of [0, 1, 2, 3]) {
    const random = new Random(seed, 4 * stream + lane);
    for (let i = 0; i < throws; i++) {
      const r = random.next();
      const [x, y] = [r << 16 >> 16, r >> 16];
      if (x ** 2 + y ** 2 < 2 ** 30) hits++;
    }
  }
  return hits;
}

/** Numbers in variables, whole ones by `| 0`, no arrays: V8 compiles it like C. */
function tuned(seed: number, stream: number, throws: number): number {
  let hits = 0;
  for (let lane = 0; lane < 4; lane++) {
    let a = seed | 0, b = (4 * stream + lane) | 0, c = 0x9e3779b9 | 0, d = 1; // <- in variables
    for (let i = -15; i < throws; i++) {
      const r = (((a + b) | 0) + d) | 0;
      d = (d + 1) | 0;
      a = b ^ (b >>> 9);
      b = (c + (c << 3)) | 0;
      c = ((c << 21 | c >>> 11) + r) | 0;
      const x = r << 16 >> 16, y = r >> 16;
      if (i >= 0) hits += +(x * x + y * y < 1 << 30);
    }
  }
  return hits;
}

/** The hits of `throws` throws in each of four lanes. */
export type Kernel = (seed: number, stream: number, throws: number) => number;

/** The four forms. */
export const kernels: Record<string, Kernel> = {
  "plain TypeScript": plain,
  "tuned TypeScript": tuned,
  "WebAssembly": scalar, // <- compiled before it runs
  "WebAssembly SIMD": simd, // <- four lanes in one instruction
};
// #endregion
