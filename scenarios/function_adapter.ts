/**
 * A function of two arguments over a list of pairs: an adapter, two lists, or starmap.
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { alone, type Check, type Scenario } from "./scenario.ts";

// #region lesson
const f = mp.task(import.meta, (a: number, b: number) => a + b);

/** The adapter: takes what map gives, one thing, and hands on two. */
const adapted = mp.task(import.meta, ([a, b]: Int32Array) => f(a!, b!)); // <- one in, two out

/** numpy's array_split: `parts` slices, the first ones longer by one if it does not come out even. */
function arraySplit(xs: Int32Array, parts: number): Int32Array[] {
  const length = Math.floor(xs.length / parts), longer = xs.length % parts;
  let at = 0;
  return Array.from({ length: parts }, (_, i) => xs.slice(at, at += length + Number(i < longer)));
}

async function fourWays(chunks: Int32Array[], workers: number) {
  await using executor = new mp.ProcessPoolExecutor({ maxWorkers: workers });
  await using pool = new mp.Pool(workers);
  const left = chunks.map(([a]) => a!), right = chunks.map(([, b]) => b!);
  return {
    adapter: await Array.fromAsync(executor.map(adapted, chunks)),
    lists: await Array.fromAsync(executor.map(f, left, right)),
    starmap: await pool.starmap(f, chunks.map(([a, b]): [number, number] => [a!, b!])),
    // @ts-expect-error: f takes two numbers, and map has one array for it
    none: await pool.map(f, chunks) as unknown[],
  };
}
// #endregion

const slide = [1, 5, 9, 13, 17, 21, 25, 29, 33, 37, 41, 45];

/** What must hold of the results of the ways that work, and of the way that does not. */
export function checkSums(chunks: Int32Array[], good: number[][], none: unknown[]): Check[] {
  const sums = chunks.map(([a, b]) => a! + b!);
  return [
    {
      claim: "An adapter, two lists and starmap give the sums of the pairs, in order.",
      holds: good.length > 0 && good.every((way) => way.join() === sums.join()),
    },
    { claim: "Without an adapter no result is right.", holds: none.every((x, i) => x !== sums[i]) },
  ];
}

/** The scenario. */
export const scenario: Scenario = {
  id: "function-adapter",
  deck: "Duke",
  slide: "Functions with multiple arguments: using a function adapter",
  summary: "several arguments: an adapter, two lists, or starmap",
  question: "map gives one argument to each call. How does a function of two arguments get its " +
    "pairs, and what happens without that?",
  takes: {
    workers: { means: "workers", full: 4, quick: 2, max: 64 },
    size: { means: "numbers, cut into pairs", full: 24, min: 4, max: 100_000 },
  },
  next: "chunk-size",

  async run({ workers, size }, print) {
    const xs = Int32Array.from({ length: size - size % 2 }, (_, i) => i);
    const chunks = arraySplit(xs, xs.length / 2);
    print(`chunks: ${chunks.slice(0, 4).map((pair) => `[${pair.join(", ")}]`).join(" ")} ...`);
    const { adapter, lists, starmap, none } = await fourWays(chunks, workers);
    const show = (values: unknown[]) => values.slice(0, 12).join(" ");
    return {
      found: `three ways agree; none gives "${none[0]}"`,
      answer: [
        {
          columns: ["way", "first results"],
          rows: [
            ["executor.map(adapted, pairs)", show(adapter)],
            ["executor.map(f, left, right)", show(lists)],
            ["pool.starmap(f, pairs)", show(starmap)],
            ["pool.map(f, pairs)", none.slice(0, 2).map((x) => `"${x}"`).join(" ")],
          ],
        },
      ],
      why: "map calls its function with one element. If the element holds several arguments, " +
        "somebody has to take it apart: an adapter f_(args) = f(*args), or starmap, which is made " +
        "for that. The map of an executor also takes a list for each argument. Without any of " +
        "these Python raises a TypeError, since b is missing. JavaScript calls f with b undefined " +
        "and adds that to a pair, which gives text and no error; the types refuse it before it runs.",
      beside: {
        columns: ["", "results"],
        rows: [["slide", slide.join(" ")], ["here", show(adapter)]],
      },
      check: checkSums(chunks, [adapter, lists, starmap], none),
    };
  },
};

if (import.meta.main) await alone(scenario);
