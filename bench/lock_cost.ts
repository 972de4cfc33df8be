/**
 * What a lock costs when nobody else wants it. Run it with `deno task bench:lock`.
 *
 * @module
 */
import { estimate, formatCount, significant } from "@polycore/reports";
import { Lock, RLock } from "@polycore/sync";
import { sampleInTurns, type Timed } from "./sampling.ts";
import { columns, print } from "./terminal.ts";

/** Pairs of acquire and release in one sample. */
const PAIRS = 1_000_000;

if (import.meta.main) {
  // One function for each lock: a loop that has seen both would call both the slow way.
  const lock = new Lock();
  const plain: Timed = {
    samplesMs: [],
    run() {
      for (let i = 0; i < PAIRS; i++) {
        lock.acquire();
        lock.release();
      }
      return PAIRS;
    },
  };
  const rlock = new RLock();
  const recursive: Timed = {
    samplesMs: [],
    run() {
      for (let i = 0; i < PAIRS; i++) {
        rlock.acquire();
        rlock.release();
      }
      return PAIRS;
    },
  };
  await sampleInTurns([plain, recursive], {
    precision: 0,
    budgetMs: Infinity,
    most: 15,
    random: Math.random,
  });
  print(`acquire and release, uncontended, ${formatCount(PAIRS)} pairs a sample`);
  print(columns([
    ["", "ns a pair, median", "95 % interval", "samples"],
    row("Lock", plain),
    row("RLock", recursive),
  ]));
}

function row(name: string, { samplesMs }: Timed): string[] {
  const ns = (ms: number | null) => ms === null ? "-" : significant(ms * 1e6 / PAIRS);
  const { median, low, high } = estimate(samplesMs);
  return [name, ns(median), `${ns(low)} to ${ns(high)}`, String(samplesMs.length)];
}
