/**
 * The workers of a pool, as the thread that made it has them.
 *
 * @module
 */

import { allocateZeroed, free, me } from "@polycore/sync/internal";
import { currentProcess, nameOfChild } from "./current_process.ts";
import { functionNumber } from "./functions.ts";
import { getLogger } from "./logging.ts";
import { toParcel } from "./parcel.ts";
import { unfold } from "./partial.ts";
import { DESK } from "./protocol.ts";
import { WorkerThread } from "./worker_thread.ts";

// deno-lint-ignore no-explicit-any
type AnyFunction = (...args: any[]) => any;

/** How the workers of a pool are. */
export interface CrewOptions {
  /** How many. */
  workers: number;
  /** Run in each worker before its first task. */
  initializer: AnyFunction | undefined;
  /** The initializer's arguments. */
  initargs: unknown[];
  /** Tasks after which a worker is replaced; 0 for no limit. */
  maxTasks: number;
  /** Start no worker before it is asked for. */
  onDemand?: boolean;
  /** Whether a worker that dies ends all, not only what it was running. */
  breaks?: boolean;
}

/** What the workers of one pool share: two channels, and the word on which the main thread sleeps. */
export interface Common {
  /** The channel of tasks. */
  tasks: number;
  /** The channel of results. */
  results: number;
  /** The bell. */
  bell: number;
}

/** A worker of a pool. */
export interface Member {
  /** Its thread. */
  thread: WorkerThread;
  /** Its desk; see `protocol.ts`. */
  desk: number;
  /** The state of its claim at the last look. */
  claim: number;
}

let made = 0;

/** Start a worker. */
export function hire(options: CrewOptions, common: Common): Member {
  const { workers, initializer, initargs, maxTasks } = options;
  const { name: parentName, daemon } = currentProcess();
  const name = nameOfChild("PoolWorker", ++made);
  const call = initializer && unfold(initializer, initargs);
  if (call) functionNumber(call[0]); // throws if it cannot travel
  const parcel = call && toParcel(call, { initializer, initargs });
  const desk = allocateZeroed(DESK.words);
  try {
    const parent = { name: parentName, pid: me, daemon };
    const job = { kind: "pool", name, parent, ...common, desk, workers, maxTasks, parcel } as const;
    const thread = new WorkerThread(name, job);
    getLogger().debug(`added worker ${name}`);
    return { thread, desk, claim: 0 };
  } catch (error) {
    free(desk);
    throw error;
  }
}
