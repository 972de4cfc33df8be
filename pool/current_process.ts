/**
 * Which process this thread is, and which ones it started.
 *
 * @module
 */

import type { Process } from "./process.ts";

let current: ProcessInfo | undefined;
let parent: ProcessInfo | null = null;
const children = new Set<Process>();

/** What is known of a process from outside. */
export interface ProcessInfo {
  /** Its name. */
  readonly name: string;
  /** Its number; 1 for the main thread. */
  readonly pid: number | null;
  /** Whether it ends with the main program. */
  readonly daemon: boolean;
}

const main: ProcessInfo = { name: "MainProcess", pid: 1, daemon: false };

/** Say which process this thread is. */
export function setCurrent(process: ProcessInfo, startedBy: ProcessInfo): void {
  current = process;
  parent = startedBy;
}

/** Note a process that was started. */
export function addChild(child: Process): void {
  children.add(child);
}

/** Forget a process that has ended. */
export function removeChild(child: Process): void {
  children.delete(child);
}

/**
 * The process that this thread is: a {@linkcode Process} in its worker, a worker of a pool, or the main
 * program. Python's `multiprocessing.current_process()`.
 *
 * @example
 * ```ts
 * import { currentProcess } from "@polycore/pool";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(currentProcess().name, "MainProcess");
 * ```
 */
export function currentProcess(): ProcessInfo {
  return current ?? main;
}

/**
 * The process that started this one, `null` in the main program. Python's
 * `multiprocessing.parent_process()`.
 *
 * @example
 * ```ts
 * import { parentProcess } from "@polycore/pool";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parentProcess(), null);
 * ```
 */
export function parentProcess(): ProcessInfo | null {
  return parent;
}

/**
 * The processes that this thread started and that have not ended. Python's
 * `multiprocessing.active_children()`.
 *
 * @example
 * ```ts
 * import { activeChildren } from "@polycore/pool";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(activeChildren(), []);
 * ```
 */
export function activeChildren(): Process[] {
  for (const child of children) if (!child.isAlive()) children.delete(child);
  return [...children];
}
