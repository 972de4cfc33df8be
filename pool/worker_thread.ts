import {
  bury,
  exitCodeOf,
  isAlive,
  nudge,
  requestStop,
  startThread,
} from "@polycore/sync/internal";
import { endOfLife, lifeLockName, program } from "./life.ts";
import type { Job } from "./worker_main.ts";

/** The exit codes of a thread that was told to end: those of the signals in Python. */
export const TERMINATED = -15, KILLED = -9;

/** Milliseconds that a thread has to unwind before it is cut off. */
const GRACE = 250;

/** Milliseconds after which a thread that was cut off counts as ended, although it still computes. */
const LOST = 700;

/** Milliseconds between two wake-ups of a thread that is to end: it may be just falling asleep. */
const NUDGE = 5;

/**
 * The parent's side of a thread: starts it, sees it end, and ends it. Every Process and every worker of
 * a pool is one.
 */
export class WorkerThread {
  /** Its number in the thread table. */
  readonly id: number;
  /** Its name in errors and listings. */
  readonly name: string;
  /** Resolves with the exit code when the thread has ended. */
  readonly ended: Promise<number>;
  /** What went wrong outside of any task, such as a module that cannot be loaded. */
  trouble: string | undefined;

  readonly #worker: Worker;
  readonly #resolve: (code: number) => void;
  #toldToEnd: number | undefined;
  #timers: ReturnType<typeof setInterval>[] = [];
  #done = false;

  /** Start a thread that does a job. */
  constructor(name: string, job: Job) {
    const { promise, resolve } = Promise.withResolvers<number>();
    this.name = name;
    this.ended = promise;
    this.#resolve = resolve;
    const url = new URL("./worker_main.ts", import.meta.url);
    const { worker, id } = startThread(name, url, { program, job });
    this.id = id;
    this.#worker = worker;
    worker.onmessage = () => this.#watch();
    worker.onerror = (event) => {
      event.preventDefault();
      this.trouble = event.message;
      this.#finish();
    };
  }

  /** Wait for the end, once the thread holds its life lock. */
  async #watch(): Promise<void> {
    await endOfLife(lifeLockName(program, this.id));
    this.#finish();
  }

  #finish(): void {
    if (this.#done) return;
    this.#done = true;
    for (const timer of this.#timers) clearInterval(timer);
    this.#worker.terminate();
    bury(this.id, this.#toldToEnd ?? 1); // keeps the code that the thread left itself
    this.#resolve(exitCodeOf(this.id));
  }

  /** Whether the thread has not ended. */
  get alive(): boolean {
    return !this.#done && isAlive(this.id);
  }

  /** The exit code, `null` while the thread lives. */
  get exitcode(): number | null {
    return this.alive ? null : exitCodeOf(this.id);
  }

  /**
   * Tell the thread to end: blocking calls throw, `stopRequested` is true. One that does neither is cut
   * off after a moment.
   */
  terminate(): void {
    if (this.#done || this.#toldToEnd !== undefined) return;
    this.#toldToEnd = TERMINATED;
    requestStop(this.id);
    this.#worker.postMessage("stop");
    this.#timers.push(setInterval(() => nudge(this.id), NUDGE));
    this.#timers.push(setTimeout(() => this.#cutOff(), GRACE));
  }

  /** End the thread without letting it unwind. */
  kill(): void {
    if (this.#done) return;
    this.#toldToEnd = KILLED;
    requestStop(this.id);
    this.#timers.push(setInterval(() => nudge(this.id), NUDGE));
    this.#cutOff();
  }

  #cutOff(): void {
    this.#worker.terminate();
    this.#timers.push(setTimeout(() => this.#giveUp(), LOST));
  }

  /** Nothing ends JavaScript that computes: say so, and go on without the thread. */
  #giveUp(): void {
    if (this.#done) return;
    console.error(
      `polycore: ${this.name} computes without end and cannot be stopped; it keeps a core until ` +
        "the program ends. Let such a loop ask stopRequested().",
    );
    this.#finish();
  }
}
