/**
 * `partial` freezes the first arguments, so that a map needs to give only the last one.
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { alone, type Scenario } from "./scenario.ts";

// #region lesson
const times = mp.task(import.meta, (a: number, b: number) => a * b);

/** The slide's element-wise sum: two vectors and the place. */
const elemElemAdd = mp.task(
  import.meta,
  (a: Float64Array, b: Float64Array, i: number) => a[i]! + b[i]!,
);

async function run(count: number, workers: number) {
  await using pool = new mp.Pool(workers);
  const range = Array.from({ length: count }, (_, i) => i);

  const double = mp.partial(times, 2); // <- a function of one argument
  const doubled = await pool.map(double, range);

  const a = Float64Array.from(range);
  const b = new Float64Array(count).fill(0.5);
  const add = mp.partial(elemElemAdd, a, b); // copied to a worker once, not once per call
  const added = await pool.map(add, range);

  const six = mp.partial(double, 3); // no argument is left
  const closed = await pool.map((x: number) => double(x), range).catch((error: Error) => error);
  return { doubled, added, six: await pool.apply(six), here: six(), closed };
}
// #endregion

/** The scenario. */
export const scenario: Scenario = {
  id: "partial-application",
  deck: "Duke",
  slide: "Partial application; PNNL: Map, passing more than one argument",
  summary: "partial: a function of one argument out of two",
  question:
    "map passes one argument, but the function takes two, of which one is always the same. " +
    "How does it get both?",
  takes: {
    workers: { means: "workers", full: 4, max: 64 },
    size: { means: "numbers", full: 24, max: 100_000 },
  },
  next: "function-adapter",

  async run({ workers, size }, print) {
    const { doubled, added, six, here, closed } = await run(size, workers);
    print(`map of partial(times, 2) over 0 to ${size - 1}`);
    print(`map of partial(elemElemAdd, a, b) over the places of two vectors`);
    print("a function that uses partial's result from around it, instead of taking it along");
    const show = (values: readonly number[]) =>
      values.slice(0, 8).join(" ") + (values.length > 8 ? ` ... ${values.at(-1)}` : "");
    const message = closed instanceof Error ? closed.message : "it ran";
    return {
      found: `doubled: ${show(doubled).slice(0, 24)}`,
      answer: [
        {
          columns: ["call", "result"],
          rows: [
            ["map(partial(times, 2))", show(doubled)],
            ["map(partial(elemElemAdd, a, b))", show(added)],
            ["partial(partial(times, 2), 3)()", six],
          ],
        },
        `A closure in its place is refused: ${message}`,
      ],
      why:
        "partial(f, a) is a function that calls f with a first and then with what it is given. " +
        "It travels as f and the frozen arguments, so a worker can put it together again; the " +
        "arguments are sent once. An arrow function over variables around it cannot travel: its " +
        "text does not contain them. Python's partial can also freeze arguments by name; here " +
        "the first ones only, so put what varies last.",
      beside: {
        columns: ["", "slide", "here"],
        rows: [["doubled", "0, 2, 4 ... 46", show(doubled)]],
      },
      check: [
        {
          claim: "Every number is doubled, in order.",
          holds: doubled.length === size && doubled.every((value, i) => value === 2 * i),
        },
        {
          claim: "Every element is added.",
          holds: added.length === size && added.every((value, i) => value === i + 0.5),
        },
        { claim: "A partial of a partial is called without any.", holds: six === 6 && here === 6 },
        {
          claim: "A closure is refused with a name.",
          holds: closed instanceof Error && message.includes("double"),
        },
      ],
    };
  },
};

if (import.meta.main) await alone(scenario);
