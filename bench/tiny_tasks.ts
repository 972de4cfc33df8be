/**
 * How many tiny tasks a second: our pool beside the base line, in turns. Run it with `deno task
 * bench:tiny`.
 *
 * @module
 */
import { Pool, task } from "@polycore/pool";
import { estimate, formatCount, formatMs, significant } from "@polycore/reports";
import { BareMessages } from "./bare_messages.ts";
import { BaselinePool } from "./baseline_pool.ts";
import { expectResult } from "./kernels/kernel.ts";
import { sampleInTurns, type Timed } from "./sampling.ts";
import { columns, print, progress } from "./terminal.ts";

/** Number of tasks in one sample. */
const TASKS = 100_000;
/** Number of workers on both sides. */
const WORKERS = 2;

const addOne: (x: number) => number = task(import.meta, (x: number) => x + 1);

if (import.meta.main) {
  await using pool = new Pool(WORKERS);
  using plain = new BaselinePool(WORKERS);
  using bare = new BareMessages(WORKERS);
  const ours = subject((x) => pool.applyAsync(addOne, [x]), (result) => result.get());
  const baseline = subject(
    (x) => plain.submit("addOne", [x]) as Promise<number>,
    (result) => result,
  );
  const bound = subject((x) => bare.submit(x), (result) => result);
  await sampleInTurns([ours, baseline, bound], {
    precision: 0,
    budgetMs: Infinity,
    most: 9,
    random: Math.random,
    onRound: (round) => progress(`round ${round + 1}`),
  });
  progress();
  print(`${formatCount(TASKS)} tasks x -> x + 1, one promise each, ${WORKERS} workers`);
  print(columns([
    ["", "median", "95 % interval", "tasks per second", "samples"],
    row("Pool.applyAsync", ours),
    row("plain pool on postMessage", baseline),
    row("bare numbers by postMessage", bound),
  ]));
  const median = ({ samplesMs }: Timed) => estimate(samplesMs).median;
  print(
    `Our pool is ${
      significant(median(baseline) / median(ours))
    } times as fast as the plain pool, ` +
      `and ${significant(median(bound) / median(ours))} times as fast as the bare numbers.`,
  );
}

/**
 * Submit all tasks one by one, then wait for each, as one does with Python's `apply_async`; give
 * their sum.
 */
function subject<T>(submit: (x: number) => T, get: (result: T) => Promise<number>): Timed {
  return {
    samplesMs: [],
    check(sum) {
      expectResult("The sum of all results", sum as number, TASKS * (TASKS + 1) / 2);
    },
    async run() {
      const results: T[] = [];
      for (let i = 0; i < TASKS; i++) results.push(submit(i));
      let sum = 0;
      for (const result of results) sum += await get(result);
      return sum;
    },
  };
}

function row(name: string, { samplesMs }: Timed): string[] {
  const { median, low, high } = estimate(samplesMs);
  const interval = low !== null && high !== null ? `${formatMs(low)} to ${formatMs(high)}` : "-";
  const rate = formatCount(TASKS / median * 1000);
  return [name, formatMs(median), interval, rate, String(samplesMs.length)];
}
