/**
 * Every error of this package: its classes, and one table of its texts.
 *
 * @module
 */

import { registerErrorClass } from "@polycore/shm/internal";

/**
 * A result was not there in time. Python's `multiprocessing.TimeoutError`.
 *
 * @example
 * ```ts
 * import { TimeoutError } from "@polycore/pool";
 * console.log(new TimeoutError("No result within 10 ms.").name);
 * ```
 */
export class TimeoutError extends Error {
  /** The class, also after the error crossed over from another thread. */
  override name = "TimeoutError";
}

/**
 * What happened on the other side: the stack of the error in the worker that threw it. It is the `cause`
 * of the error that the caller catches. Python's `RemoteTraceback`.
 *
 * @example
 * ```ts
 * import { Pool, RemoteTraceback } from "@polycore/pool";
 * import { assert, assertEquals, assertRejects } from "@std/assert";
 *
 * const root = (x: number) => {
 *   if (x < 0) throw new RangeError(`no root of ${x}`);
 *   return Math.sqrt(x);
 * };
 *
 * await using pool = new Pool(2);
 * const error = await assertRejects(() => pool.map(root, [4, 9, -1]), RangeError, "no root of -1");
 * assert(error.cause instanceof RemoteTraceback);
 * assertEquals([error.cause.task, error.cause.index], ["root", 2]);
 * ```
 */
export class RemoteTraceback extends Error {
  /** The class, also after the error crossed over from another thread. */
  override name = "RemoteTraceback";
  /** Name of the worker. */
  worker: string;
  /** Which input it was, counted from 0, when the call had many. */
  index: number | undefined;
  /** Name of the function that was called, if it was not an initializer. */
  task: string | undefined;

  /** Made by the library. */
  constructor(worker: string, stack: string, index?: number, cause?: unknown, task?: string) {
    const input = index === undefined ? "" : ` with input ${index}`;
    super(`in ${worker}${task === undefined ? "" : `, which ran ${task}`}${input}\n${stack}`);
    this.worker = worker;
    this.index = index;
    this.task = task;
    this.stack = `${this.name}: ${this.message}`;
    if (cause !== undefined) this.cause = cause;
  }
}

/**
 * The worker that ran a task ended before the task did. Only the tasks that it was running fail.
 * Python's pool waits for ever here.
 *
 * @example
 * ```ts
 * import { WorkerDiedError } from "@polycore/pool";
 * console.log(new WorkerDiedError("PoolWorker-1 ended.", 1).exitcode);
 * ```
 */
export class WorkerDiedError extends Error {
  /** The class, also after the error crossed over from another thread. */
  override name = "WorkerDiedError";
  /** The exit code of the worker; see `Process.exitcode`. */
  exitcode: number;

  /** Made by the library. */
  constructor(message: string, exitcode: number) {
    super(message);
    this.exitcode = exitcode;
  }
}

/**
 * The pool can run nothing any more, because its workers cannot start or its initializer failed.
 *
 * @example
 * ```ts
 * import { BrokenPoolError } from "@polycore/pool";
 * console.log(new BrokenPoolError("The initializer failed.").name);
 * ```
 */
export class BrokenPoolError extends Error {
  /** The class, also after the error crossed over from another thread. */
  override name = "BrokenPoolError";
}

/**
 * The pool was told to stop before this result was there.
 *
 * @example
 * ```ts
 * import { PoolTerminatedError } from "@polycore/pool";
 * console.log(new PoolTerminatedError("The pool was terminated.").name);
 * ```
 */
export class PoolTerminatedError extends Error {
  /** The class, also after the error crossed over from another thread. */
  override name = "PoolTerminatedError";
}

/**
 * A task ran, and its result cannot be copied back. Python's `MaybeEncodingError`.
 *
 * @example
 * ```ts
 * import { MaybeEncodingError } from "@polycore/pool";
 * console.log(new MaybeEncodingError("Error sending result").name);
 * ```
 */
export class MaybeEncodingError extends Error {
  /** The class, also after the error crossed over from another thread. */
  override name = "MaybeEncodingError";
}

/**
 * The result of a call that was cancelled before it began. Python's
 * `concurrent.futures.CancelledError`.
 *
 * @example
 * ```ts
 * import { CancelledError, Future } from "@polycore/pool";
 * import { assertRejects } from "@std/assert";
 *
 * const future = new Future();
 * future.cancel();
 * await assertRejects(() => future.result(), CancelledError);
 * ```
 */
export class CancelledError extends Error {
  /** The class, also after the error crossed over from another thread. */
  override name = "CancelledError";
}

/**
 * A future cannot do this in its state. Python's `concurrent.futures.InvalidStateError`.
 *
 * @example
 * ```ts
 * import { Future, InvalidStateError } from "@polycore/pool";
 * import { assertThrows } from "@std/assert";
 *
 * const future = new Future<number>();
 * future.setResult(1);
 * assertThrows(() => future.setResult(2), InvalidStateError);
 * ```
 */
export class InvalidStateError extends Error {
  /** The class, also after the error crossed over from another thread. */
  override name = "InvalidStateError";
}

/**
 * The executor can run nothing any more, because one of its workers died or its initializer failed; the
 * `cause` is that error. Python's `concurrent.futures.BrokenExecutor`.
 *
 * @example
 * ```ts
 * import { BrokenExecutorError } from "@polycore/pool";
 * console.log(new BrokenExecutorError("A worker ended.").name);
 * ```
 */
export class BrokenExecutorError extends Error {
  /** The class, also after the error crossed over from another thread. */
  override name = "BrokenExecutorError";
}

for (
  const cls of [
    TimeoutError,
    RemoteTraceback,
    WorkerDiedError,
    BrokenPoolError,
    PoolTerminatedError,
    MaybeEncodingError,
    CancelledError,
    InvalidStateError,
    BrokenExecutorError,
  ]
) registerErrorClass(cls);

/** What a value looks like in an error. */
export function show(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "function") return value.name ? `function ${value.name}` : "a function";
  try {
    if (value?.constructor === Object) {
      return Deno.inspect(value, { depth: 0, compact: true, breakLength: 200 });
    }
    return String(value);
  } catch {
    return Object.prototype.toString.call(value);
  }
}

/** The texts, each with what was seen, what is allowed and the way out. */
export const errors = {
  processes: (value: unknown): Error =>
    typeof value === "number"
      ? new RangeError(
        `Number of processes must be at least 1: got ${value}. Leave it out to use every core.`,
      )
      : new TypeError(
        `The number of processes is ${
          show(value)
        }: give a whole number first and the options after ` +
          "it, as in new Pool(4, { initializer }).",
      ),
  notOptions: (what: string, value: unknown, known: readonly string[]): Error =>
    new TypeError(
      `The options of ${what} are ${show(value)}: give an object, as in { ${known[0]}: ... }; ` +
        `it may have ${known.join(", ")}.`,
    ),
  unknownOption: (what: string, name: string, known: readonly string[]): Error =>
    new TypeError(
      `${what} has no option "${name}": it has ${known.join(", ")}.` +
        (name === "kwargs" ? " Give an object as one of the args instead." : ""),
    ),
  notFunction: (what: string, value: unknown): Error =>
    new TypeError(
      what === "initializer"
        ? `initializer must be a callable: it is ${show(value)}, which is no function.`
        : `${what} is ${show(value)}: it must be a function.`,
    ),
  notArguments: (value: unknown): Error =>
    new TypeError(`args is ${show(value)}: give the arguments in an array, as in [1, 2].`),
  notIterable: (value: unknown): Error =>
    new TypeError(`The input is ${show(value)}: give an array or anything that can be iterated.`),
  notTuple: (value: unknown, index: number): Error =>
    new TypeError(
      `Input ${index} of starmap is ${show(value)}: each one must be an array of arguments.`,
    ),
  notPositive: (what: string, value: unknown): Error =>
    typeof value === "number"
      ? new RangeError(`${what} is ${value}: it must be a whole number of at least 1.`)
      : new TypeError(`${what} is ${show(value)}: it must be a whole number.`),
  timeout: (what: string, ms: number): Error =>
    new TimeoutError(`${what} was not there within ${ms} ms; the task goes on.`),
  notReady: (): Error => new Error("The result is not ready: await it, or ask ready() first."),
  notRunning: (): Error =>
    new Error("Pool not running: it was closed or terminated. Make a new Pool."),
  stillRunning: (): Error =>
    new Error("Pool is still running: call close() or terminate() before join()."),
  terminated: (): Error =>
    new PoolTerminatedError(
      "The pool was terminated before this result was there: leaving its block terminates it. " +
        "Await the results inside the block, or call close() and await join() first.",
    ),
  initializer: (worker: string, cause: unknown): Error =>
    new BrokenPoolError(
      `The pool is broken: its initializer failed in ${worker}: ` +
        `${cause instanceof Error ? `${cause.name}: ${cause.message}` : show(cause)}`,
      { cause },
    ),
  workerFailed: (worker: string, cause: unknown): Error =>
    new BrokenPoolError(
      `The pool is broken: ${worker} failed between its tasks: ${
        cause instanceof Error ? `${cause.name}: ${cause.message}` : show(cause)
      }. If no task changed what the worker itself uses, such as a global, this is a [polycore bug].`,
      { cause },
    ),
  startFailed: (worker: string, why: string): Error =>
    new BrokenPoolError(`The pool is broken: ${worker} ended before it could work: ${why}.`),
  workerDied: (
    worker: string,
    code: number,
    what: string | undefined,
    why: string | undefined,
    othersGoOn: boolean,
  ): Error =>
    new WorkerDiedError(
      `${worker} ended with exit code ${code}${what ? ` while it ran ${what}` : ""}` +
        `${why ? ` (${why})` : ""}.${othersGoOn ? " The other tasks go on." : ""}`,
      code,
    ),
  maxWorkers: (value: unknown): Error =>
    typeof value === "number"
      ? new RangeError(
        `maxWorkers must be greater than 0: got ${value}. Leave it out to use every core.`,
      )
      : new TypeError(`maxWorkers is ${show(value)}: give a whole number.`),
  brokenExecutor: (cause: Error): Error =>
    new BrokenExecutorError(
      `The executor is broken and runs nothing more; make a new one. The reason: ${
        cause.message.replace("The pool is broken: ", "")
      }`,
      { cause },
    ),
  workersEnded: (call: string): Error =>
    new Error(`its workers were ended by ${call}(), with what they were running.`),
  initializerFailed: (cause: unknown): Error =>
    new BrokenPoolError(
      `its initializer failed: ${
        cause instanceof Error ? `${cause.name}: ${cause.message}` : show(cause)
      }`,
      { cause },
    ),
  afterShutdown: (): Error =>
    new Error("cannot schedule new futures after shutdown: make a new executor."),
  cancelled: (what: string): Error => new CancelledError(`${what} was cancelled before it began.`),
  setTwice: (future: string, state: string): Error =>
    new InvalidStateError(`${state.toUpperCase()}: ${future} has its outcome already.`),
  unexpectedState: (future: string): Error =>
    new InvalidStateError(
      `Future in unexpected state: ${future} was begun before, and can be begun only once.`,
    ),
  notFuture: (value: unknown): Error =>
    new TypeError(`${show(value)} is no Future: give what submit() returned.`),
  notFutures: (value: unknown): Error =>
    new TypeError(`The futures are ${show(value)}: give an array of them, or any iterable.`),
  notExecutor: (value: unknown): Error =>
    new TypeError(
      `The executor is ${show(value)}: give an executor, or null for one on this thread.`,
    ),
  returnWhen: (value: unknown): Error =>
    new RangeError(
      `Invalid return condition: ${
        show(value)
      }. Give FIRST_COMPLETED, FIRST_EXCEPTION or ALL_COMPLETED.`,
    ),
  unfinished: (left: number, total: number, ms: number): Error =>
    new TimeoutError(`${left} (of ${total}) futures unfinished after ${ms} ms.`),
  lostTask: (what: string): Error => new Error(`[polycore bug] nobody ran ${what}`),
  badTimeout: (value: unknown): Error =>
    new TypeError(
      `timeout is ${show(value)}: give a number of milliseconds, or leave it out to wait as long ` +
        "as it takes.",
    ),
  badSignal: (value: unknown): Error =>
    new TypeError(`signal is ${show(value)}: give an AbortSignal.`),
  sendResult: (result: string, reason: string): Error =>
    new MaybeEncodingError(`Error sending result: '${result}'. Reason: '${reason}'`),
  sendError: (error: string, reason: string): Error =>
    new MaybeEncodingError(`Error sending what was thrown: '${error}'. Reason: '${reason}'`),
  guard: (module: string): Error =>
    new Error(
      `${module} starts workers while a worker imports it, which would never end. Put what the ` +
        "main program does behind a guard:\n\n    if (import.meta.main) {\n      ...\n    }\n",
    ),
  cpuSetting: (name: string, value: string): Error =>
    new RangeError(`${name} is ${show(value)}: it must be a whole number of at least 1.`),
};
