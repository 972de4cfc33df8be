/**
 * The faults of the PNNL deck.
 *
 * @module
 */
import type { Fault } from "./fault.ts";

/** One for each scenario, or more. */
export const pnnl: readonly Fault[] = [
  {
    id: "threads-hide-io",
    what: "the main program waits for its tasks after all",
    edits: [['print("All done!");', 'Promise.all(tasks).then(() => print("All done!"));']],
    fails: '"All done!" is the first line of every run.',
  },
  {
    id: "join-threads",
    what: "the tasks are not joined",
    edits: [["for (const t of threads) await t;", ""]],
    fails: 'Joined, "All done!" is the last line',
  },
  {
    id: "event-loop-is-not-parallel",
    what: "waiting keeps the thread",
    edits: [[
      "await new Promise((done) => setTimeout(done, ms));",
      "for (const end = performance.now() + ms; performance.now() < end;);",
    ]],
    flags: ["--size", "1000000"],
    fails: "On one thread, 4 wait at a time.",
  },
  {
    id: "dot-product-queue",
    what: "slices of size / processes lose the rest",
    edits: [[
      "const upper = Math.floor((i + 1) * a.length / workers);",
      "const upper = lower + Math.floor(a.length / workers);",
    ]],
    flags: ["--size", "200003"],
    fails: "The sum of the parts equals the loop's.",
  },
  {
    id: "pool-map-overhead",
    what: "slices of size / calls lose the rest",
    edits: [[
      "const upper = Math.floor((i + 1) * a.length / calls);",
      "const upper = lower + Math.floor(a.length / calls);",
    ]],
    flags: ["--size", "1001"],
    fails: "All four give the right numbers in order.",
  },
  {
    id: "shared-dot-race",
    what: "somebody adds the lock: nothing is lost any more",
    edits: [[
      "job.dot.value += product(job);",
      "using _ = job.dot.getLock().hold();\n  job.dot.value += product(job);",
    ]],
    fails: "The slide's own line gives a wrong answer at least once.",
  },
  {
    id: "shared-dot-race",
    what: "nobody takes the lock, in the many small runs",
    file: "small_sums.ts",
    edits: [["locked ? dot.getLock().hold() : undefined", "undefined"]],
    flags: ["--size", "80000", "--runs", "1"],
    fails:
      'No run of "4 workers each add a part to a sum, with a lock" ends in a forbidden outcome:',
  },
  {
    id: "shared-dot-lock",
    what: "the value is read before the lock is taken",
    edits: [
      [
        "const lockPerWorker = mp.task(import.meta, ({ dot, lock, a, start }: Job) => {",
        "const lockPerWorker = mp.task(import.meta, ({ dot, lock, a, start }: Job) => {\n  const before = dot.value;",
      ],
      ["dot.value += sum;", "dot.value = before + sum;"],
    ],
    fails: "One lock per process gives the right answer.",
  },
  {
    id: "rlock",
    what: "a Lock in place of the RLock",
    edits: [["new mp.RLock({ name", "new mp.Lock({ name"]],
    fails: "With an RLock the result is right.",
  },
  {
    id: "manager-types",
    what: "the child changes a copy of the list",
    edits: [["list.push(4);", "list.toArray().push(4);"]],
    fails: "The parent sees every change of the child.",
  },
  {
    id: "bag-of-words",
    what: "a worker sets the count of a word to its own",
    edits: [["bag.get(word, 0) + n", "n"]],
    fails: "A process per sentence: every count is the same as by a loop.",
  },
];
