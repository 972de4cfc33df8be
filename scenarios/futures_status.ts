/**
 * The status of three futures: pending, running, done, and the result.
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { alone, type Check, type Scenario } from "./scenario.ts";

// #region lesson
/** Say that the job is begun, and wait until it may end. */
const f1 = mp.task(import.meta, (begun: mp.Semaphore, mayEnd: mp.Event, x: number) => {
  begun.release();
  mayEnd.wait();
  return x ** 2;
});

const f2 = mp.task(import.meta, (begun: mp.Semaphore, mayEnd: mp.Event, x: number, y: number) => {
  begun.release();
  mayEnd.wait();
  return x * y;
});

/** Submit three jobs, and look at their futures while they are at work and when they are done. */
async function status(workers: number) {
  await using pool = new mp.ProcessPoolExecutor({ maxWorkers: workers });
  const begun = new mp.Semaphore(0), mayEnd = new mp.Event();
  const a = pool.submit(f2, begun, mayEnd, 1, 1);
  const b = pool.submit(f2, begun, mayEnd, 1, 2);
  const c = pool.submit(f1, begun, mayEnd, 10);
  for (let n = 0; n < Math.min(3, workers); n++) await begun.acquireAsync({ timeout: 60_000 });
  const during = [a, b, c].map(look); // <- while they are held
  mayEnd.set();
  const results = [await a.result(), await b.result(), await c.result()];
  return { during, after: [a, b, c].map(look), results };
}

const look = (future: mp.Future<number>): Look => [future.running(), future.done()];
// #endregion

/** What a future says of itself. */
type Look = [running: boolean, done: boolean];

const slideResults = [1, 2, 100];

/** What must hold of three futures on so many workers. */
export function checkStatus(workers: number, during: Look[], after: Look[], results: number[]) {
  const all = (looks: Look[], expected: (i: number) => Look) =>
    looks.length === 3 && looks.every((seen, i) => seen.join() === expected(i).join());
  return [
    {
      claim: `On ${workers} ${workers === 1 ? "worker" : "workers"}, as many futures as workers ` +
        "are running; none is done before it may end.",
      holds: all(during, (i) => [i < workers, false]),
    },
    {
      claim: "After its result each is done and not running.",
      holds: all(after, () => [false, true]),
    },
    { claim: "The results are 1, 2 and 100.", holds: results.join() === slideResults.join() },
  ] satisfies Check[];
}

/** The scenario. */
export const scenario: Scenario = {
  id: "futures-status",
  deck: "Duke",
  slide: "Status of processes",
  summary: "running, done and the result of three futures",
  question: "Three jobs are submitted to an executor, and each gives a future at once. What do " +
    "the futures say while the jobs run, when they wait for a worker, and in the end?",
  takes: { workers: { means: "workers of the first executor", full: 4, min: 3, max: 64 } },
  next: "futures-cancel-callbacks",

  async run({ workers }, print) {
    const many = await status(workers);
    print(`three jobs on ${workers} workers: ${many.during.filter(([runs]) => runs).length} run`);
    const one = await status(1);
    print(`three jobs on 1 worker: ${one.during.filter(([runs]) => runs).length} runs`);
    const rows = ["a", "b", "c"].map((name, i) => [
      name,
      ...many.during[i]!,
      ...one.during[i]!,
      ...many.after[i]!,
      many.results[i]!,
    ]);
    return {
      found: "running, not done; then done",
      answer: [
        {
          columns: ["", "running", "done", "on 1 worker", "done", "in the end", "done", "result"],
          rows,
        },
        `The first two columns are on ${workers} workers; every job is held until they are read.`,
      ],
      why:
        "A future stands for a result that is not there yet. It is pending while its job waits " +
        "for a worker, running while a worker has it, and done in the end; running() and done() " +
        "never wait, result() does. Nobody can see how far a running job is. On the slide the " +
        "answers depend on who is quicker, the job or print; here each job waits for an event, so " +
        "they are certain.",
      beside: {
        columns: ["", "slide", "here"],
        rows: [
          ["a running, done", "True, False", many.during[0]!.join(", ")],
          ["b running, done", "True, False", many.during[1]!.join(", ")],
          ["c running, done", "True, False", many.during[2]!.join(", ")],
          ["results", slideResults.join(" "), many.results.join(" ")],
        ],
      },
      check: [
        ...checkStatus(workers, many.during, many.after, many.results),
        checkStatus(1, one.during, one.after, one.results)[0]!,
      ],
    };
  },
};

if (import.meta.main) await alone(scenario);
