/**
 * The faults of the Firenze deck.
 *
 * @module
 */
import type { Fault } from "./fault.ts";

/** One for each scenario, or more. */
export const firenze: readonly Fault[] = [
  {
    id: "main-guard",
    what: "the scenario itself has no guard",
    edits: [["if (import.meta.main) await alone(scenario);", "await alone(scenario);"]],
    fails: "WorkerDiedError",
  },
  {
    id: "process-lifecycle",
    what: "the timeout of join is given in seconds",
    edits: [["steady.join(size)", "steady.join(size / 1000)"]],
    flags: ["--size", "10000"],
    fails: "A join that times out leaves the process alive.",
  },
  {
    id: "daemon-processes",
    what: "work that somebody wants done is made a daemon",
    edits: [['args("the other") }', 'args("the other"), daemon: true }']],
    flags: ["--size", "60000"],
    fails: "The program does not end while the other one works.",
  },
  {
    id: "process-subclass",
    what: "the parent reads the fields of its own objects",
    edits: [[
      "while (told.size < workers) told.set(...await sums.getAsync());",
      "for (const { name, sum } of processes) told.set(name, sum);",
    ]],
    fails: "The parts add up",
  },
  {
    id: "producer-consumer",
    what: "the consumers are told the end before the producers are joined",
    edits: [["for (const process of making) await process.join();", ""]],
    fails: "All 1,000 items are consumed.",
  },
  {
    id: "joinable-queue",
    what: "taskDone() before the work",
    edits: [
      ["holding.release();", "tasks.taskDone();\n      holding.release();"],
      ["results.put(n * n);\n      tasks.taskDone();", "results.put(n * n);"],
    ],
    fails: "join() waits nevertheless.",
  },
  {
    id: "pipe",
    what: "the parent keeps its copy of the child's end",
    edits: [[
      "there.close();\n  await process.join();",
      "globalThis.kept = there;\n  await process.join();",
    ]],
    fails: "The end of the child is an EOFError for the parent",
  },
  {
    id: "pool-initializer",
    what: "no initializer",
    edits: [["initializer: initialize,", ""]],
    fails: "By the initializer the total is right.",
  },
  {
    id: "with-lock",
    what: "acquire() in place of hold()",
    edits: [["using _ = lock.hold();", "lock.acquire();"]],
    fails: "With `using` it is free.",
  },
  {
    id: "semaphore",
    what: "the workers go in without acquiring",
    edits: [
      ["using _ = place.gate?.hold();", ""],
      ["new mp.Semaphore(n), n, size)", "new mp.Semaphore(n), workers, size)"],
    ],
    fails: "With the semaphore never more than 2 are inside.",
  },
  {
    id: "semaphore",
    what: "nobody acquires, in the many small runs",
    file: "small_crowds.ts",
    edits: [["using _ = gate?.hold();", ""]],
    fails:
      'No run of "4 workers visit a place once, a semaphore lets 2 in" ends in a forbidden outcome:',
  },
  {
    id: "condition",
    what: "wait() in place of waitFor()",
    edits: [["cond.waitFor(() => done.value === 1, { timeout })", "cond.wait({ timeout })"]],
    fails: "waitFor() does not: it sees that stage 1 is done.",
  },
  {
    id: "condition",
    what: "wait() in place of waitFor(), in the many small runs",
    file: "small_wakeups.ts",
    edits: [["cond.waitFor(isDone)", "cond.wait({ timeout: 5 })"]],
    fails:
      'No run of "stage 1 notifies, stage 2 uses waitFor(); who comes first is chance" ends in a',
  },
  {
    id: "barrier",
    what: "nobody waits at the barrier",
    edits: [["wall?.wait()", "i"], ["if (wall === undefined) {", "{"]],
    fails: "With it nobody is past before the slow one comes.",
  },
  {
    id: "event",
    what: "clear() is forgotten: the flag stays up",
    edits: [["signal.clear();", ""]],
    fails: "After clear() one has to wait again.",
  },
  {
    id: "map-order",
    what: "the futures are awaited in the order of their start",
    edits: [
      ["for await (const future of mp.asCompleted(futures))", "for (const future of futures)"],
      [
        "const futures = Array.from(",
        "setTimeout(() => go.set(), slowMs);\n  const futures = Array.from(",
      ],
    ],
    flags: ["--size", "50"],
    fails: "asCompleted gives all the others before.",
  },
  {
    id: "run-in-executor",
    what: "the calls are made on the event loop",
    edits: [["mp.runInExecutor(executor, call)", "Promise.resolve(call())"]],
    fails: "DeadlockError",
  },
  {
    id: "joblib-parallel",
    what: "the block of the reused pool is inside the loop",
    edits: [[
      "await using parallel = mp.Parallel({ nJobs });\n" +
      "    for (let n = 0; n < passes; n++) await pass(parallel);",
      "for (let n = 0; n < passes; n++) {\n" +
      "await using parallel = mp.Parallel({ nJobs }); await pass(parallel); }",
    ]],
    fails: "One that is reused starts 2.",
  },
  {
    id: "joblib-parallel",
    what: "the workers of the last pass are still there for the next",
    edits: [[
      "await using parallel = mp.Parallel({ nJobs });\n      await",
      "const parallel = mp.Parallel({ nJobs });\n      await",
    ]],
    fails: "A new pool in each of 6 passes starts 12 workers.",
  },
  {
    id: "oversubscription",
    what: "the limit is the number of cores",
    edits: [["innerMaxNumThreads: 1 }", "innerMaxNumThreads: 4 }"]],
    flags: ["--workers", "4"],
    fails: "Limited to 1 there are 4 inner workers at once.",
  },
  {
    id: "oversubscription",
    what: "the library takes as many as it likes",
    edits: [["new mp.Pool(null,", "new mp.Pool(3,"]],
    fails: "Limited to 1 there are 3 inner workers at once.",
  },
  {
    id: "oversubscription",
    what: "the Parallel inside asks for workers",
    edits: [["mp.Parallel({ nJobs })(calls)", 'mp.Parallel({ nJobs, backend: "workers" })(calls)']],
    fails: "A Parallel inside a call of Parallel starts no workers.",
  },
  {
    id: "joblib-memory",
    what: "an argument that matters for the result is ignored",
    edits: [[
      "memory.cache(versions[version]);",
      'memory.cache(versions[version], { ignore: ["data"] });',
    ]],
    fails: "One number of 1,000 changed: computed.",
  },
  {
    id: "joblib-dump",
    what: "how to compress is not passed on",
    edits: [["mp.dump(data, path, { compress })", "mp.dump(data, path)"]],
    fails: "Each compressed file is less than two thirds of the array.",
  },
  {
    id: "joblib-memmap",
    what: "the threshold for sharing is above the size of the array",
    edits: [['maxNbytes: "1M"', 'maxNbytes: "1G"']],
    fails: "Shared, no call has a copy.",
  },
];
