/**
 * The faults of the UVA deck.
 *
 * @module
 */
import type { Fault } from "./fault.ts";

/** One for each scenario, or more. */
export const uva: readonly Fault[] = [
  {
    id: "spawn-processes",
    what: "the variable is set at the top level, which every process runs",
    edits: [['let owner = "nobody";', 'let owner = "the parent";']],
    fails: "No process sees what the parent set.",
  },
  {
    id: "pool-square",
    what: "get() right after mapAsync()",
    edits: [[
      "const readyMeanwhile",
      "go.set();\n  await later.get();\n  const readyMeanwhile",
    ]],
    fails: "The parent works while the result is not ready.",
  },
  {
    id: "apply-async",
    what: "get() right after each call",
    edits: [[
      "{ callback: (cube) => called.push(cube) }));",
      "{ callback: (cube) => called.push(cube) }));\n    go.set();\n    await results.at(-1).get();",
    ]],
    fails: "The calls return before their results.",
  },
  {
    id: "monte-carlo-pi",
    what: "chunks of throws / workers lose the rest",
    edits: [[
      "upper - Math.floor(stream * throws / workers)",
      "Math.floor(throws / workers)",
    ]],
    flags: ["--workers", "3", "--size", "100000"],
    fails: "The chunks add up to all throws.",
  },
  {
    id: "scaling-table",
    what: "all chunks go to one worker",
    edits: [[
      "found = await pool.starmap(timedHits, shares, { chunkSize: 1 })",
      "found = await pool.starmap(timedHits, shares, { chunkSize: workers })",
    ]],
    flags: ["--workers", "2", "--size", "1000000"],
    fails: "Workers are at work at the same time.",
  },
  {
    id: "slurm-job",
    what: "the size of the pool is written into the script",
    edits: [["NUM_PROCS=$SLURM_CPUS_PER_TASK", "NUM_PROCS=5"]],
    fails: "Run by bash, the job has a worker for each core",
  },
  {
    id: "combine-wasm",
    what: "every worker draws the same random numbers",
    edits: [["(seed, stream, block)", "(seed, stream - from, block)"]],
    fails: "Every form on any number of workers counts the very same hits.",
  },
];
