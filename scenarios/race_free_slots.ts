/**
 * A slot for each worker: exact without a lock. And slots that share a cache line.
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { alone, type Scenario } from "./scenario.ts";
import { smallRaces } from "./small_races.ts";

// #region lesson
let slots: mp.SharedArray<"i">;
let mine = 0;

/** Runs once in each worker: take the array, and a number that no other worker has. */
const initialize = mp.task(
  import.meta,
  (array: mp.SharedArray<"i">, next: mp.Value<"i">, stride: number, start: mp.Barrier) => {
    slots = array;
    mine = next.add(1) * stride; // <- next to each other, or apart
    start.wait();
  },
);

const count = mp.task(import.meta, (times: number) => {
  const view = slots.view;
  for (let k = 0; k < times; k++) view[mine]!++; // <- only this worker writes here
});

/** Count with slots `stride` elements apart, and give them with the time that the tasks took. */
async function run(workers: number, times: number, stride: number) {
  const array = new mp.SharedArray("i", workers * stride);
  await using pool = new mp.Pool(workers, {
    initializer: initialize,
    initargs: [array, new mp.Value("i", 0), stride, new mp.Barrier(workers)],
  });
  await pool.map(count, Array<number>(tasks).fill(0)); // the workers are up
  const start = performance.now();
  await pool.map(count, Array<number>(tasks).fill(times));
  const ms = performance.now() - start;
  return { counts: Array.from({ length: workers }, (_, i) => array.view[i * stride]!), ms };
}
// #endregion

const tasks = 1000;
/** 128 bytes: two lines of 64, as processors fetch them in pairs. */
const apart = 32;

/** The scenario. */
export const scenario: Scenario = {
  id: "race-free-slots",
  deck: "Duke",
  slide: "Race conditions: copies of resources for each process",
  summary: "a slot per worker needs no lock; then false sharing",
  question:
    "Each worker counts in a slot of its own. Is the sum exact without a lock, and does it " +
    "matter where the slots lie?",
  takes: {
    workers: { means: "workers", full: 4, min: 2, max: 64 },
    size: { means: "increments in each of 1000 tasks", full: 50_000, quick: 10_000, max: 1e6 },
    runs: { means: "runs of each", full: 3, max: 100 },
    seed: true,
  },
  next: "deadlock",

  async run({ workers, size, runs }, print) {
    const total = tasks * size;
    const rows: (string | number)[][] = [];
    const best: Record<number, number> = { 1: Infinity, [apart]: Infinity };
    let exact = true;
    for (let n = 1; n <= runs; n++) {
      for (const stride of [1, apart]) {
        const { counts, ms } = await run(workers, size, stride);
        const sum = counts.reduce((total, n) => total + n, 0);
        exact &&= sum === total;
        best[stride] = Math.min(best[stride]!, ms);
        const busy = counts.filter((n) => n > 0).length;
        rows.push([stride === 1 ? "side by side" : "128 bytes apart", n, sum, busy, ms]);
        print(`run ${n}, ${stride * 4} bytes apart: [${counts.slice(0, 4).join(", ")}] = ${sum}`);
      }
    }
    const ratio = best[1]! / best[apart]!;
    return {
      found: `${exact ? "exact" : "not exact"}; side by side ${ratio.toFixed(2)} times the time`,
      answer: [
        `${tasks} tasks of ${size.toLocaleString("en-US")} increments make ${
          total.toLocaleString("en-US")
        }.`,
        { columns: ["slots", "run", "sum", "workers busy", "ms"], rows },
        `Best of ${runs}: side by side takes ${ratio.toFixed(2)} times as long as apart.`,
      ],
      why:
        "Nobody writes where another writes, so nothing can be lost. The slide picks the slot by " +
        "pid % 4, which is safe only while no two workers agree in it; here each worker takes a " +
        "number of its own when it starts. Memory moves between cores in lines of 64 bytes: slots " +
        "in one line are fought for as if they were one counter, though no number is shared. That " +
        "is false sharing, and a distance cures it. Where the workers share one core, or the two " +
        "threads of one, there is little to see.",
      beside: {
        columns: ["", "slide", "here"],
        rows: [[
          "sum of the slots, of all",
          "1000 of 1000, three times",
          exact ? "all, each time" : "NOT all",
        ]],
      },
      check: [{ claim: "The slots add up to all increments in every run.", holds: exact }],
    };
  },

  often: (options) =>
    smallRaces(["read, pause, write", "a slot each: read, pause, write"], options),
};

if (import.meta.main) await alone(scenario);
