/**
 * The faults of the Duke deck.
 *
 * @module
 */
import type { Fault } from "./fault.ts";

/** One for each scenario, or more. */
export const duke: readonly Fault[] = [
  {
    id: "individual-processes",
    what: "the process is not joined before the next one starts",
    edits: [["p.start();\n    await p.join();", "p.start();"]],
    fails: "QueueEmpty",
  },
  {
    id: "queue-results",
    what: "reading while the queue is not empty",
    edits: [["while (results.length < count)", "while (!queue.empty())"]],
    flags: ["--size", "20"],
    fails: "Counting collects every result exactly once.",
  },
  {
    id: "starmap",
    what: "map in place of starmap",
    edits: [["split: await pool.starmap(", "split: await pool.map("]],
    fails: "starmap adds every pair, in order.",
  },
  {
    id: "partial-application",
    what: "a closure in place of the partial",
    edits: [["pool.map(double, range)", "pool.map((x) => double(x), range)"]],
    fails: 'TypeError: The function uses "double"',
  },
  {
    id: "compile-kernels",
    what: "a shift that keeps the sign",
    file: "pi_kernels.ts",
    edits: [["c >>> 11", "c >> 11"]],
    flags: ["--size", "10000"],
    fails: "All forms count the very same hits.",
  },
  {
    id: "executor-linear",
    what: "the random numbers depend on who works, not on the job",
    edits: [["countHits(throws, seed, job)", "countHits(throws, seed, mp.currentProcess().pid!)"]],
    flags: ["--size", "10000"],
    fails: "Many workers find exactly what one finds.",
  },
  {
    id: "chunk-size",
    what: "the chunk size is not handed on",
    edits: [["pool.map(mcPi, jobs, { chunkSize })", "pool.map(mcPi, jobs)"]],
    flags: ["--runs", "1"],
    fails: "One chunk for everything leaves the other workers idle.",
  },
  {
    id: "pool-job-sizes",
    what: "the chunk size of an executor",
    edits: [["pool.map(mcPi, jobs)", "pool.map(mcPi, jobs, { chunkSize: 1 })"]],
    flags: ["--size", "10000000"],
    fails: "The small jobs go out in chunks of",
  },
  {
    id: "futures-status",
    what: "the parent waits for a result before it looks",
    edits: [["const during", "mayEnd.set();\n  await a.result();\n  const during"]],
    fails: "On 4 workers, as many futures as workers are running",
  },
  {
    id: "futures-cancel-callbacks",
    what: "cancel() comes too late",
    edits: [[
      "const cancelled = ",
      "mayEnd.set();\n  await res[4].result();\n  const cancelled = ",
    ]],
    fails: "A job that waits can be cancelled",
  },
  {
    id: "function-adapter",
    what: "the adapter is forgotten",
    edits: [["executor.map(adapted, chunks)", "executor.map(f, chunks)"]],
    fails: "An adapter, two lists and starmap give the sums",
  },
  {
    id: "count-jobs-global",
    what: "run() in place of start()",
    edits: [["process.start();", "await process.run();"], ["await process.join();", ""]],
    fails: "The parent's counter stays 0.",
  },
  {
    id: "count-jobs-shared",
    what: "the processes are not joined",
    edits: [["await process.join();", ""]],
    fails: "The shared counter counts every job.",
  },
  {
    id: "count-jobs-map-reduce",
    what: "each job gives what its worker has counted so far",
    edits: [["const job = ", "let counted = 0;\nconst job = "], [
      "pid!, 1, i]",
      "pid!, ++counted, i]",
    ]],
    fails: "The count is the number of jobs.",
  },
  {
    id: "race-condition",
    what: "the lock is left out",
    edits: [["using _ = counter.getLock().hold();", ""]],
    flags: ["--runs", "1"],
    fails: "With the lock the count is exact.",
  },
  {
    id: "race-condition",
    what: "the small race has no lock",
    file: "small_races.ts",
    edits: [["using _ = lock.hold();", ""]],
    flags: ["--size", "1000", "--runs", "1"],
    fails: 'No run of "two workers add 1 to a counter of 0, once each, with a lock',
  },
  {
    id: "race-free-slots",
    what: "two workers have the same slot",
    edits: [["mine = next.add(1) * stride", "mine = (next.add(1) >> 1) * stride"]],
    flags: ["--runs", "1"],
    fails: "The slots add up to all increments in every run.",
  },
  {
    id: "race-free-slots",
    what: "both write the same slot",
    file: "small_races.ts",
    edits: [
      ["slots.get(rounds.party)", "slots.get(0)"],
      ["slots.set(rounds.party, n)", "slots.set(0, n)"],
    ],
    flags: ["--size", "100", "--runs", "1"],
    fails: 'No run of "two workers add 1 to a counter of 0, once each, a slot each',
  },
  {
    id: "hidden-lock",
    what: "the generator has no lock",
    edits: [["lock.acquire();", ""], ["lock.release();", ""]],
    flags: ["--size", "4000000"],
    fails: "Behind the lock no draw is lost or made twice",
  },
  {
    id: "identical-random-streams",
    what: "every job takes the same stream",
    edits: [["generator(seed, job)", "generator(seed, 0)"]],
    fails: "With streams of their own no two jobs do.",
  },
  {
    id: "identical-random-streams",
    what: "the stream is the worker's, and the same for all, in the many small runs",
    file: "small_streams.ts",
    edits: [["generator(seed + round, 1 + job % jobs)", "copy"]],
    fails:
      'No run of "4 workers do 10 jobs with a stream for each job" ends in a forbidden outcome:',
  },
  {
    id: "deadlock",
    what: "crosswise, where one order was promised",
    edits: [["meet(takeInOrder, workers)", "meet(takeBoth, workers)"]],
    fails: "In one order for everybody, all get both locks.",
  },
  {
    id: "deadlock",
    what: "the order of the small locks is forgotten",
    file: "small_locks.ts",
    edits: [["two.sort((a, b) => a.name < b.name ? -1 : 1)", "two.slice()"]],
    fails:
      'No run of "2 workers in a circle of 2 locks take two each, in one order for all" ends in a',
  },
  {
    id: "dining-philosophers",
    what: "a philosopher eats with one fork",
    file: "dining_remedies.ts",
    edits: [["return [take(low, t), take(high, t)];", "return [take(low, t)];"]],
    fails: "Neighbours never eat at the same time.",
  },
  {
    id: "dining-philosophers",
    what: "the left fork first, where one order was promised",
    file: "small_locks.ts",
    edits: [["two.sort((a, b) => a.name < b.name ? -1 : 1)", "two.slice()"]],
    flags: ["--size", "50"],
    fails:
      'No run of "5 workers in a circle of 5 locks take two each, in one order for all" ends in a',
  },
];
