/**
 * A program with a serial part: the measured speedup against Amdahl's law.
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { alone, type Check, type Scenario } from "./scenario.ts";

// #region lesson
/** Work that nobody can shorten: each step needs the one before. Gives the steps done. */
function work(steps: number): number {
  let x = 1, done = 0;
  while (done < steps) {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    done++;
  }
  return x === 0 ? 0 : done; // the state is never 0; asking keeps the loop from being left out
}

const workTask = mp.task(import.meta, work);

/** Do `serial` steps alone, then share out the rest; gives the steps of each, and the time. */
async function program(pool: mp.Pool, workers: number, steps: number, serial: number) {
  const clock = performance.now();
  const alone = work(serial); // <- the workers are idle
  const upTo = (w: number) => Math.floor(w * (steps - serial) / workers);
  const shares = Array.from({ length: workers }, (_, w) => upTo(w + 1) - upTo(w));
  const shared = await pool.map(workTask, shares, { chunkSize: 1 });
  return { alone, shared, seconds: (performance.now() - clock) / 1000 };
}

/** Amdahl's law: the speedup on n workers when the fraction s of the work is serial. */
const law = (s: number, n: number) => 1 / (s + (1 - s) / n);
// #endregion

/** The steps of a run. */
interface Run {
  alone: number;
  shared: number[];
}

/** What must hold of runs with so many steps, of which the fraction `s` is serial. */
export function checkLaw(steps: number, runs: { s: number; run: Run }[]): Check[] {
  return [
    {
      claim: "However it is shared out, all steps are done.",
      holds: runs.length > 0 &&
        runs.every(({ run: { alone, shared } }) =>
          alone + shared.reduce((sum, n) => sum + n, 0) === steps
        ),
    },
    {
      claim: "Counted in steps, the speedup is the law's.",
      holds: runs.every(({ s, run: { alone, shared } }) => {
        const longest = alone + Math.max(...shared); // those that nobody can do earlier
        return Math.abs(steps / longest / law(s, shared.length) - 1) < 0.001;
      }),
    },
  ];
}

/** The scenario. */
export const scenario: Scenario = {
  id: "amdahl",
  deck: "beyond",
  slide: "Amdahl's law",
  summary: "a tunable serial part: the measured curve and the law",
  question:
    "A part of the work cannot be shared out. How much does that part take from the speedup, " +
    "and what is the most that any number of cores can give?",
  takes: {
    workers: { means: "workers at the most", full: () => mp.cpuCount(), max: 512 },
    size: { means: "percent of the work that is serial, beside 0", full: 10, max: 100 },
    runs: { means: "runs of each, of which the best counts", full: 1, quick: 2, max: 100 },
  },
  next: "memory-bandwidth",

  async run({ workers, size: percent, runs, quick }, print) {
    const steps = quick ? 2e7 : 1e9;
    print(`${steps.toLocaleString("en-US")} steps`);
    const powers = quick ? [1] : [1, 2, 4, 16, 64];
    const counts = [...powers.filter((n) => n < workers), workers];
    const rows: (string | number)[][] = [];
    const all: { s: number; run: Run }[] = [];
    const one: Record<number, number> = {};
    work(1e6); // let the compiler see it
    for (const n of counts) {
      await using pool = new mp.Pool(n);
      await pool.map(workTask, Array<number>(n).fill(1e6), { chunkSize: 1 });
      for (const s of [0, percent / 100]) {
        let seconds = Infinity;
        for (let k = 0; k < runs; k++) {
          const run = await program(pool, n, steps, Math.round(s * steps));
          all.push({ s, run });
          seconds = Math.min(seconds, run.seconds);
        }
        one[s] ??= seconds;
        rows.push([n, `${Math.round(100 * s)} %`, seconds, one[s]! / seconds, law(s, n)]);
        print(`${Math.round(100 * s)} % serial, workers ${n}: ${seconds.toFixed(3)} s`);
      }
    }
    const last = rows.at(-1)!;
    return {
      found: `${Number(last[3]).toFixed(2)} measured, ${Number(last[4]).toFixed(2)} by the law`,
      answer: [
        { columns: ["workers", "serial", "s", "speedup", "by the law"], rows },
        {
          columns: [`workers, ${percent} % serial`, "the most by the law", "of ideal"],
          rows: [4, 16, 64, 1024].map((n) => {
            const most = law(percent / 100, n);
            return [n, most, `${(100 * most / n).toFixed(0)} %`];
          }),
        },
        `However many workers, ${percent} % serial work never gives more than ` +
        `${(100 / percent).toFixed(1)}.`,
      ],
      why:
        "The serial part takes its time whatever there is beside it; only the rest is divided. " +
        "With the serial fraction s the time on n workers is s + (1 - s) / n of the whole, and the " +
        "speedup has the bound 1 / s. The measured speedup is below the law where handing out " +
        "costs time, or where workers do not have a core each; the law knows of neither.",
      check: checkLaw(steps, all),
    };
  },
};

if (import.meta.main) await alone(scenario);
