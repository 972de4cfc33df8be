/**
 * `JoinableQueue`: join returns when all tasks are done, not when the queue is empty; poison pills.
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { alone, type Check, type Scenario } from "./scenario.ts";

// #region lesson
type Tasks = mp.JoinableQueue<number | null>;

/** Take tasks, work, and say so, until a poison pill comes. */
const work = mp.task(
  import.meta,
  (tasks: Tasks, results: mp.Queue<number>, holding: mp.Semaphore, go: mp.Event) => {
    for (let n = tasks.get(); n !== null; n = tasks.get()) {
      holding.release(); // "I have one"
      go.wait(); // work that takes long
      results.put(n * n);
      tasks.taskDone(); // <- what join() waits for
    }
    tasks.taskDone(); // <- the pill was an item too
  },
);

async function run(workers: number) {
  const [tasks, results] = [new mp.JoinableQueue<number | null>(), new mp.Queue<number>()];
  const [holding, go] = [new mp.Semaphore(0), new mp.Event()];
  const processes = Array.from(
    { length: workers },
    () => new mp.Process({ target: work, args: [tasks, results, holding, go] }),
  );
  for (const process of processes) process.start();

  for (let n = 1; n <= workers; n++) tasks.put(n); // a task for each
  for (let n = 1; n <= workers; n++) await holding.acquireAsync(); // each has taken one
  const early = { empty: tasks.empty(), joined: await tasks.joinAsync({ timeout: 0 }) };
  go.set(); // now they can finish
  const joined = await tasks.joinAsync();
  const squares = Array.from({ length: results.qsize() }, () => results.get());

  for (const _ of processes) tasks.put(null); // a poison pill for each
  await tasks.joinAsync();
  for (const process of processes) await process.join();
  return { early, joined, squares, codes: processes.map((process) => process.exitcode), tasks };
}
// #endregion

/** What must hold of a run. */
export function checkJoin(workers: number, run: {
  early: { empty: boolean; joined: boolean };
  joined: boolean;
  squares: number[];
  codes: (number | null)[];
}): Check[] {
  const expected = Array.from({ length: workers }, (_, i) => (i + 1) ** 2).join();
  return [
    { claim: "The queue is empty while every task is still under way.", holds: run.early.empty },
    { claim: "join() waits nevertheless.", holds: !run.early.joined },
    {
      claim: "After join() every result is there.",
      holds: run.joined && run.squares.toSorted((a, b) => a - b).join() === expected,
    },
    {
      claim: "A poison pill each ends all with exit code 0.",
      holds: run.codes.length === workers && run.codes.every((code) => code === 0),
    },
  ];
}

/** The scenario. */
export const scenario: Scenario = {
  id: "joinable-queue",
  deck: "Firenze",
  slide: "Queues: JoinableQueue",
  summary: "taskDone, join and poison pills",
  question: "The parent hands out tasks through a queue and has to know when all are done. Is it " +
    "when the queue is empty? And how do the workers learn that nothing more comes?",
  takes: { workers: { means: "workers, and as many tasks", full: 4, min: 1, max: 64 } },
  next: "pipe",

  async run({ workers }, print) {
    const found = await run(workers);
    print(
      `${workers} workers took a task each, finished it later, and then got a poison pill each`,
    );
    let tooOften = "nothing was thrown";
    try {
      found.tasks.taskDone();
    } catch (error) {
      tooOften = (error as Error).message;
    }
    const yes = (is: boolean) => is ? "yes" : "no";
    return {
      found: `empty: ${yes(found.early.empty)}, but joined: ${yes(found.early.joined)}`,
      answer: [
        {
          columns: ["when", "queue empty", "join() returns", "results"],
          rows: [
            ["all tasks taken, none done", found.early.empty, found.early.joined, 0],
            ["all said taskDone()", true, found.joined, found.squares.length],
          ],
        },
        `One taskDone() more than items: "${tooOften}"`,
      ],
      why: "An empty queue says that all tasks were taken, not that they are done. So the queue " +
        "counts: each put adds one, each taskDone() takes one off, and join() waits for zero. " +
        "Call taskDone() after the work, once for every item. Workers that wait in get() do not " +
        "see that the parent has finished: a poison pill, here null, tells them. There has to be " +
        "one for each, as every worker takes one and ends.",
      check: [
        ...checkJoin(workers, found),
        {
          claim: "taskDone() without an item is an error.",
          holds: tooOften.includes("called too many times"),
        },
      ],
    };
  },
};

if (import.meta.main) await alone(scenario);
