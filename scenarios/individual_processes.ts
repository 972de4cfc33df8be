/**
 * Ten processes one after the other, each joined before the next one starts.
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { alone, type Check, type Scenario } from "./scenario.ts";

// #region lesson
/** What a process says. */
type Said = [pid: number, i: number];

const f = mp.task(import.meta, (i: number, ms: number, said: mp.Queue<Said>) => {
  new mp.Event().wait({ timeout: ms }); // time.sleep: an event that nobody sets
  said.put([mp.currentProcess().pid!, i]);
});

/** A job that does nothing, for a pool. */
const nothing = mp.task(import.meta, (_: number) => {});

/** Start a process and join it, then the next one. */
async function oneByOne(waits: number[], said: mp.Queue<Said>): Promise<Said[]> {
  const heard: Said[] = [];
  for (const [i, ms] of waits.entries()) {
    const p = new mp.Process({ target: f, args: [i, ms, said] });
    p.start();
    await p.join(); // <- before the next one starts
    heard.push(said.getNowait()); // it has ended, so it has spoken
  }
  return heard;
}

/** Start all, then join all. */
async function together(waits: number[], said: mp.Queue<Said>): Promise<Said[]> {
  const processes = waits.map((ms, i) => new mp.Process({ target: f, args: [i, ms, said] }));
  for (const p of processes) p.start();
  for (const p of processes) await p.join(); // <- when all have started
  return waits.map(() => said.get());
}
// #endregion

/** What must hold of what the processes said. */
export function checkProcesses(count: number, inTurn: Said[], atOnce: Said[]): Check[] {
  const numbers = (said: Said[]) => said.map(([, i]) => i);
  const pids = new Set([...inTurn, ...atOnce].map(([pid]) => pid));
  return [
    {
      claim: "Joined one by one, they speak in the order of their start.",
      holds: inTurn.length === count && numbers(inTurn).every((i, place) => i === place),
    },
    {
      claim: "Started together, each speaks once, in whatever order.",
      holds: numbers(atOnce).sort((a, b) => a - b).join() === numbers(inTurn).join(),
    },
    { claim: "Every process has an id of its own.", holds: pids.size === 2 * count },
  ];
}

/** The scenario. */
export const scenario: Scenario = {
  id: "individual-processes",
  deck: "Duke",
  slide: "Creating individual processes",
  summary: "ten processes one after the other; what a start costs",
  question: "Ten processes in turn sleep for a random time and print their id and number. Why do " +
    "they come in order, and what does it cost to start a process for each job?",
  takes: {
    workers: { means: "processes", full: 10, quick: 4, min: 2, max: 64 },
    size: { means: "ms that a process sleeps at the most", full: 1000, quick: 10, max: 10_000 },
    seed: true,
  },
  next: "process-lifecycle",

  async run({ workers, size, seed }, print) {
    // Steps of the golden ratio: as even as random numbers, and the same for the same seed.
    const waits = Array.from({ length: workers }, (_, i) => (seed + i * 0.618034) % 1 * size);
    const none = waits.map(() => 0);
    const said = new mp.Queue<Said>();
    const time = async <T>(action: () => Promise<T>): Promise<[T, number]> => {
      const start = performance.now();
      return [await action(), performance.now() - start];
    };
    const [inTurn, inTurnMs] = await time(() => oneByOne(waits, said));
    for (const [pid, i] of inTurn.slice(0, 4)) print(`${pid} ${i}`);
    print("...");
    const [atOnce, atOnceMs] = await time(() => together(waits, said));
    const [, idleMs] = await time(() => oneByOne(none, said));
    await using pool = new mp.Pool(2);
    await pool.map(nothing, [0, 0]); // its workers are up
    const [, poolMs] = await time(() => pool.map(nothing, none));
    const asleep = waits.reduce((sum, ms) => sum + ms, 0);
    const order = (list: Said[]) => list.slice(0, 10).map(([, i]) => i).join(" ");
    return {
      found: `a start costs ${(idleMs / workers).toFixed(1)} ms`,
      answer: [
        {
          columns: ["way", "order", "ms", "of these asleep"],
          rows: [
            ["start, join, the next", order(inTurn), inTurnMs, asleep],
            ["start all, join all", order(atOnce), atOnceMs, Math.max(...waits)],
            ["start, join, no sleep", "", idleMs, 0],
            ["a pool that is up, no sleep", "", poolMs, 0],
          ],
        },
        `A process costs ${(idleMs / workers).toFixed(1)} ms from start to join, a job of a pool ` +
        `that is up ${(poolMs / workers).toFixed(2)} ms.`,
      ],
      why:
        "join waits for the end of a process, and here it stands inside the loop: the next one " +
        "starts when the one before is gone. That gives order and no parallelism: the sleeps add " +
        "up. Started together they overlap, and come as they wake. Each process is new, with an " +
        "id of its own; to start one costs far more than to hand a job to one that is there, " +
        "which is why pools keep theirs.",
      beside: {
        columns: ["", "slide", "here"],
        rows: [
          ["order, joined one by one", "0 1 2 3 4 5 6 7 8 9", order(inTurn)],
          ["first ids", "2248 2251 2254", inTurn.slice(0, 3).map(([pid]) => pid).join(" ")],
        ],
      },
      check: checkProcesses(workers, inTurn, atOnce),
    };
  },
};

if (import.meta.main) await alone(scenario);
