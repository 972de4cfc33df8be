/**
 * The backends that are always there: workers, this thread's event loop, and none.
 *
 * @module
 */

import { cpuCount } from "../cpu_count.ts";
import { mayHaveChildren } from "../current_process.ts";
import {
  type BackendRun,
  type BackendStart,
  type ParallelBackend,
  registerParallelBackend,
} from "./backends.ts";
import type { DelayedCall } from "./delayed.ts";
import { countBack } from "./n_jobs.ts";
import { runNested } from "./nesting.ts";
import { releaseWorkers } from "./reusable_workers.ts";
import { WorkersRun } from "./workers_run.ts";

let warned = false;

/** In a daemon nobody would be left to end the workers. */
function warnOnce(): void {
  if (warned) return;
  warned = true;
  console.warn(
    "polycore: parallel loops on workers cannot be nested in the workers of a Pool, setting " +
      "nJobs=1. Start them in the main program, in a Process, or in a call of Parallel.",
  );
}

/** Calls on workers that share nothing with the caller but shareable objects. */
const workers: ParallelBackend = {
  name: "workers",
  autoBatch: true,
  supportsInnerMaxNumThreads: true,
  effectiveNJobs(nJobs) {
    if (mayHaveChildren()) return countBack(nJobs);
    if (nJobs !== 1) warnOnce();
    return 1;
  },
  start: (options) => new WorkersRun(options, shareOf(options)),
  release: releaseWorkers,
};

/** The processors that are left for each worker's own workers. */
function shareOf({ innerMaxNumThreads, nJobs }: BackendStart): number {
  return innerMaxNumThreads ?? Math.max(1, Math.floor(cpuCount() / nJobs));
}

/** Calls on this thread: while one waits for files or the network, the others go on. */
const eventLoop: ParallelBackend = {
  name: "eventLoop",
  supportsSharedmem: true,
  effectiveNJobs: countBack,
  start: ({ level, nJobs }) => new EventLoopRun(level + 1, nJobs),
};

/** A plain loop. */
const sequential: ParallelBackend = {
  name: "sequential",
  supportsSharedmem: true,
  effectiveNJobs: () => 1,
  start: ({ level, nJobs }) => new EventLoopRun(level, nJobs),
};

/** Runs batches on this thread, so many at once. */
class EventLoopRun implements BackendRun {
  readonly #level: number;
  #free: number;
  #waiting: (() => void)[] = [];
  #ended = false;

  /** The calls run at this nesting level. */
  constructor(level: number, nJobs: number) {
    this.#level = level;
    this.#free = nJobs;
  }

  /** A call is begun only when the caller has gone on: it may compute for long. */
  async run(batch: readonly DelayedCall<unknown>[]): Promise<unknown[]> {
    if (this.#free-- > 0) await undefined;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    const results: unknown[] = [];
    try {
      for (const [fn, args] of batch) {
        if (this.#ended) break; // nobody wants it any more
        results.push(await runNested(this.#level, () => fn(...args)));
      }
    } finally {
      this.#free++;
      this.#waiting.shift()?.();
    }
    return results;
  }

  /** What runs on this thread cannot be stopped: its results are dropped, and the next ones not begun. */
  end(): void {
    this.#ended = true;
  }
}

for (const name of ["workers", "loky", "multiprocessing"]) {
  registerParallelBackend(name, () => workers);
}
for (const name of ["eventLoop", "threading"]) registerParallelBackend(name, () => eventLoop);
registerParallelBackend("sequential", () => sequential);
