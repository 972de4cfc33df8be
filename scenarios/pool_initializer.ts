/**
 * Shared data for the workers of a pool: by an initializer, and passed directly.
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { alone, type Scenario } from "./scenario.ts";

// #region lesson
let total: mp.Value<"i"> | undefined; // each worker has its own variable

/** Runs once in each worker, before its first task. */
const initialize = mp.task(
  import.meta,
  (shared: mp.Value<"i">, runs: mp.Value<"i">, all: mp.Barrier) => {
    total = shared;
    runs.add(1);
    all.wait(); // so that this lesson has all workers at work
  },
);

const addToGlobal = mp.task(import.meta, (n: number) => {
  if (total === undefined) return "total is not there";
  total.add(n);
  return "added";
});

const addToGiven = mp.task(import.meta, (shared: mp.Value<"i">, n: number) => {
  shared.add(n);
  return "added";
});

/** The parent sets its own variable and hopes that the workers see it. */
async function byParentsVariable(numbers: number[], workers: number) {
  total = new mp.Value("i", 0); // <- in the parent alone
  await using pool = new mp.Pool(workers);
  const said = await pool.map(addToGlobal, numbers);
  return { total: total.value, said, runs: 0 };
}

/** The slide's way: an initializer sets the variable in each worker. */
async function byInitializer(numbers: number[], workers: number) {
  const [shared, runs] = [new mp.Value("i", 0), new mp.Value("i", 0)];
  await using pool = new mp.Pool(workers, {
    initializer: initialize, // <- in each worker
    initargs: [shared, runs, new mp.Barrier(workers)],
  });
  const said = await pool.map(addToGlobal, numbers);
  return { total: shared.value, said, runs: runs.value };
}

/** Not possible in Python: the shared value is an argument of each task. */
async function byArgument(numbers: number[], workers: number) {
  const shared = new mp.Value("i", 0);
  await using pool = new mp.Pool(workers);
  const said = await pool.map(mp.partial(addToGiven, shared), numbers); // <- as an argument
  return { total: shared.value, said, runs: 0 };
}
// #endregion

/** The scenario. */
export const scenario: Scenario = {
  id: "pool-initializer",
  deck: "Firenze",
  slide: "Pools and sharing data",
  summary: "shared data by an initializer, or passed directly",
  question: "The slide says that a Value cannot be passed to a pool's tasks, and puts it into a " +
    "global variable by an initializer. Is a global of the parent not enough? And here?",
  takes: {
    workers: { means: "workers", full: 4, quick: 2, max: 64 },
    size: { means: "numbers to add up", full: 1000, max: 10_000 },
  },
  next: "pool-map-overhead",

  async run({ workers, size }, print) {
    const numbers = Array.from({ length: size }, (_, i) => i + 1);
    const expected = size * (size + 1) / 2;
    const parents = await byParentsVariable(numbers, workers);
    print(`a variable of the parent: the total is ${parents.total}`);
    const initializer = await byInitializer(numbers, workers);
    print(`an initializer: the total is ${initializer.total}`);
    const argument = await byArgument(numbers, workers);
    print(`an argument: the total is ${argument.total}`);
    const row = (way: string, total: number, runs: number, said: string[]) => {
      return [way, total, runs, [...new Set(said)].join(", ")];
    };
    return {
      found: `totals ${parents.total}, ${initializer.total}, ${argument.total}`,
      answer: [
        {
          columns: ["way", "total", "initializer ran", "the tasks said"],
          rows: [
            row("variable of the parent", parents.total, parents.runs, parents.said),
            row("initializer", initializer.total, initializer.runs, initializer.said),
            row("argument", argument.total, argument.runs, argument.said),
          ],
        },
        `The sum of 1 to ${size} is ${expected}.`,
      ],
      why: "A worker imports the module and has variables of its own; what the parent stored in " +
        "its variable is not in them. The initializer runs once in each worker, before the first " +
        "task, and sets the worker's own variable to the shared object. In Python that is the " +
        "only way, as a Value cannot be pickled into the queue of tasks. Here every shared " +
        "object travels as an argument too: it is an address, not a copy. An initializer is " +
        "still right for what is costly to prepare, or belongs to all tasks.",
      check: [
        {
          claim: "The parent's variable is not there in the workers.",
          holds: parents.total === 0 && parents.said.every((said) => said !== "added"),
        },
        { claim: "By the initializer the total is right.", holds: initializer.total === expected },
        { claim: "It ran once in each worker.", holds: initializer.runs === workers },
        { claim: "By an argument the total is right.", holds: argument.total === expected },
      ],
    };
  },
};

if (import.meta.main) await alone(scenario);
