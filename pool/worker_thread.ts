import {
  bury,
  exitCodeOf,
  holdAlive,
  isAlive,
  letGo,
  lifeWord,
  load,
  nudge,
  requestStop,
  startThread,
  waitAsync,
} from "@polycore/sync/internal";
import { isHeld, lifeLockName, program, unref } from "./life.ts";
import { executeWill, makeWill } from "./will.ts";
import type { Job } from "./worker_main.ts";

/** The exit codes of a thread that was told to end: those of the signals in Python. */
export const TERMINATED = -15, KILLED = -9;

/** Milliseconds that a thread has to unwind before it is cut off. */
const GRACE = 250, KILL_GRACE = 50;

/** Milliseconds after which a thread that was cut off counts as ended, although it still computes. */
const LOST = 700;

/** Milliseconds between two looks at a thread that is to end: it may be just falling asleep. */
const NUDGE = 5;

/**
 * The parent's side of a thread: starts it, sees it end, and ends it. Every Process and every worker of
 * a pool is one. It does not keep the program alive.
 */
export class WorkerThread {
  /** Its number in the thread table. */
  readonly id: number;
  /** Its name in errors and listings. */
  readonly name: string;
  /** Resolves with the exit code when the thread has ended. */
  readonly ended: Promise<number>;
  /** What went wrong outside of any task, such as an error in a timer; known when it has ended. */
  trouble: string | undefined;

  readonly #worker: Worker;
  readonly #job: Job;
  readonly #will = makeWill();
  readonly #resolve: (code: number) => void;
  readonly #begun = Promise.withResolvers<void>();
  #toldToEnd: number | undefined;
  #nudging: ReturnType<typeof setInterval> | undefined;
  #grace: ReturnType<typeof setTimeout> | undefined;
  #code: number | undefined;

  /** Start a thread that does a job. */
  constructor(name: string, job: Job) {
    const { promise, resolve } = Promise.withResolvers<number>();
    this.name = name;
    this.#job = job;
    this.ended = promise;
    this.#resolve = resolve;
    const url = new URL("./worker_main.ts", import.meta.url);
    try {
      const { worker, id } = startThread(name, url, { program, job, will: this.#will });
      this.id = id;
      this.#worker = worker;
    } catch (error) {
      executeWill(this.#will, job.parcel);
      throw error;
    }
    unref(this.#worker);
    this.#worker.onmessage = () => this.#begun.resolve();
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.#finish(event.message);
    };
    this.#watch();
  }

  /** Wait until the thread has written its exit code into the thread table. */
  async #watch(): Promise<void> {
    const word = lifeWord(this.id);
    for (let seen = load(word); isAlive(this.id); seen = load(word)) {
      const changed = waitAsync(word, seen, Infinity);
      if (typeof changed !== "string") await changed;
    }
    this.#finish();
  }

  #finish(trouble?: string): void {
    if (this.#code !== undefined) return;
    clearInterval(this.#nudging);
    clearTimeout(this.#grace);
    this.#worker.terminate();
    bury(this.id, this.#toldToEnd ?? 1); // keeps the code that the thread left itself
    this.#code = this.#codeLeft();
    this.trouble = executeWill(this.#will, this.#job.parcel) ?? trouble;
    this.#resolve(this.#code);
  }

  #codeLeft(): number {
    const code = exitCodeOf(this.id);
    return code === TERMINATED ? this.#toldToEnd ?? code : code;
  }

  /** Whether the thread has not ended. */
  get alive(): boolean {
    return this.#code === undefined && isAlive(this.id);
  }

  /** The exit code, `null` while the thread lives. */
  get exitcode(): number | null {
    return this.alive ? null : this.#code ?? this.#codeLeft();
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
    this.#worker.postMessage("stop");
    this.#nudging ??= setInterval(() => nudge(this.id), NUDGE);
    // Before it has begun it holds no life lock yet; it looks whether it is to stop when it begins.
    this.#begun.promise.then(() => {
      if (this.#code !== undefined) return;
      clearTimeout(this.#grace);
      this.#grace = setTimeout(() => this.#cutOff(), grace);
    });
  }

  async #cutOff(): Promise<void> {
    this.#worker.terminate();
    const name = lifeLockName(program, this.id);
    for (const end = performance.now() + LOST; performance.now() < end;) {
      if (!await isHeld(name)) return this.#finish();
      await new Promise((resolve) => setTimeout(resolve, NUDGE));
      if (this.#code !== undefined) return;
    }
    // Nothing ends JavaScript that computes: say so, and go on without the thread.
    console.warn(
      `polycore: ${this.name} computes without end and cannot be stopped; it keeps a core until ` +
        "the program ends. Let such a loop ask stopRequested().",
    );
    this.#finish();
  }
}
