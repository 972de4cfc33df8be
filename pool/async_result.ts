import { refuseClass } from "@polycore/shm/internal";
import { errors } from "./errors.ts";
import { checkTimeout, type GetOptions, within } from "./timeout.ts";

/** Functions to call when a result is there. */
export interface Callbacks<T> {
  /** Called in this thread with the result, before `get` resolves; keep it short. */
  callback?: ((value: T) => void) | undefined;
  /** Called in this thread with what was thrown instead. */
  errorCallback?: ((error: unknown) => void) | undefined;
}

const PENDING = 0, OK = 1, ERROR = 2;

/**
 * A result that is under way. Python's `AsyncResult`; here it can also be awaited.
 *
 * @example
 * ```ts
 * import { Pool } from "@polycore/pool";
 * import { assertEquals } from "@std/assert";
 *
 * await using pool = new Pool(1);
 * const result = pool.applyAsync((x: number) => x ** 3, [3]);
 * assertEquals(await result, 27);
 * assertEquals(result.successful(), true);
 * ```
 */
export class AsyncResult<T> implements PromiseLike<T> {
  /** The number of the task; for the library itself. */
  id = 0;
  #state = PENDING;
  #value: unknown;
  /** Made when somebody waits: most results of a long list are there before it is their turn. */
  #waiting:
    | { promise: Promise<T>; resolve(value: T): void; reject(error: unknown): void }
    | undefined;
  readonly #callbacks: Callbacks<never> | undefined;
  /** Name of the function; for the library itself. */
  readonly fn: string;

  /** Made by a pool. */
  constructor(fn: string, callbacks?: Callbacks<T>) {
    this.fn = fn;
    this.#callbacks = callbacks;
  }

  /** Called by the pool when the result is there. */
  settle(ok: boolean, value: unknown): void {
    if (this.#state !== PENDING) return;
    this.#state = ok ? OK : ERROR;
    this.#value = value;
    const callback = ok ? this.#callbacks?.callback : this.#callbacks?.errorCallback;
    if (callback) callSafely(callback as (value: unknown) => void, value);
    if (ok) this.#waiting?.resolve(value as T);
    else this.#waiting?.reject(value);
  }

  #settled(): Promise<T> {
    if (this.#waiting) return this.#waiting.promise;
    if (this.#state === OK) return Promise.resolve(this.#value as T);
    if (this.#state === ERROR) return Promise.reject(this.#value);
    this.#waiting = Promise.withResolvers<T>();
    return this.#waiting.promise;
  }

  /** Whether the result, or the error, is there. */
  ready(): boolean {
    return this.#state !== PENDING;
  }

  /**
   * Whether the task ended without an error.
   *
   * @throws {Error} If it has not ended.
   */
  successful(): boolean {
    if (this.#state === PENDING) throw errors.notReady();
    return this.#state === OK;
  }

  /**
   * Wait until the result is there, or the time is over; whatever the result is, it does not throw.
   *
   * @throws {TypeError} If an option is of the wrong kind.
   */
  async wait(options: GetOptions = {}): Promise<void> {
    if (options.timeout !== undefined) checkTimeout(options.timeout);
    await this.get(options).then(() => {}, () => {});
  }

  /**
   * The result.
   *
   * @throws {TimeoutError} If it was not there in time; the task goes on.
   */
  get(options?: GetOptions): Promise<T> {
    return options === undefined ? this.#settled() : within(this.#settled(), this.fn, options);
  }

  /** Makes `await result` work. */
  then<A = T, B = never>(
    onFulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#settled().then(onFulfilled, onRejected);
  }
}

refuseClass(AsyncResult, "a result under way", "await it, and send what it resolves to");

/** An error in a callback is the program's: it surfaces as uncaught and hurts no other result. */
function callSafely(callback: (value: unknown) => void, value: unknown): void {
  try {
    callback(value);
  } catch (error) {
    reportError(error);
  }
}
