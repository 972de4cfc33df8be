/**
 * A kernel that stops scaling because the memory is busy, beside one that does not.
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { alone, type Check, type Scenario } from "./scenario.ts";

// #region lesson
type Vector = mp.RawArray<"d">;
type Vectors = [Vector, Vector, Vector];

/** STREAM's triad: two loads, one store and two operations for each element. */
const triad = mp.task(import.meta, (x: Vector, y: Vector, z: Vector, from: number, to: number) => {
  const [a, b, c] = [x.view, y.view, z.view]; // typed arrays on the shared memory
  for (let i = from; i < to; i++) c[i] = a[i]! + 3 * b[i]!; // <- two operations for 24 bytes
});

/** The same loads and stores with many operations: a logistic map. */
const heavy = mp.task(import.meta, (x: Vector, y: Vector, z: Vector, from: number, to: number) => {
  const [a, b, c] = [x.view, y.view, z.view];
  for (let i = from; i < to; i++) c[i] = logistic(a[i]! / (a[i]! + 3 * b[i]!));
});

const rounds = 40;

function logistic(value: number): number {
  for (let k = 0; k < rounds; k++) value = 3.9 * value * (1 - value); // <- many operations
  return value;
}

/** The elements from `from` to `to` are one worker's; gives the best time of some runs, in ms. */
async function measure(kernel: typeof triad, vectors: Vectors, workers: number, runs: number) {
  await using pool = new mp.Pool(workers);
  const part = (w: number) => Math.floor(w * vectors[0].length / workers);
  const shares = Array.from({ length: workers }, (_, w): [...Vectors, number, number] => [
    ...vectors,
    part(w),
    part(w + 1),
  ]);
  let best = Infinity;
  for (let run = 0; run <= runs; run++) { // the first one is a warm-up
    const clock = performance.now();
    await pool.starmap(kernel, shares, { chunkSize: 1 });
    if (run > 0) best = Math.min(best, performance.now() - clock);
  }
  return best;
}
// #endregion

/** Each kernel with what it gives for x and y; x is 1, 2, 3 and so on, y is 1. */
const kernels: [kernel: typeof triad, gives: (x: number) => number][] = [
  [triad, (x) => x + 3],
  [heavy, (x) => logistic(x / (x + 3))],
];

/** How many elements are right. */
function rightOnes(z: Float64Array, gives: (x: number) => number): number {
  let right = 0;
  for (let i = 0; i < z.length; i++) if (z[i] === gives(i + 1)) right++;
  return right;
}

/** What must hold of the elements that are right after each measurement. */
export function checkElements(length: number, right: number[]): Check[] {
  return [{
    claim: "After each measurement every element is right.",
    holds: right.length > 0 && right.every((count) => count === length),
  }];
}

/** The scenario. */
export const scenario: Scenario = {
  id: "memory-bandwidth",
  deck: "beyond",
  slide: "Memory bandwidth",
  summary: "a kernel that the memory stops from scaling",
  question:
    "Two kernels read the same arrays and write the same array; one computes little on each " +
    "element, one much. Which of them gets faster with more cores, and until when?",
  takes: {
    workers: { means: "workers at the most", full: () => mp.cpuCount(), max: 512 },
    size: { means: "elements of each of three arrays", full: 1e7, quick: 5e5, min: 1000, max: 1e9 },
    runs: { means: "runs of each, of which the best counts", full: 3, quick: 2, max: 100 },
  },
  next: "race-free-slots",

  async run({ workers, size, runs, quick }, print) {
    const vectors = [1, 2, 3].map(() => new mp.RawArray("d", size)) as Vectors;
    const [x, y, z] = vectors;
    for (let i = 0; i < size; i++) x.view[i] = i + 1;
    y.view.fill(1);
    const rows: number[][] = [];
    const right: number[] = [];
    const powers = quick ? [1] : [1, 2, 4, 8, 16, 32, 64];
    const counts = [...powers.filter((n) => n < workers), workers];
    for (const n of counts) {
      const times: number[] = [];
      for (const [kernel, gives] of kernels) {
        z.view.fill(0);
        times.push(await measure(kernel, vectors, n, runs));
        right.push(rightOnes(z.view, gives));
      }
      const [thin, thick] = times as [number, number];
      const first = rows[0] ?? [n, thin, 1, 0, thick, 1];
      const rate = 24 * size / thin / 1e6;
      rows.push([n, thin, first[1]! / thin, rate, thick, first[4]! / thick]);
      print(`workers ${n}: triad ${rate.toFixed(1)} GB/s`);
    }
    const [, , thin, , , thick] = rows.at(-1)!;
    const most = Math.max(...rows.map((row) => row[3]!));
    return {
      found: `triad ${thin!.toFixed(2)} times, heavy ${thick!.toFixed(2)} times`,
      answer: [
        {
          columns: ["workers", "triad ms", "speedup", "GB/s", "heavy ms", "speedup"],
          rows,
        },
        `The most was ${most.toFixed(1)} GB/s, 24 bytes for each element. The three arrays are ` +
        `${
          (24 * size / 2 ** 20).toFixed(0)
        } MiB; where they fit into a cache it is the cache's speed.`,
      ],
      why:
        "The cores of a processor share the way to its memory. The triad does two operations on " +
        "24 bytes: a few cores ask for all that the memory can give, and more of them wait in " +
        "line. The other kernel does many operations on the same bytes, so the memory is idle " +
        "most of the time and each core adds its full speed. When the GB/s stay and the time " +
        "does too, keep data in the caches, do more with what was loaded, or take smaller numbers.",
      check: checkElements(size, right),
    };
  },
};

if (import.meta.main) await alone(scenario);
