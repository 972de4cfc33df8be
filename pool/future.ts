import { refuseClass } from "@polycore/shm/internal";
import { errors } from "./errors.ts";
import { checkFunction } from "./check.ts";
import { type GetOptions, within } from "./timeout.ts";

/** The states of a {@linkcode Future}, with Python's names. */
export type FutureState =
  | "pending"
  | "running"
  | "cancelled"
  | "cancelled_and_notified"
  | "finished";

/** Call `fn` once a future is finished, or cancelled and seen by its executor; gives how to stop. */
export let whenOver: (future: Future<unknown>, fn: (future: never) => void) => () => void;

/** Whether a future is finished, or cancelled and seen by its executor. */
export let isOver: (future: Future<unknown>) => boolean;

/** Whether a future finished with an error. */
export let hasFailed: (future: Future<unknown>) => boolean;

/**
 * The outcome of a call that an executor makes. Python's `concurrent.futures.Future`; here it can also
 * be awaited. An error that nobody asks for is not reported, as in Python.
 *
 * Only a pending future can be cancelled: one whose call has not been given to a worker. An executor gives
 * each worker one call at a time.
 *
 * @example
 * ```ts
 * import { WorkerPoolExecutor } from "@polycore/pool";
 * import { assertEquals } from "@std/assert";
 *
 * await using executor = new WorkerPoolExecutor({ maxWorkers: 1 });
 * const future = executor.submit((x: number) => x ** 3, 3);
 * assertEquals(await future, 27);
 * assertEquals([future.done(), future.cancel()], [true, false]);
 * ```
 */
export class Future<T> implements PromiseLike<T> {
  readonly #what: string;
  #state: FutureState = "pending";
  #failed = false;
  #value: unknown;
  /** Made when somebody waits. */
  #waiting: { promise: Promise<T>; resolve(value: Promise<T>): void } | undefined;
  #callbacks: ((future: never) => void)[] = [];
  readonly #watchers = new Set<(future: never) => void>();

  static {
    whenOver = (future, fn) => {
      future.#watchers.add(fn);
      return () => future.#watchers.delete(fn);
    };
    isOver = (future) => future.#state === "finished" || future.#state === "cancelled_and_notified";
    hasFailed = (future) => future.#failed;
  }

  /**
   * Executors make futures; make one yourself in tests, or for an executor of your own.
   *
   * @param what What it is the outcome of, for errors.
   */
  constructor(what = "a call") {
    this.#what = what;
  }

  /** Whether the call is being made, and can no longer be cancelled. */
  running(): boolean {
    return this.#state === "running";
  }

  /** Whether the call has ended or was cancelled. */
  done(): boolean {
    return this.#state !== "pending" && this.#state !== "running";
  }

  /** Whether the call was cancelled. */
  cancelled(): boolean {
    return this.#state === "cancelled" || this.#state === "cancelled_and_notified";
  }

  /**
   * Cancel the call if it has not begun.
   *
   * @returns Whether it is cancelled now; `false` if it runs or has ended.
   */
  cancel(): boolean {
    if (this.#state !== "pending") return this.cancelled();
    this.#state = "cancelled";
    this.#tell();
    return true;
  }

  /**
   * What the call returned.
   *
   * @throws What it threw; in a worker, with the worker's stack as `cause`.
   * @throws {CancelledError} If it was cancelled.
   * @throws {TimeoutError} If it was not there in time; the call goes on.
   */
  result(options?: GetOptions): Promise<T> {
    return options === undefined ? this.#settled() : within(this.#settled(), this.#what, options);
  }

  /**
   * What the call threw, or `null` if it threw nothing.
   *
   * @throws {CancelledError} If it was cancelled.
   * @throws {TimeoutError} If it had not ended in time; the call goes on.
   */
  async exception(options?: GetOptions): Promise<unknown> {
    try {
      await this.result(options);
    } catch (error) {
      if (this.#failed && error === this.#value) return error;
      throw error;
    }
    return null;
  }

  /**
   * Call a function with this future when it is done, or now if it is. Functions are called in the order
   * in which they were added; an error in one is printed, and the next ones are called.
   *
   * @throws {TypeError} If `fn` is no function.
   */
  addDoneCallback(fn: (future: Future<T>) => void): void {
    checkFunction("The callback", fn);
    if (this.done()) this.#call(fn);
    else this.#callbacks.push(fn);
  }

  /** Makes `await future` work. */
  then<A = T, B = never>(
    onFulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#settled().then(onFulfilled, onRejected);
  }

  /**
   * For executors: begin the call.
   *
   * @returns `false` if it was cancelled and must not be made.
   * @throws {InvalidStateError} If it was begun before.
   */
  setRunningOrNotifyCancel(): boolean {
    if (this.#state === "pending") {
      this.#state = "running";
      return true;
    }
    if (this.#state !== "cancelled") throw errors.unexpectedState(this.#show());
    this.#state = "cancelled_and_notified";
    this.#tellWatchers();
    return false;
  }

  /**
   * For executors: the call returned a value.
   *
   * @throws {InvalidStateError} If it is done.
   */
  setResult(value: T): void {
    this.#finish(false, value);
  }

  /**
   * For executors: the call threw something.
   *
   * @throws {InvalidStateError} If it is done.
   */
  setException(error: unknown): void {
    this.#finish(true, error);
  }

  #finish(failed: boolean, value: unknown): void {
    if (this.done()) throw errors.setTwice(this.#show(), this.#state);
    this.#state = "finished";
    this.#failed = failed;
    this.#value = value;
    this.#tellWatchers();
    this.#tell();
  }

  /** The outcome is there: tell those who wait and those who want to be called. */
  #tell(): void {
    const waiting = this.#waiting;
    if (waiting) {
      this.#waiting = undefined;
      waiting.resolve(this.#outcome());
    }
    const callbacks = this.#callbacks;
    this.#callbacks = [];
    for (const callback of callbacks) this.#call(callback);
  }

  #tellWatchers(): void {
    for (const watcher of this.#watchers) watcher(this as never);
    this.#watchers.clear();
  }

  #call(callback: (future: never) => void): void {
    try {
      callback(this as never);
    } catch (error) {
      console.error(`exception calling callback for ${this.#show()}:`, error);
    }
  }

  #outcome(): Promise<T> {
    if (this.cancelled()) return Promise.reject(errors.cancelled(this.#what));
    return this.#failed ? Promise.reject(this.#value) : Promise.resolve(this.#value as T);
  }

  #settled(): Promise<T> {
    if (this.done()) return this.#outcome();
    this.#waiting ??= Promise.withResolvers<T>();
    return this.#waiting.promise;
  }

  #show(): string {
    const outcome = this.#state !== "finished"
      ? ""
      : `${this.#failed ? " raised " : " returned "}${kindOf(this.#value)}`;
    return `<Future state=${this.#state}${outcome}>`;
  }

  /** Its state and the kind of its outcome, for `console.log`. */
  [Symbol.for("Deno.customInspect")](): string {
    return this.#show();
  }
}

refuseClass(Future, "a future", "await it, and send what it resolves to");

function kindOf(value: unknown): string {
  if (value instanceof Error) return value.name;
  if (value === null || typeof value !== "object") return value === null ? "null" : typeof value;
  return value.constructor?.name ?? "object";
}

/** The futures, each once. */
export function checkFutures<T>(futures: Iterable<Future<T>>): Set<Future<T>> {
  if (typeof futures?.[Symbol.iterator] !== "function") throw errors.notFutures(futures);
  const all = new Set(futures);
  for (const future of all) if (!(future instanceof Future)) throw errors.notFuture(future);
  return all;
}
