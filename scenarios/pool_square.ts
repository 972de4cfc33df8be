/**
 * `map` waits for the squares of 1 to 10, `mapAsync` lets the parent do other things meanwhile.
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { alone, type Scenario } from "./scenario.ts";

// #region lesson
const square = mp.task(import.meta, (x: number) => x * x);

/** A square that is not begun before the parent says so. */
const squareLater = mp.task(import.meta, ({ x, go }: { x: number; go: mp.Event }) => {
  go.wait();
  return x * x;
});

async function squares(xs: number[], workers: number) {
  await using pool = new mp.Pool(workers);

  const mapped = await pool.map(square, xs); // <- blocking: the next line runs with the result

  const go = new mp.Event();
  const later = pool.mapAsync(squareLater, xs.map((x) => ({ x, go }))); // <- returns at once
  let otherThings = 0;
  while (otherThings < 1000) otherThings++; // the parent is free
  const readyMeanwhile = later.ready();
  go.set();
  const mappedLater = await later.get(); // now wait for it

  pool.close();
  await pool.join();
  return { mapped, mappedLater, otherThings, readyMeanwhile };
}
// #endregion

/** The scenario. */
export const scenario: Scenario = {
  id: "pool-square",
  deck: "UVA",
  slide: "The Pool Class",
  summary: "map and mapAsync of x * x, doing other things meanwhile",
  question: "A pool of four workers squares the numbers 1 to 10. In which order do the results " +
    "come, and what can the parent do before they are there?",
  takes: {
    workers: { means: "workers", full: 4, max: 64 },
    size: { means: "numbers", full: 10, max: 1_000_000 },
  },
  next: "pool-map-overhead",

  async run({ workers, size }, print) {
    const xs = Array.from({ length: size }, (_, i) => i + 1);
    const expected = xs.map((x) => x * x);
    const found = await squares(xs, workers);
    print(`pool.map, then pool.mapAsync, over 1 to ${size} on ${workers} workers`);
    print(`between mapAsync and get the parent did ${found.otherThings} other things`);
    const show = (values: readonly number[]) =>
      values.slice(0, 10).join(" ") + (values.length > 10 ? " ..." : "");
    const same = (values: readonly number[]) =>
      values.length === size && values.every((value, i) => value === expected[i]);
    return {
      found: `in order: ${same(found.mapped) ? "yes" : "no"}; the parent was free`,
      answer: [
        {
          columns: ["call", "result", "in order"],
          rows: [
            ["map", show(found.mapped), same(found.mapped)],
            ["mapAsync, get", show(found.mappedLater), same(found.mappedLater)],
          ],
        },
        `mapAsync came back at once: its result was ${found.readyMeanwhile ? "" : "not "}ready ` +
        "while the parent worked, and get() waited for it.",
      ],
      why: "Workers finish in any order, but map puts each result in the place of its argument. " +
        "mapAsync only hands the work over and returns a promise of the list. Here that is shown " +
        "without a stopwatch: no square is begun before the parent sets an event, and the parent " +
        "sets it after its own work, which a call that waits would never have let it do.",
      beside: {
        columns: ["", "slide", "here"],
        rows: [["squares of 1 to 10", "1 4 9 ... 100", show(found.mapped)]],
      },
      check: [
        { claim: "map gives the squares in the order of the numbers.", holds: same(found.mapped) },
        { claim: "mapAsync gives the same squares.", holds: same(found.mappedLater) },
        { claim: "The parent works while the result is not ready.", holds: !found.readyMeanwhile },
      ],
    };
  },
};

if (import.meta.main) await alone(scenario);
