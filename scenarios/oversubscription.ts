/**
 * Workers that call a library which starts workers, too: how many threads there are in all.
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { alone, type Check, type Scenario } from "./scenario.ts";

// #region lesson
const ways = {
  "limited to 1": () => mp.parallelConfig({ innerMaxNumThreads: 1 }), // <- none but itself
  "left alone": () => mp.parallelConfig({}), // <- its share: cores / workers
  "each takes all": (cores: number) => mp.parallelConfig({ innerMaxNumThreads: cores }), // <- cores
};

interface Job {
  workers: number;
  terms: number;
  alive: mp.Value<"i">; // inner workers that are up
  up: mp.Semaphore; // one release by each of them
  all: mp.Barrier; // the outer workers, when theirs are up
}

const comeUp = mp.task(import.meta, ({ alive, up }: Job) => {
  alive.add(1);
  up.release();
});

const addUp = mp.task(import.meta, (step: number, last: number, first: number) => {
  let sum = 0;
  for (let k = first; k <= last; k += step) sum += 1 / (k * k);
  return sum;
});

/** A library's function: it shares its work out to as many workers as it finds processors. */
const library = mp.task(import.meta, async (job: Job, first: number) => {
  const clock = performance.now();
  await using pool = new mp.Pool(null, { initializer: comeUp, initargs: [job] });
  const n = pool.processes;
  for (let k = 0; k < n; k++) await job.up.acquireAsync();
  await job.all.waitAsync(); // now all inner workers are up, and none has ended
  const [inner, rss] = [job.alive.value, Deno.memoryUsage().rss];
  const begun = performance.now();
  const firsts = Array.from({ length: n }, (_, k) => first + k * job.workers);
  const sums = await pool.map(mp.partial(addUp, n * job.workers, job.terms), firsts);
  const sum = sums.reduce((a, b) => a + b);
  return { sum, inner, rss, start: begun - clock, work: performance.now() - begun };
});

async function run(way: keyof typeof ways, workers: number, terms: number) {
  const shared = { alive: new mp.Value("i", 0), up: new mp.Semaphore(0) };
  const job: Job = { workers, terms, ...shared, all: new mp.Barrier(workers) };
  using _ = ways[way](workers);
  await using parallel = mp.Parallel({ nJobs: workers });
  const firsts = Array.from({ length: workers }, (_, i) => i + 1);
  const results = await parallel(firsts.map((first) => mp.delayed(library)(job, first)));
  const most = (of: keyof typeof results[0]) => Math.max(...results.map((result) => result[of]));
  const [inner, rss, start, work] = [most("inner"), most("rss"), most("start"), most("work")];
  return { way, sum: results.reduce((all, { sum }) => all + sum, 0), inner, rss, start, work };
}

const whoAmI = mp.task(import.meta, () => mp.currentProcess().pid);

/** A Parallel inside a call of Parallel: how many other threads its calls run on. */
const nested = mp.task(import.meta, async (nJobs: number) => {
  const calls = Array.from({ length: nJobs }, () => mp.delayed(whoAmI)());
  const pids = await mp.Parallel({ nJobs })(calls); // no back end is asked for
  return pids.filter((pid) => pid !== mp.currentProcess().pid).length;
});
// #endregion

/** What one way came to: the sum, and how many inner workers were alive at once. */
export type Run = Pick<Awaited<ReturnType<typeof run>>, "sum" | "inner">;

/** What must hold of the ways in their order, on so many cores. */
export function checkThreads(workers: number, cores: number, runs: Run[]): Check[] {
  const [one, share, all] = runs.map(({ inner }) => inner);
  const fair = workers * Math.max(1, Math.floor(cores / workers));
  return [
    {
      claim: "The sum is right each time.",
      holds: runs.length === 3 &&
        runs.every(({ sum }) => Math.abs(sum - Math.PI ** 2 / 6) < 1e-6), // rounding: 1e-8
    },
    { claim: `Limited to 1 there are ${workers} inner workers at once.`, holds: one === workers },
    {
      claim: `Left alone there are ${fair}: each has its share of ${cores} cores, or 1.`,
      holds: share === fair,
    },
    { claim: `If each takes all there are ${workers ** 2}.`, holds: all === workers ** 2 },
  ];
}

/** The scenario. */
export const scenario: Scenario = {
  id: "oversubscription",
  deck: "Firenze",
  slide: "Parallelization",
  summary: "workers times inner workers, and the inner ones limited",
  question:
    "Each worker calls a library that starts a worker for each core. How many threads are " +
    "alive at once, what does it cost, and what does a limit change?",
  takes: {
    workers: {
      means: "workers, and cores that the library finds",
      full: () => Math.min(6, Math.max(4, mp.cpuCount())),
      quick: 3,
      min: 2,
      max: 8, // 64 inner workers take more than a gigabyte
    },
    size: { means: "terms of a sum", full: 1e9, quick: 2e7, min: 1e7, max: 1e11 },
  },
  next: "amdahl",

  async run({ workers, size }, print) {
    const cores = mp.cpuCount();
    const runs = [];
    for (const way of Object.keys(ways) as (keyof typeof ways)[]) {
      const done = await run(way, workers, size);
      runs.push(done);
      print(`${way}: ${workers} workers and ${done.inner} inner ones on ${cores} cores`);
    }
    await using parallel = mp.Parallel({ nJobs: workers });
    const elsewhere = await parallel([mp.delayed(nested)(workers), mp.delayed(nested)(workers)]);
    const most = runs.at(-1)!.inner;
    return {
      found: `${workers} times ${workers} is ${most} on ${cores} cores`,
      answer: [
        {
          columns: ["inner workers", "alive at once", "per core", "start ms", "work ms", "MB"],
          rows: runs.map(({ way, inner, rss, start, work }) => [
            ...[way, inner, inner / cores, start, work, Math.round(rss / 1e6)],
          ]),
        },
      ],
      why: "The library cannot know that others call it at the same time, so each call takes all " +
        "cores. The threads do not compute more: those above the number of cores wait for their " +
        "turn. But each has to be started and takes memory. innerMaxNumThreads is what the " +
        "library is told when it asks for the number of cores. Left alone, a worker of Parallel " +
        "is told its share, the cores divided by the workers, and a Parallel inside a call of " +
        "Parallel starts no workers at all unless it asks for them.",
      check: [
        ...checkThreads(workers, cores, runs),
        {
          claim: "A Parallel inside a call of Parallel starts no workers.",
          holds: elsewhere.every((calls) => calls === 0),
        },
      ],
    };
  },
};

if (import.meta.main) await alone(scenario);
