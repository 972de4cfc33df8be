/**
 * How deep in calls of `Parallel` the running code is. Work inside work must not take all processors
 * once more: one level down calls overlap on one thread, deeper ones are plain loops.
 *
 * @module
 */

import { AsyncLocalStorage } from "node:async_hooks";
import { limitCpuCount } from "../cpu_count.ts";
import { allowChildren } from "../current_process.ts";
import { task } from "../task.ts";

/** The level of this thread: that of its parent and one. */
let levelOfThread = 0;
const levelOfCall = new AsyncLocalStorage<number>();

/** 0 outside of any call of `Parallel`. */
export function nestingLevel(): number {
  return levelOfCall.getStore() ?? levelOfThread;
}

/** Run a function one level down in this thread. */
export function runNested<R>(level: number, run: () => R): R {
  return levelOfCall.run(level, run);
}

/** Run first in each worker: its level, and how many processors are its share. */
export const enterLevel = task(import.meta, (level: number, share: number) => {
  levelOfThread = level;
  limitCpuCount(share);
  allowChildren();
});
