/**
 * Which process this thread is, and which ones it started.
 *
 * @module
 */

import { isAlive, isMainThread, me, starterOf, threadName } from "@polycore/sync/internal";
import { untilDead } from "./life.ts";
import type { Process } from "./process.ts";
import { Sentinel } from "./sentinel.ts";
import { checkTimeout, orLater } from "./timeout.ts";

/** What is known of a process from outside. */
export interface ProcessInfo {
  /** Its name. */
  readonly name: string;
  /** Its number; 1 for the main thread. */
  readonly pid: number | null;
  /** Whether it ends with its parent. */
  readonly daemon: boolean;
}

/**
 * The parent of this process, as {@linkcode parentProcess} gives it. `connectionWait` waits for its end.
 *
 * @example
 * ```ts
 * import { ParentProcess } from "@polycore/pool";
 * import { assertEquals } from "@std/assert";
 *
 * const here = new ParentProcess({ name: "MainProcess", pid: 1, daemon: false });
 * assertEquals(here.isAlive(), true);
 * ```
 */
export class ParentProcess extends Sentinel implements ProcessInfo {
  /** Its name. */
  readonly name: string;
  /** Whether it ends with its parent. */
  readonly daemon: boolean;

  /** Made by the library. */
  constructor({ name, pid, daemon }: ProcessInfo) {
    super(pid!);
    this.name = name;
    this.daemon = daemon;
  }

  /** Whether it has not ended. */
  isAlive(): boolean {
    return isAlive(this.pid);
  }

  /**
   * Wait until it has ended.
   *
   * @param timeout Milliseconds to wait at the most; 0 or less only looks.
   * @throws {TypeError} If the timeout is no number.
   */
  async join(timeout?: number): Promise<void> {
    const ended = untilDead(this.pid);
    if (timeout === undefined) await ended;
    else if (checkTimeout(timeout) > 0) await orLater(ended, timeout);
  }
}

/** The process that this thread is, as {@linkcode currentProcess} gives it. */
export interface RunningProcess extends ProcessInfo {
  /** `null`: it has not ended. */
  readonly exitcode: number | null;
  /** Whether it has not ended. */
  isAlive(): boolean;
}

function running({ name, pid, daemon }: ProcessInfo): RunningProcess {
  return { name, pid, daemon, exitcode: null, isAlive: () => true };
}

// A worker that has not become anything yet has at least its name.
let current = running({ name: threadName(me), pid: me, daemon: !isMainThread });
let parent: ParentProcess | null = isMainThread
  ? null
  : new ParentProcess({ name: threadName(starterOf(me)), pid: starterOf(me), daemon: false });
/** Which child this is of which child of the main program: `[1, 2]` for `Process-1:2`. */
let identity: number[] = [];
let startsInSpite = false;
let made = 0;
const children = new Set<Process>();

/** Say which process this thread is. */
export function setCurrent(process: ProcessInfo, startedBy: ProcessInfo, is: number[] = []): void {
  current = "isAlive" in process ? process as RunningProcess : running(process);
  parent = new ParentProcess(startedBy);
  identity = is;
  made = 0; // the object that stands for this very process is not one of its children
}

/** The identity of the next process that this one makes. */
export function nextIdentity(): number[] {
  return [...identity, ++made];
}

/** The name of the `n`th child of a kind: `Process-1`, and of a child of that `Process-1:2`. */
export function nameOfChild(kind: string, ...n: number[]): string {
  return `${kind}-${[...identity, ...n].join(":")}`;
}

/** Whether this process may start others: a daemon may not, as nobody would be left to end them. */
export function mayHaveChildren(): boolean {
  return !current.daemon || startsInSpite;
}

/** Let this process start others although it is a daemon, as the server of a manager does. */
export function allowChildren(): void {
  startsInSpite = true;
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
export function currentProcess(): RunningProcess {
  return current;
}

/**
 * The process that started this one, `null` in the main program. Python's
 * `multiprocessing.parent_process()`. It can be asked whether it is alive, and waited for.
 *
 * @example
 * ```ts
 * import { parentProcess } from "@polycore/pool";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parentProcess(), null);
 * ```
 */
export function parentProcess(): ParentProcess | null {
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
