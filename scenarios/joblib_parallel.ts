/**
 * A loop of parallel passes: with new workers in each pass, and with the same ones in all.
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { alone, type Check, type Scenario } from "./scenario.ts";

// #region lesson
/** One call: a root, and who took it. The calls of a pass meet, so each has a worker of its own. */
const root = mp.task(import.meta, (x: number, i: number, meet?: mp.Barrier) => {
  meet?.wait();
  return { root: Math.sqrt(x + i ** 2), pid: mp.currentProcess().pid! };
});

type Pass = (parallel: mp.ParallelCall) => Promise<void>;

const ways = {
  async "a new pool in each pass"(passes: number, nJobs: number, pass: Pass) {
    for (let n = 0; n < passes; n++) {
      await using parallel = mp.Parallel({ nJobs }); // <- its workers end with the pass
      await pass(parallel);
    }
  },
  async "one pool, reused"(passes: number, nJobs: number, pass: Pass) {
    await using parallel = mp.Parallel({ nJobs }); // <- they end with the loop
    for (let n = 0; n < passes; n++) await pass(parallel);
  },
  async "no block around it"(passes: number, nJobs: number, pass: Pass) {
    for (let n = 0; n < passes; n++) await pass(mp.Parallel({ nJobs })); // <- they stay for the next
    await mp.releaseWorkers();
  },
};

/** Each pass needs what the one before found; gives the last number, who worked, and the time. */
async function run(way: keyof typeof ways, passes: number, workers: number) {
  const meet = new mp.Barrier(workers);
  const pids = new Set<number>();
  let x = 0;
  const clock = performance.now();
  await ways[way](passes, workers, async (parallel) => {
    const calls = Array.from({ length: workers }, (_, i) => mp.delayed(root)(x, i, meet));
    for (const { root, pid } of await parallel(calls)) {
      x += root;
      pids.add(pid);
    }
  });
  return { way, x, started: pids.size, ms: performance.now() - clock };
}

/** The call is made before Parallel is: it gets a result, where it wants a function and arguments. */
async function withoutDelayed() {
  const made = root(0, 3);
  await using parallel = mp.Parallel({ nJobs: 2 });
  const error: Error = await parallel([made as never]).then(() => new Error(), (error) => error);
  return { here: made.pid === mp.currentProcess().pid, error };
}
// #endregion

/** What one way came to. */
export type Run = Pick<Awaited<ReturnType<typeof run>>, "x" | "started">;

/** What must hold of the three ways, and of the number that a plain loop finds. */
export function checkWays(passes: number, workers: number, plain: number, runs: Run[]): Check[] {
  const started = runs.map((run) => run.started);
  return [
    {
      claim: "All ways find the number of the plain loop.",
      holds: runs.length === 3 && runs.every(({ x }) => x === plain),
    },
    {
      claim: `A new pool in each of ${passes} passes starts ${passes * workers} workers.`,
      holds: started[0] === passes * workers,
    },
    { claim: `One that is reused starts ${workers}.`, holds: started[1] === workers },
    { claim: `Without a block it is ${workers}, too.`, holds: started[2] === workers },
  ];
}

/** The scenario. */
export const scenario: Scenario = {
  id: "joblib-parallel",
  deck: "Firenze",
  slide: "Parallelization",
  summary: "Parallel in a loop: new workers in each pass, or the same",
  question:
    "A loop calls Parallel in each pass, and needs the results before the next. What does " +
    "it cost to make a new pool each time, and what does delayed do?",
  takes: {
    workers: { means: "workers", full: 4, quick: 2, min: 2, max: 32 },
    size: { means: "passes", full: 20, quick: 6, min: 2, max: 1000 },
  },
  next: "oversubscription",

  async run({ workers, size: passes }, print) {
    let plain = 0;
    for (let n = 0; n < passes; n++) {
      const x = plain;
      for (let i = 0; i < workers; i++) plain += root(x, i).root;
    }
    const runs = [];
    for (const way of Object.keys(ways) as (keyof typeof ways)[]) {
      const done = await run(way, passes, workers);
      runs.push(done);
      print(`${way}: ${passes} passes by ${done.started} workers`);
    }
    const { here, error } = await withoutDelayed();
    const [fresh, reused] = runs.map(({ ms }) => ms / passes);
    const ratio = fresh! / reused!;
    return {
      found: `a new pool takes ${ratio.toFixed(0)} times as long`,
      answer: [
        {
          columns: ["way", "workers started", "ms per pass", "the number"],
          rows: runs.map(({ way, x, started, ms }) => [way, started, ms / passes, x]),
        },
        `delayed(root)(0, 3) is only a note: ${JSON.stringify(mp.delayed(root)(0, 3)[1])} for ` +
        `root. Without delayed: "${error.message}"`,
      ],
      why: "A pass is a few calls of a microsecond; to start a worker takes some 10 to 20 " +
        "milliseconds. At the end of the block of await using the workers are ended, so a block " +
        "inside the loop starts and ends them in each pass, one around it once. delayed writes a " +
        "call down, a function and its arguments, for a worker to make. root(0, 3) itself is a " +
        "plain call: it has run here, one after the other, before Parallel sees anything.",
      check: [
        ...checkWays(passes, workers, plain, runs),
        { claim: "To start workers in each pass takes longer.", holds: ratio > 1 },
        {
          claim: "Without delayed the caller does the work, and is told.",
          holds: here && error instanceof TypeError,
        },
      ],
    };
  },
};

if (import.meta.main) await alone(scenario);
