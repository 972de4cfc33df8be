/**
 * `starmap`: functions of several arguments, from pairs made by zip or by cutting an array.
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { alone, type Scenario } from "./scenario.ts";

// #region lesson
const add = mp.task(import.meta, (a: number, b: number) => a + b);
const power = mp.task(import.meta, (x: number, y: number) => x ** y);

/** Python's `zip(a, b)`: pairs, one at a time, until the shorter one ends. */
function* zip(a: Iterable<number>, b: Iterable<number>): Generator<[number, number]> {
  const others = b[Symbol.iterator]();
  for (const x of a) {
    const { done, value } = others.next();
    if (done) return;
    yield [x, value];
  }
}

/** numpy's `array_split(xs, xs.shape[0] // 2)` for an even length: `[[0, 1], [2, 3], ...]`. */
function pairsOf(xs: readonly number[]): [number, number][] {
  return Array.from({ length: xs.length / 2 }, (_, i) => [xs[2 * i]!, xs[2 * i + 1]!]);
}

async function run(xs: readonly number[], workers: number) {
  await using pool = new mp.Pool(workers);
  const ys = xs.map((x) => x % 3);
  return {
    split: await pool.starmap(add, pairsOf(xs)), // <- a pair becomes two arguments
    zipped: await pool.starmap(power, zip(xs, ys)),
    uneven: await pool.starmap(add, zip(xs, [100, 200])), // the shorter one decides
    byMap: await pool.map(add as unknown as (pair: [number, number]) => unknown, pairsOf(xs)), // <- a pair stays one
  };
}
// #endregion

/** The scenario. */
export const scenario: Scenario = {
  id: "starmap",
  deck: "Duke",
  slide: "Using starmap; UVA: The Pool Class",
  summary: "starmap of pairs: by zip, and by cutting an array",
  question:
    "map gives the function one argument. The slide cuts an array of 24 numbers into pairs " +
    "and wants a + b of each. What does starmap do with the pairs, and what does map?",
  takes: {
    workers: { means: "workers", full: 4, max: 64 },
    size: { means: "pairs", full: 12, min: 2, max: 100_000 },
  },
  next: "partial-application",

  async run({ workers, size }, print) {
    const xs = Array.from({ length: 2 * size }, (_, i) => i);
    const found = await run(xs, workers);
    print(
      `starmap of a + b over ${size} pairs, and of x ** y over two lists made into pairs by zip`,
    );
    print("map of a + b over the same pairs");
    const show = (values: readonly unknown[]) =>
      values.slice(0, 12).join(" ") + (values.length > 12 ? " ..." : "");
    const sums = Array.from({ length: size }, (_, i) => 4 * i + 1);
    return {
      found: `sums ${found.split.slice(0, 6).join(" ")} ...`,
      answer: [
        {
          columns: ["call", "result"],
          rows: [
            ["starmap(a + b, pairs)", show(found.split)],
            ["starmap(x ** y, zip(xs, ys))", show(found.zipped)],
            ["starmap(a + b, zip(xs, [100, 200]))", show(found.uneven)],
            ["map(a + b, pairs), wrong", show(found.byMap.slice(0, 4)) + " ..."],
          ],
        },
      ],
      why:
        "starmap unpacks each pair into the arguments, as the star does in Python's f(*pair), and " +
        "gives the results in the order of the pairs. map passes the pair as the first argument: " +
        'b is missing, and JavaScript joins the pair\'s text with "undefined" without a word ' +
        "(Python raises an error; here the type checker does). zip makes the pairs one at a time " +
        "and ends with the shorter list.",
      beside: {
        columns: ["", "slide", "here"],
        rows: [["sums of 12 pairs", "1, 5, 9 ... 45", show(found.split)]],
      },
      check: [
        {
          claim: "starmap adds every pair, in order.",
          holds: found.split.join() === sums.join(),
        },
        {
          claim: "zip gives the pairs of two lists.",
          holds: found.zipped.length === xs.length &&
            found.zipped.every((value, i) => value === xs[i]! ** (xs[i]! % 3)),
        },
        { claim: "The shorter list decides.", holds: found.uneven.join() === "100,201" },
        {
          claim: "map passes the pair as one argument.",
          holds: found.byMap.every((value) => Number.isNaN(Number(value))),
        },
      ],
    };
  },
};

if (import.meta.main) await alone(scenario);
