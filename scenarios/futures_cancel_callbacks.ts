/**
 * 24 jobs with callbacks on the even ones, and number 4 cancelled.
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { alone, besideSlide, type Check, type Scenario } from "./scenario.ts";

// #region lesson
interface Job {
  i: number;
  x: number;
  y: number;
  begun: mp.Semaphore;
  mayEnd: mp.Event;
  ran: mp.SharedArray<"i">;
}

const f2 = mp.task(import.meta, ({ i, x, y, begun, mayEnd, ran }: Job) => {
  ran[i] += 1; // nobody else writes here
  begun.release();
  mayEnd.wait();
  return x * y;
});

async function run(pairs: [number, number][], workers: number, print: (line: string) => void) {
  await using pool = new mp.ProcessPoolExecutor({ maxWorkers: workers });
  const begun = new mp.Semaphore(0), mayEnd = new mp.Event();
  const ran = new mp.SharedArray("i", pairs.length);
  const called: number[] = [];
  const res = pairs.map(([x, y], i) => {
    const future = pool.submit(f2, { i, x, y, begun, mayEnd, ran });
    if (i % 2 === 0) future.addDoneCallback(() => called.push(i)); // "Process done!"
    return future;
  });
  for (let n = 0; n < workers; n++) await begun.acquireAsync({ timeout: 60_000 }); // every worker has a job

  const tooLate = res[0].cancel(); // <- number 0 runs: no
  const cancelled = res[4].cancel(); // <- number 4 waits for a worker: yes
  if (cancelled) print("Process 4 cancelled");
  const calledSoFar = [...called];
  mayEnd.set();

  const results = new Map<number, number>();
  for (const [i, x] of res.entries()) if (!x.cancelled()) results.set(i, await x.result());
  return { tooLate, cancelled, calledSoFar, called, results, ran: [...ran] };
}
// #endregion

const jobs = 24;
type Found = Omit<Awaited<ReturnType<typeof run>>, "calledSoFar">;

/** What must hold of what the futures did. */
export function checkFutures(pairs: [number, number][], found: Found): Check[] {
  const { tooLate, cancelled, called, results, ran } = found;
  const others = pairs.map((_, i) => i).filter((i) => i !== 4);
  const even = pairs.map((_, i) => i).filter((i) => i % 2 === 0);
  return [
    {
      claim: "A job that waits can be cancelled, one that runs cannot.",
      holds: cancelled && !tooLate,
    },
    {
      claim: "The cancelled job never ran, and every other one ran once.",
      holds: ran.length === pairs.length && ran.every((times, i) => times === (i === 4 ? 0 : 1)),
    },
    {
      claim: "Every job but number 4 has its result.",
      holds: results.size === others.length &&
        others.every((i) => results.get(i) === pairs[i]![0] * pairs[i]![1]),
    },
    {
      claim: "Every even job called back once, the cancelled one too.",
      holds: called.toSorted((a, b) => a - b).join() === even.join(),
    },
  ];
}

/** The scenario. */
export const scenario: Scenario = {
  id: "futures-cancel-callbacks",
  deck: "Duke",
  slide: "Canceling jobs and adding callbacks",
  summary: "24 jobs, callbacks on even ones, number 4 cancelled",
  question:
    "24 jobs are submitted, the even ones with a callback, and number 4 is cancelled. Who " +
    'calls back, and why does the slide print 24 results and no "Process 4 cancelled"?',
  takes: { workers: { means: "workers", full: 4, max: 4 }, seed: true },
  next: "function-adapter",

  async run({ workers, seed }, print) {
    const pairs = Array.from({ length: jobs }, (_, i): [number, number] => [
      (seed + i * 0.618034) % 1, // even steps in place of random numbers
      (seed + i * 0.414214) % 1,
    ]);
    const found = await run(pairs, workers, print);
    const { called, calledSoFar, results } = found;
    print(`callbacks before any job may end: [${calledSoFar.join(", ")}]`);
    return {
      found: `${results.size} results, ${called.length} callbacks, 4 never ran`,
      answer: [
        `cancel() of number 0, which was running, said ${found.tooLate}; of number 4, which had no ` +
        `worker yet, ${found.cancelled}. The cancelled one called back at once, before any other.`,
        `They called back in the order ${called.join(" ")}.`,
      ],
      why: "cancel() takes a job out of the queue; what a worker has begun goes on to its end. " +
        "Python sends its workers one job ahead, so with four workers numbers 0 to 4 count as " +
        "running as soon as there is time to send them: on the slide cancel() of number 4 came " +
        "too late, said False, and nobody looked. Here nothing is sent ahead. A callback runs " +
        "whenever its future is done, also by cancelling; it tells that a job is over, not that " +
        "it succeeded.",
      beside: besideSlide([
        ["results", jobs, results.size],
        ['"Process done!"', jobs / 2, called.length],
        ['"Process 4 cancelled"', 0, Number(found.cancelled)],
      ]),
      check: checkFutures(pairs, found),
    };
  },
};

if (import.meta.main) await alone(scenario);
