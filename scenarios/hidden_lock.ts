/**
 * One random generator behind a lock, against one for each worker.
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { alone, besideSlide, type Check, type Scenario } from "./scenario.ts";

// #region lesson
// The generator mulberry32: the state goes up by a step, and the number is the state well stirred.
const step = 0x6d2b79f5;

function stir(state: number): number {
  let t = Math.imul(state ^ (state >>> 15), state | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
}

function countHits(throws: number, random: () => number): number {
  let hits = 0;
  for (let i = 0; i < throws; i++) {
    const x = random(), y = random();
    if (x * x + y * y < 1) hits++;
  }
  return hits;
}

/** rand() of the C library: one state for all threads, and a lock around every draw. */
const shared = mp.task(import.meta, (start: mp.Barrier, throws: number, state: mp.Value<"i">) => {
  const lock = state.getLock();
  countHits(50_000, Math.random); // let the compiler see it
  start.wait();
  return countHits(throws, () => {
    lock.acquire(); // <- around every draw
    const now = state.value = (state.value + step) | 0;
    lock.release();
    return stir(now);
  });
});

/** A generator for this worker alone, which begins at a state of its own. */
const own = mp.task(import.meta, (start: mp.Barrier, throws: number, state: number) => {
  countHits(50_000, Math.random);
  start.wait();
  return countHits(throws, () => stir(state = (state + step) | 0)); // <- no lock
});

/** Let `workers` share the throws; gives the hits, the state in the end, and the time. */
async function run(way: "shared" | "own", workers: number, throws: number, seed: number) {
  await using pool = new mp.Pool(workers);
  const start = new mp.Barrier(workers + 1, { timeout: 60_000 });
  const state = new mp.Value("i", seed | 0);
  const each = throws / workers;
  const results = Array.from({ length: workers }, (_, w) => {
    if (way === "shared") return pool.applyAsync(shared, [start, each, state]);
    const first = (seed + Math.imul(w * each * 2, step)) | 0; // where the one before will end
    return pool.applyAsync(own, [start, each, first]);
  });
  await start.waitAsync(); // all are up
  const clock = performance.now();
  const hits = (await Promise.all(results)).reduce((sum, n) => sum + n, 0);
  return { hits, state: state.value, ms: performance.now() - clock };
}
// #endregion

type Run = Pick<Awaited<ReturnType<typeof run>>, "hits" | "state">;

/** What must hold of the state after `throws` of two draws, and of the hits of own generators. */
export function checkDraws(seed: number, throws: number, locked: Run[], own: Run[]): Check[] {
  const end = (seed + Math.imul(2 * throws, step)) | 0;
  return [
    {
      claim: "Behind the lock no draw is lost or made twice, alone or shared.",
      holds: locked.length > 0 && locked.every(({ state }) => state === end),
    },
    {
      claim: "Own generators make the very throws that one worker makes.",
      holds: own.every(({ hits }) => hits === locked[0]?.hits),
    },
  ];
}

/** The scenario. */
export const scenario: Scenario = {
  id: "hidden-lock",
  deck: "Duke",
  slide: "Using processes in parallel with ThreadPoolExecutor and nogil",
  summary: "rand() hides a lock: one generator, or one per worker",
  question:
    "The slide turns the GIL off and says that the speedup is linear. Its own numbers are " +
    "4.08 s alone and 13.4 s on four threads. What is slower than one thread?",
  takes: {
    workers: { means: "workers", full: 4, min: 2, max: 64 },
    size: { means: "throws, each of two draws", full: 1e7, quick: 40_000, min: 1000, max: 1e8 },
    seed: true,
  },
  next: "identical-random-streams",

  async run({ workers, size, seed }, print) {
    const throws = Math.ceil(size / workers) * workers;
    const alone = await run("shared", 1, throws, seed);
    print(`one worker, the lock to itself: ${alone.ms.toFixed(0)} ms`);
    const locked = await run("shared", workers, throws, seed);
    print(`${workers} workers at one lock: ${locked.ms.toFixed(0)} ms`);
    const free = await run("own", 1, throws, seed);
    const apart = await run("own", workers, throws, seed);
    print(`${workers} workers with a generator each: ${apart.ms.toFixed(0)} ms`);
    const pi = ({ hits }: Run) => (4 * hits / throws).toFixed(4);
    const slower = locked.ms / alone.ms;
    return {
      found: `the lock: ${slower.toFixed(1)} times the time of one`,
      answer: [
        {
          columns: ["generator", "workers", "pi", "ms", "times the time of one"],
          rows: [
            ["one, with a lock", 1, pi(alone), alone.ms, 1],
            ["one, with a lock", workers, pi(locked), locked.ms, slower],
            ["own, no lock", 1, pi(free), free.ms, 1],
            ["own, no lock", workers, pi(apart), apart.ms, apart.ms / free.ms],
          ],
        },
      ],
      why: "rand() keeps one state for the whole program and takes a lock for every draw. Alone " +
        "that costs little. Four threads want it all the time: they queue, sleep and wake; of " +
        "the slide's 44.8 s of processor time 35.2 are the system's. With a generator each, " +
        "nothing is shared and nobody waits. Each starts where the one before will end, so " +
        "together they draw what one would draw.",
      beside: besideSlide([
        ["throws", 1e8, throws, false],
        ["one thread, ns a throw", 40.8, alone.ms * 1e6 / throws],
        [`4 threads (here ${workers}), ns a throw`, 134, locked.ms * 1e6 / throws],
        ["times the time of one", 13.4 / 4.08, slower],
      ]),
      check: checkDraws(seed | 0, throws, [alone, locked], [free, apart]),
    };
  },
};

if (import.meta.main) await alone(scenario);
