import {
  bury,
  enrol,
  holdAlive,
  isAlive,
  isMainThread,
  letGo,
  nudge,
  requestStop,
  ThreadState,
} from "@polycore/sync/internal";
import { untilDead } from "./life.ts";
import { getLogger } from "./logging.ts";
import { processErrors } from "./process_errors.ts";
import { cutOff, giveAway, lookAfterThreads, onOrphan, startHosted } from "./thread_host.ts";
import type { StartOrder } from "./thread_host.ts";
import { codeLeft, executeWill, makeWill } from "./will.ts";
import type { Job } from "./worker_main.ts";

/** The exit codes of a thread that was told to end: those of the signals in Python. */
export const TERMINATED = -15, KILLED = -9;

/** Milliseconds that a thread has to unwind before it is cut off. */
const GRACE = 250, KILL_GRACE = 50;

/** Milliseconds between two looks at a thread that is to end: it may be just falling asleep. */
const NUDGE = 5;

/** The threads that this thread started and that have not ended. */
const children = new Set<WorkerThread>();

/** How many threads this thread has that have not ended, or whose wills are not executed. */
export function countChildren(): number {
  return children.size;
}

/** What starts threads by itself, and is to end before them when this process ends. */
export interface EndsFirst {
  /** Let it begin to end. */
  terminate(): void;
  /** Wait until it has ended. */
  join(): Promise<void>;
}

/** The pools and executors of this process, unless it is the main program. */
export const endFirst: Set<EndsFirst> = new Set();

/** Whether this thread is ending, so that nothing may be started any more. */
let ending = false;

/** How a {@linkcode WorkerThread} is made. */
export interface WorkerThreadOptions {
  /** Whether it ends with its parent and with the program, as when left out. */
  daemon?: boolean | undefined;
  /** For the library itself: a thread that another one started and that has ended since. */
  adopted?: { order: StartOrder; withWill: boolean } | undefined;
}

/**
 * The parent's side of a thread: starts it, sees it end, and ends it. Every Process and every worker of
 * a pool is one. It does not keep the program alive.
 */
export class WorkerThread {
  /** Its number in the thread table. */
  readonly id: number;
  /** Its name in errors and listings. */
  readonly name: string;
  /** Whether it ends with its parent. */
  readonly daemon: boolean;
  /** Resolves with the exit code when the thread has ended. */
  readonly ended: Promise<number>;
  /** What went wrong outside of any task, such as an error in a timer; known when it has ended. */
  trouble: string | undefined;

  readonly #order: StartOrder;
  readonly #withWill: boolean;
  readonly #resolve: (code: number) => void;
  readonly #begun = Promise.withResolvers<void>();
  #toldToEnd: number | undefined;
  #nudging: ReturnType<typeof setInterval> | undefined;
  #grace: ReturnType<typeof setTimeout> | undefined;
  #code: number | undefined;

  /**
   * Start a thread that does a job. It returns at once: in the main thread the worker is created then,
   * for any other thread it is as soon as the main thread awaits or waits.
   */
  constructor(name: string, job: Job, options: WorkerThreadOptions = {}) {
    const { promise, resolve } = Promise.withResolvers<number>();
    const { daemon = true, adopted } = options;
    this.name = name;
    this.daemon = daemon;
    this.ended = promise;
    this.#resolve = resolve;
    this.#withWill = adopted?.withWill ?? true;
    this.#order = adopted?.order ?? startOrder(name, daemon, job);
    this.id = this.#order.id;
    children.add(this);
    this.#watch();
  }

  /** Wait until the thread counts as ended in the thread table. */
  async #watch(): Promise<void> {
    await untilDead(this.id, (state) => {
      if (state === ThreadState.running) this.#begun.resolve();
    });
    clearInterval(this.#nudging);
    clearTimeout(this.#grace);
    lookAfterThreads();
    this.#code = this.#codeLeft();
    const { will, job } = this.#order;
    if (this.#withWill) this.trouble = executeWill(will, job.parcel);
    children.delete(this);
    this.#resolve(this.#code);
  }

  #codeLeft(): number {
    const code = this.#withWill ? codeLeft(this.#order.will) : undefined;
    return code === undefined || code === TERMINATED ? this.#toldToEnd ?? code ?? 1 : code;
  }

  /** Whether the thread has not ended. */
  get alive(): boolean {
    return this.#code === undefined && isAlive(this.id);
  }

  /** The exit code, `null` while the thread lives. */
  get exitcode(): number | null {
    return this.alive ? null : this.#code ?? this.#codeLeft();
  }

  /** What the main thread has to know to take it over. */
  get order(): StartOrder {
    return this.#order;
  }

  /** Wait until it has ended, and keep the program alive until then. */
  async join(): Promise<number> {
    holdAlive();
    try {
      return await this.ended;
    } finally {
      letGo();
    }
  }

  /**
   * Tell the thread to end: blocking calls throw, `stopRequested` is true. One that does neither is cut
   * off after a moment.
   */
  terminate(): void {
    this.#tellToEnd(TERMINATED, GRACE);
  }

  /** As {@linkcode WorkerThread.terminate}, with hardly any time to unwind. */
  kill(): void {
    this.#tellToEnd(KILLED, KILL_GRACE);
  }

  #tellToEnd(code: number, grace: number): void {
    if (!this.alive || this.#toldToEnd === code || this.#toldToEnd === KILLED) return;
    this.#toldToEnd = code;
    requestStop(this.id);
    this.#nudging ??= setInterval(() => nudge(this.id), NUDGE);
    // Before it has begun it holds no life lock yet; it looks whether it is to stop when it begins.
    this.#begun.promise.then(() => {
      if (this.#code !== undefined) return;
      clearTimeout(this.#grace);
      this.#grace = setTimeout(() => cutOff(this.id, code), grace);
    });
  }
}

function startOrder(name: string, daemon: boolean, job: Job): StartOrder {
  const will = makeWill();
  let id: number | undefined;
  try {
    if (ending) throw processErrors.ending(name);
    id = enrol(name);
    const order: StartOrder = { id, name, daemon, will, job };
    startHosted(order);
    return order;
  } catch (error) {
    if (id !== undefined) bury(id); // no permission: a thread that never was
    executeWill(will, job.parcel);
    throw error;
  }
}

/** As Python at the end of a process: end the daemons that it started, and wait for the others. */
export async function endChildren(): Promise<void> {
  for (const pool of endFirst) pool.terminate();
  for (const pool of endFirst) await pool.join();
  ending = true;
  for (const child of children) {
    if (!child.daemon) continue;
    getLogger().info(`calling terminate() for daemon ${child.name}`);
    child.terminate();
  }
  for (const child of children) {
    getLogger().info(`calling join() for process ${child.name}`);
    await child.join();
  }
}

/** This thread ends at once: its daemons are to end too, and the main thread takes over its children. */
export function abandonChildren(): void {
  ending = true;
  for (const { daemon, id } of children) if (daemon) requestStop(id);
  giveAway([...children].map((child) => child.order));
}

if (isMainThread) {
  onOrphan((order, withWill) => {
    const { name, job, daemon } = order;
    const thread = new WorkerThread(name, job, { daemon, adopted: { order, withWill } });
    if (daemon) thread.terminate();
  });
}
