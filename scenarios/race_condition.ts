/**
 * Four workers increment one counter: updates are lost.
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { alone, besideSlide, type Check, type Figure, type Scenario } from "./scenario.ts";
import { smallRaces } from "./small_races.ts";

// #region lesson
let counter: mp.Value<"i">;

/** Runs once in each worker: take the counter, and wait until all workers are there. */
const initialize = mp.task(import.meta, (shared: mp.Value<"i">, start: mp.Barrier) => {
  counter = shared;
  start.wait();
});

const count = {
  plain: mp.task(import.meta, (times: number) => {
    for (let k = 0; k < times; k++) counter.value += 1; // <- a read, an addition, a write
  }),
  lock: mp.task(import.meta, (times: number) => {
    for (let k = 0; k < times; k++) {
      using _ = counter.getLock().hold(); // <- one worker at a time comes past here
      counter.value += 1;
    }
  }),
  add: mp.task(import.meta, (times: number) => {
    for (let k = 0; k < times; k++) counter.add(1); // <- one step
  }),
};

/** Let a new pool do the tasks, each of `times` increments; gives the counter and the time. */
async function run(way: keyof typeof count, workers: number, times: number) {
  const shared = new mp.Value("i", 0);
  const start = new mp.Barrier(workers + 1); // the workers and the parent, who has the clock
  await using pool = new mp.Pool(workers, { initializer: initialize, initargs: [shared, start] });
  const done = pool.map(count[way], Array<number>(tasks).fill(times));
  await start.waitAsync();
  const clock = performance.now();
  await done;
  return { value: shared.value, ms: performance.now() - clock };
}
// #endregion

const tasks = 1000;
const slideValues = [562, 675, 418];

/** What must hold of the values that the counter ended with. */
export function checkRace(total: number, plain: number[], lock: number, add: number): Check[] {
  const lossy = plain.filter((value) => value < total).length;
  return [
    {
      claim: `Updates are lost in ${plain.length} runs of ${plain.length}.`,
      holds: plain.length > 0 && lossy === plain.length,
    },
    { claim: "With the lock the count is exact.", holds: lock === total },
    { claim: "With add, one atomic step, the count is exact.", holds: add === total },
  ];
}

/** The scenario. */
export const scenario: Scenario = {
  id: "race-condition",
  deck: "Duke",
  slide: "Race conditions",
  summary: "4 workers increment a counter: lost updates, then none",
  question:
    "A pool of four workers runs 1000 tasks that increment one shared counter. What is its " +
    "value in the end, three times over?",
  takes: {
    workers: { means: "workers", full: 4, min: 2, max: 64 },
    size: {
      means: "increments in each of 1000 tasks",
      full: 20_000,
      quick: 10_000,
      min: 100,
      max: 1e6,
    },
    runs: { means: "runs", full: 3, max: 100 },
    seed: true,
  },
  next: "race-free-slots",

  async run({ workers, size, runs }, print) {
    const total = tasks * size;
    const rows: (string | number)[][] = [];
    const measure = async (name: string, way: keyof typeof count) => {
      const { value, ms } = await run(way, workers, size);
      const lost = total - value;
      rows.push([name, value, lost, `${(100 * lost / total).toFixed(1)} %`, ms]);
      print(`${name}: ${lost.toLocaleString("en-US")} updates lost`);
      return value;
    };
    const single = (await run("plain", workers, 1)).value;
    print(`one increment in each task, as on the slide: ${single} of ${tasks}`);
    const plain: number[] = [];
    for (let n = 1; n <= runs; n++) plain.push(await measure(`value += 1, run ${n}`, "plain"));
    const lock = await measure("with the lock", "lock");
    const add = await measure("value.add(1)", "add");
    const lostOf = (value: number, of: number) => 100 * (1 - value / of);
    const lost = plain.slice(0, 3).map((value) => `${lostOf(value, total).toFixed(0)} %`);
    return {
      found: `lost ${lost.join(", ")}; then ${total - lock} and ${total - add}`,
      answer: [
        `${tasks} tasks of ${size.toLocaleString("en-US")} increments make ` +
        `${
          total.toLocaleString("en-US")
        } increments; the counter should say so. With one in each, as on the slide, it says ${single}.`,
        { columns: ["way", "counter", "lost", "of all", "ms"], rows },
      ],
      why:
        "value += 1 reads, adds and writes. When a second worker reads before the first one has " +
        "written, both write the same number, and one update is lost. On the slide a task is one " +
        "increment, which takes Python long enough to collide. Here it takes nanoseconds, so a " +
        "task makes many of them, and the workers start together. The lock lets one worker at a " +
        "time read and write; add is a single step of the processor, which nobody comes between.",
      beside: besideSlide([
        ["increments", tasks, total],
        ...plain.slice(0, 3).map((value, i): Figure => [
          `% lost, run ${i + 1}`,
          lostOf(slideValues[i]!, tasks),
          lostOf(value, total),
        ]),
      ]),
      check: checkRace(total, plain, lock, add),
    };
  },

  often: (options) =>
    smallRaces(["value += 1", "read, pause, write", "with a lock: read, pause, write"], options),
};

if (import.meta.main) await alone(scenario);
