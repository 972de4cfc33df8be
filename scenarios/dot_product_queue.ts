/**
 * A dot product by processes that get slices and put partial sums on a queue.
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { alone, type Scenario } from "./scenario.ts";

// #region lesson
function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

const dotSlice = mp.task(
  import.meta,
  (a: Float64Array, b: Float64Array, sums: mp.Queue<number>) => sums.put(dot(a, b)), // <- a partial sum
);

/** Hand a slice to each process and add up what comes back. */
async function dotByProcesses(a: Float64Array, b: Float64Array, workers: number) {
  const sums = new mp.Queue<number>();
  const processes: mp.Process[] = [];
  for (let i = 0; i < workers; i++) {
    const lower = Math.floor(i * a.length / workers); // the last slice takes the rest along
    const upper = Math.floor((i + 1) * a.length / workers);
    const process = new mp.Process({
      target: dotSlice,
      args: [a.slice(lower, upper), b.slice(lower, upper), sums],
    });
    processes.push(process);
    process.start();
  }
  const parts: number[] = [];
  while (parts.length < workers) parts.push(await sums.getAsync());
  for (const process of processes) await process.join();
  return { parts, sum: parts.reduce((sum, part) => sum + part, 0) };
}
// #endregion

/** The scenario. */
export const scenario: Scenario = {
  id: "dot-product-queue",
  deck: "PNNL",
  slide: "Multiprocessor dot product: not fast, but simple",
  summary: "a dot product from slices, partial sums through a queue",
  question:
    "Each process gets a slice of both arrays and puts its partial sum on a queue. Is the " +
    "total right, and is it faster than a loop?",
  takes: {
    workers: { means: "processes", full: 8, quick: 4, max: 64 },
    size: { means: "elements", full: 2_000_000, quick: 200_000, min: 64, max: 50_000_000 },
  },
  next: "shared-dot-race",

  async run({ workers, size }, print) {
    // Small whole numbers: their products and sums are exact in any order.
    const a = Float64Array.from({ length: size }, (_, i) => i % 10);
    const b = Float64Array.from({ length: size }, (_, i) => 1 + i % 3);
    const start = performance.now();
    const expected = dot(a, b);
    const serial = performance.now() - start;
    print(`a loop over ${size.toLocaleString("en-US")} elements took ${serial.toFixed(1)} ms`);
    const startParallel = performance.now();
    const { parts, sum } = await dotByProcesses(a, b, workers);
    const parallel = performance.now() - startParallel;
    print(`${workers} processes with a slice each took ${parallel.toFixed(1)} ms`);
    const chunk = Math.floor(size / workers);
    const rest = size - chunk * workers;
    return {
      found: `${sum === expected ? "right" : "wrong"}, but ${
        (parallel / serial).toFixed(0)
      } times slower than a loop`,
      answer: [
        {
          columns: ["way", "dot product", "ms"],
          rows: [["one loop", expected, serial], [`${workers} processes`, sum, parallel]],
        },
        `The processes are ${(parallel / serial).toFixed(0)} times slower than the loop, and the ` +
        `sum is ${sum === expected ? "the same to the last digit" : "WRONG"}.`,
      ],
      why: "A slice is copied to its process, and a process takes milliseconds to start. A " +
        "multiplication takes about a nanosecond, so there is far too little work to pay for " +
        "that. The queue needs no lock in the program: each process puts one number, and only " +
        "the parent adds. The slide cuts slices of size / processes; when that does not come " +
        `out even, the rest is lost (here ${rest} elements would be), so these bounds include it.`,
      check: [
        { claim: "Every process puts one partial sum.", holds: parts.length === workers },
        { claim: "The sum of the parts equals the loop's.", holds: sum === expected },
        { claim: "It is not fast: the loop wins.", holds: parallel > serial },
      ],
    };
  },
};

if (import.meta.main) await alone(scenario);
