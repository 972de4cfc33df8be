/**
 * One call of the mapped function per element, against one call per worker.
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { alone, besideSlide, type Figure, type Scenario } from "./scenario.ts";

// #region lesson
const vectorSquare = mp.task(import.meta, (x: number) => x * x);

const vectorAdd = mp.task(import.meta, ([x, y]: [number, number]) => x + y);

const elemElemAdd = mp.task(
  import.meta,
  (a: mp.SharedArray<"d">, b: mp.SharedArray<"d">, i: number) => a.view[i]! + b.view[i]!, // <- one sum in a call
);

/** Much work in one call: a whole slice. */
const thickElemElemAdd = mp.task(
  import.meta,
  (a: mp.SharedArray<"d">, b: mp.SharedArray<"d">, calls: number, i: number) => {
    const lower = Math.floor(i * a.length / calls);
    const upper = Math.floor((i + 1) * a.length / calls);
    const [x, y] = [a.view, b.view];
    const sums = new Float64Array(upper - lower);
    for (let k = 0; k < sums.length; k++) sums[k] = x[lower + k]! + y[lower + k]!; // <- many
    return sums;
  },
);

function* range(n: number): Generator<number> {
  for (let i = 0; i < n; i++) yield i;
}

function* zip(a: Iterable<number>, b: Iterable<number>): Generator<[number, number]> {
  const other = b[Symbol.iterator]();
  for (const x of a) yield [x, other.next().value];
}
// #endregion

/** The seconds on the slide, for 2,000,000 doubles and 4 processes. */
const slideSeconds = [14.5, 27.7, 11.4, 0.57];

/** The scenario. */
export const scenario: Scenario = {
  id: "pool-map-overhead",
  deck: "PNNL",
  slide: "Map overhead",
  summary: "2,000,000 thin calls against one thick call per worker",
  question: "Pool.map calls a function for each of 2,000,000 elements, in three ways; then once " +
    "per worker for a whole slice. How long does each take, and what is the overhead?",
  takes: {
    workers: { means: "workers", full: 4, quick: 2, max: 64 },
    size: { means: "elements", full: 2_000_000, quick: 400_000, min: 1000, max: 10_000_000 },
  },
  next: "chunk-size",

  async run({ workers, size }, print) {
    using a = new mp.SharedArray("d", size);
    using b = new mp.SharedArray("d", size);
    for (let i = 0; i < size; i++) {
      a.view[i] = i % 1000;
      b.view[i] = 1;
    }
    await using pool = new mp.Pool(workers);
    await pool.map(vectorSquare, range(1000)); // the workers are up and have the module
    const rows: (string | number)[][] = [];
    const seconds: number[] = [];
    const time = async <R>(name: string, calls: number, map: () => Promise<R>): Promise<R> => {
      let results: R, took = Infinity;
      for (let run = 0; run < (calls === size ? 1 : 3); run++) { // few calls are soon repeated
        const start = performance.now();
        results = await map();
        took = Math.min(took, (performance.now() - start) / 1000);
      }
      seconds.push(took);
      rows.push([name, calls, took, slideSeconds[rows.length]!, took / calls * 1e6]);
      print(`${name}: ${calls.toLocaleString("en-US")} calls`);
      return results!;
    };

    const [xs, ys] = [a.view, b.view];
    const squares = await time("vector_square", size, () => pool.map(vectorSquare, xs));
    const pairSums = await time("vector_add (zip)", size, () => pool.map(vectorAdd, zip(xs, ys)));
    const add = mp.partial(elemElemAdd, a, b);
    const sums = await time("elem_elem_add", size, () => pool.map(add, range(size)));
    const thick = mp.partial(thickElemElemAdd, a, b, workers);
    const slices = await time(
      "THICK_elem_elem_add",
      workers,
      () => pool.map(thick, range(workers)),
    );
    const right = squares.length === size && squares.every((square, i) => square === xs[i]! ** 2) &&
      [pairSums, sums, slices.flatMap((slice) => [...slice])].every((all) =>
        all.length === size && all.every((sum, i) => sum === xs[i]! + 1)
      );
    const ratio = seconds[2]! / seconds[3]!;
    return {
      found: `thin calls take ${ratio.toFixed(1)} times as long`,
      answer: [
        { columns: ["function", "calls", "here s", "slide s", "us per call"], rows },
        `elem_elem_add and THICK_elem_elem_add do the same sums; the thin calls take ` +
        `${ratio.toFixed(1)} times as long (the thick ones: best of three).`,
      ],
      why: "Every call travels: its argument is written, taken by a worker, read; its result " +
        "comes back the same way. One addition takes a nanosecond, so nearly all the time is the " +
        "journey. vector_add sends a pair each time, so it is dearer. The thick version makes " +
        "one journey per worker. The arrays themselves do not travel, as they are shared.",
      beside: besideSlide([
        ...rows.map((
          [name],
          i,
        ): Figure => [`${name}, s`, slideSeconds[i]!, seconds[i]!, size === 2e6]),
        ["elem_elem_add / THICK", slideSeconds[2]! / slideSeconds[3]!, ratio],
      ]),
      check: [
        { claim: "All four give the right numbers in order.", holds: right },
        { claim: "One thick call per worker beats one call per element.", holds: ratio > 1 },
      ],
    };
  },
};

if (import.meta.main) await alone(scenario);
