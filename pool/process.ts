import { me } from "@polycore/sync/internal";
import { READY, type Waitable } from "@polycore/shm";
import { refuseClass } from "@polycore/shm/internal";
import { checkMayStart, checkOptions } from "./check.ts";
import {
  addChild,
  currentProcess,
  nextIdentity,
  type ProcessInfo,
  removeChild,
  setCurrent,
} from "./current_process.ts";
import { errors } from "./errors.ts";
import { functionNumber, isMarked } from "./functions.ts";
import { toParcel } from "./parcel.ts";
import { unfold } from "./partial.ts";
import { processErrors } from "./process_errors.ts";
import { Sentinel } from "./sentinel.ts";
import { checkTimeout, orLater } from "./timeout.ts";
import { WorkerThread } from "./worker_thread.ts";

/** How a {@linkcode Process} is made. */
export interface ProcessOptions<A extends unknown[] = unknown[]> {
  /** What the worker runs: a `task`, or a function that needs nothing but its arguments. */
  target?: ((...args: A) => unknown) | undefined;
  /** The arguments of `target`. */
  args?: NoInfer<A> | undefined;
  /** What listings and errors call it; `Process-1` and so on when not given. */
  name?: string | undefined;
  /** Whether it ends with its parent, which waits for it otherwise; as the maker's when not given. */
  daemon?: boolean | undefined;
}

/** What travels to the worker of a process. */
export interface ProcessParcel {
  /** The subclass, if it is one. */
  subclass: (new () => Process) | undefined;
  /** The fields of the object. */
  fields: Record<string, unknown>;
  /** See {@linkcode ProcessOptions}. */
  target: ((...args: unknown[]) => unknown) | undefined;
  /** See {@linkcode ProcessOptions}. */
  args: unknown[];
  /** See {@linkcode ProcessOptions}. */
  name: string;
  /** See {@linkcode ProcessOptions}. */
  daemon: boolean;
  /** The process that starts it. */
  parent: ProcessInfo;
  /** Which child of which child it is. */
  identity: number[];
}

/** Make the {@linkcode Process} object of this worker from what its parent sent. */
export let becomeProcess: (parcel: ProcessParcel) => Process;

/**
 * A function that runs in a worker of its own. Python's `multiprocessing.Process`. Its memory is its
 * own: what is to be shared is given in `args`. It may start processes and a `Pool`, unless it is a
 * daemon. At its end it terminates its daemons and waits for its other children; if it dies, those go on.
 *
 * **Which one do I use?** A `Process` for a few long activities that talk to each other; a `Pool` when
 * the same function is to be applied to many inputs, because it keeps its workers.
 *
 * A subclass overrides `run`, and marks itself with `static { task(import.meta, this); }`. Its public
 * fields travel to the worker; its constructor does not run there again.
 *
 * @example
 * ```ts
 * import { Process } from "@polycore/pool";
 * import { Value } from "@polycore/shm";
 * import { assertEquals } from "@std/assert";
 *
 * const sum = new Value("i", 0);
 * const process = new Process({ target: (v: Value<"i">, n: number) => v.add(n), args: [sum, 3] });
 * process.start();
 * await process.join();
 * assertEquals([process.exitcode, sum.value], [0, 3]);
 * ```
 */
// deno-lint-ignore no-explicit-any
export class Process<A extends unknown[] = any[]> implements Waitable {
  #target: ((...args: A) => unknown) | undefined;
  #args: A | undefined;
  readonly #identity = nextIdentity();
  #name: string;
  #daemon: boolean;
  #thread: WorkerThread | undefined;
  #sentinel: Sentinel | undefined;
  #closed = false;
  /** Whether this object is the process that runs in this very thread. */
  #here = false;

  /**
   * A process that is not started yet.
   *
   * @param options What to run and how it is called.
   * @throws {TypeError} If an option is of the wrong kind.
   */
  constructor(options: ProcessOptions<A> = {}) {
    checkOptions("a Process", options, ["target", "args", "name", "daemon"]);
    const { target, args, name, daemon } = options;
    if (target !== undefined && typeof target !== "function") {
      throw errors.notFunction("target", target);
    }
    if (args !== undefined && !Array.isArray(args)) throw errors.notArguments(args);
    this.#target = target;
    this.#args = args;
    this.#name = name === undefined
      ? `${new.target.name}-${this.#identity.join(":")}`
      : checkName(name);
    this.#daemon = daemon ?? currentProcess().daemon;
  }

  #open(): void {
    if (this.#closed) throw processErrors.processClosed();
  }

  /** The name. */
  get name(): string {
    return this.#name;
  }

  /** Only text is a name. */
  set name(name: string) {
    this.#name = checkName(name);
  }

  /** Whether it ends with its parent. */
  get daemon(): boolean {
    return this.#daemon;
  }

  /** Only before the start. */
  set daemon(daemon: boolean) {
    if (this.#thread) throw processErrors.daemonAfterStart();
    this.#daemon = daemon;
  }

  /** A number that no other process of the program has or had; `null` before the start. */
  get pid(): number | null {
    this.#open();
    return this.#here ? me : this.#thread?.id ?? null;
  }

  /**
   * `null` before the end; 0 when `run` returned; 1 when it threw; n after `exit(n)`; -15 when it was
   * terminated and -9 when it was killed.
   */
  get exitcode(): number | null {
    this.#open();
    return this.#thread?.exitcode ?? null;
  }

  /** What the worker runs: calls the target. A subclass may override it. */
  run(): unknown {
    return this.#target?.(...(this.#args ?? []) as A);
  }

  /**
   * Start the worker. In the main thread that blocks for the 15 to 20 ms that it takes. In any other
   * process it returns at once: the main thread creates the worker as soon as it awaits, or waits in a call
   * of this library, so while the main thread computes for long the new process starts late.
   *
   * @throws {Error} If it was started before, or a daemonic process starts it.
   * @throws {TypeError} If an argument cannot be copied; it names the path to what cannot.
   */
  start(): void {
    this.#open();
    if (this.#here) throw processErrors.startOther();
    if (this.#thread) throw processErrors.startTwice();
    checkMayStart();
    if (!this.#target && this.run === Process.prototype.run) throw processErrors.noTarget();
    const subclass = this.constructor === Process ? undefined : this.constructor;
    if (subclass && !isMarked(subclass as () => void)) {
      throw processErrors.unmarkedClass(subclass.name);
    }
    const { name, pid, daemon } = currentProcess();
    const [target, args] = this.#target ? unfold(this.#target, this.#args ?? []) : [undefined, []];
    if (target) functionNumber(target); // throws if it cannot travel
    const parcel = toParcel({
      target,
      args,
      subclass,
      fields: { ...this },
      name: this.#name,
      daemon: this.#daemon,
      parent: { name, pid, daemon },
      identity: this.#identity,
    }, { target: this.#target, args: this.#args, this: { ...this } });
    const job = { kind: "process", name: this.#name, parcel } as const;
    const thread = new WorkerThread(this.#name, job, { daemon: this.#daemon });
    this.#thread = thread;
    this.#sentinel = new Sentinel(thread.id);
    this.#target = this.#args = undefined; // they may be large, and are needed no more
    addChild(this);
    // A daemon ends with the program, so only the others keep it alive.
    (this.#daemon ? thread.ended : thread.join()).then(() => removeChild(this));
  }

  /**
   * Wait until the process has ended.
   *
   * @param timeout Milliseconds to wait at the most; 0 or less only looks.
   * @throws {Error} If it was not started, or this is no `Process` object that this thread started.
   * @throws {TypeError} If the timeout is no number.
   */
  async join(timeout?: number): Promise<void> {
    this.#open();
    if (this.#here) throw processErrors.joinOther();
    if (!this.#thread) throw processErrors.joinBeforeStart();
    if (timeout === undefined) await this.#thread.join();
    else if (checkTimeout(timeout) > 0) await orLater(this.#thread.ended, timeout);
  }

  /**
   * Its end, for `connectionWait`, which also takes the process itself.
   *
   * @throws {Error} If it was not started.
   */
  get sentinel(): Sentinel {
    this.#open();
    if (!this.#sentinel) throw processErrors.notStarted();
    return this.#sentinel;
  }

  /** Whether it has ended, for `connectionWait`. */
  [READY](): boolean {
    return this.sentinel[READY]();
  }

  /** Whether it was started and has not ended. */
  isAlive(): boolean {
    this.#open();
    return this.#here || (this.#thread?.alive ?? false);
  }

  /**
   * Ask the process to end: its blocking calls throw, so that `finally` blocks run, and `stopRequested`
   * is true in it. One that does neither within 250 ms is cut off if it can be; one that only computes
   * cannot. Does nothing when it has ended.
   */
  terminate(): void {
    this.#startedThread().terminate();
  }

  /** As {@linkcode Process.terminate}, with 50 ms instead of 250, and the exit code -9. */
  kill(): void {
    this.#startedThread().kill();
  }

  #startedThread(): WorkerThread {
    this.#open();
    if (this.#here) throw processErrors.endSelf();
    if (!this.#thread) throw processErrors.notStarted();
    return this.#thread;
  }

  /**
   * Say that this object is used no more.
   *
   * @throws {Error} If the process has not ended.
   */
  close(): void {
    if (this.#thread?.alive) throw processErrors.closeWhileRunning();
    this.#closed = true;
  }

  /** `<Process name='Process-1' started>` and so on, as Python prints it. */
  [Symbol.for("Deno.customInspect")](): string {
    const name = `${this.constructor.name} name='${this.#name}'`;
    if (this.#closed) return `<${name} closed>`;
    const code = this.#thread?.exitcode ?? null;
    const state = this.#here || this.#thread?.alive
      ? "started"
      : code === null
      ? "initial"
      : `stopped exitcode=${code}`;
    return `<${name} ${state}${this.#daemon ? " daemon" : ""}>`;
  }

  /** Make the object that stands for this very thread, in its worker. */
  static #become(parcel: ProcessParcel): Process {
    const { subclass, fields, parent, identity, ...options } = parcel;
    const process = Reflect.construct(Process, [options], subclass ?? Process) as Process;
    Object.assign(process, fields);
    process.#here = true;
    setCurrent(process, parent, identity);
    return process;
  }

  static {
    becomeProcess = (parcel) => Process.#become(parcel);
  }
}

refuseClass(
  Process,
  "a Process",
  "only the thread that made it can use it, so send its name or pid",
);

function checkName(name: unknown): string {
  if (typeof name !== "string") throw processErrors.notName(name);
  return name;
}
