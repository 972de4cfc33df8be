import { refuseClass } from "@polycore/shm/internal";
import { checkFunction, checkIterable, checkPositive } from "./check.ts";
import { errors } from "./errors.ts";
import { ExecutorMapIterator } from "./executor_map.ts";
import { nameOf } from "./functions.ts";
import { Future } from "./future.ts";
import { checkGetOptions, type GetOptions } from "./timeout.ts";

// deno-lint-ignore no-explicit-any
type AnyFunction = (...args: any[]) => any;

/** What an executor asks its engine to call. */
export interface ExecutorCall {
  /** The function. */
  // deno-lint-ignore no-explicit-any
  fn: (...args: any[]) => unknown;
  /** Its arguments; or many arrays of arguments, when `first` is given. */
  args: unknown[];
  /** For many calls in one, with an array of results: the place of the first one among all. */
  first?: number | undefined;
  /** What it is, for errors. */
  what: string;
}

/** A call that waits for its turn. */
export interface PreparedCall {
  /** Make it, and say once what came out: `true` and the result, or `false` and what was thrown. */
  start(settle: (ok: boolean, value: unknown) => void): void;
  /** It was cancelled: let go of what it holds. */
  drop(): void;
}

/** What makes the calls of an {@linkcode Executor}. */
export interface ExecutorEngine {
  /** Why no call can be made any more, as a new error each time; `undefined` if all is well. */
  failure(): Error | undefined;
  /** Look at a call that may have to wait; throws when it makes no sense. */
  prepare(call: ExecutorCall): PreparedCall;
  /** No calls are to come, and all have ended. */
  end(): Promise<void>;
}

/** How the results of {@linkcode Executor.map} come. */
export interface ExecutorMapOptions extends GetOptions {
  /** Inputs per call of a worker, 1 when left out; an {@linkcode EventLoopExecutor} needs none. */
  chunkSize?: number | undefined;
  /**
   * Chunks that are taken ahead of the results that were fetched. When left out all inputs are taken at
   * the call, as in Python, so give it for endless ones.
   */
  buffersize?: number | undefined;
}

/** How an {@linkcode Executor} is shut down. */
export interface ShutdownOptions {
  /** Whether to wait until all is done, as when left out. */
  wait?: boolean | undefined;
  /** Whether to cancel the calls that have not begun. */
  cancelFutures?: boolean | undefined;
}

/**
 * Makes calls and gives a future for each. What both kinds of executors have in common; name it where
 * either will do. Python's `concurrent.futures.Executor`.
 *
 * @example
 * ```ts
 * import { EventLoopExecutor, type Executor } from "@polycore/pool";
 * import { assertEquals } from "@std/assert";
 *
 * async function total(executor: Executor, numbers: number[]): Promise<number> {
 *   let sum = 0;
 *   for await (const square of executor.map((x: number) => x * x, numbers)) sum += square;
 *   return sum;
 * }
 * await using executor = new EventLoopExecutor();
 * assertEquals(await total(executor, [1, 2, 3]), 14);
 * ```
 */
export class Executor {
  readonly #maxWorkers: number;
  readonly #engine: ExecutorEngine;
  /** The calls that wait for their turn. */
  readonly #waiting = new Map<Future<unknown>, PreparedCall>();
  readonly #ended = Promise.withResolvers<void>();
  #active = 0;
  #isShutdown = false;
  #ending = false;

  /** At most `maxWorkers` calls are given to the engine at once. */
  constructor(maxWorkers: number, engine: ExecutorEngine) {
    this.#maxWorkers = maxWorkers;
    this.#engine = engine;
  }

  /**
   * Call `fn(...args)` as soon as it can be.
   *
   * @throws {TypeError} If `fn` is no function, or an argument cannot be copied to a worker.
   * @throws {BrokenExecutorError} If the executor is broken.
   * @throws {Error} If it was shut down.
   */
  submit<A extends unknown[], R>(fn: (...args: A) => R, ...args: A): Future<Awaited<R>> {
    this.#check(fn);
    return this.#enqueue({ fn, args, what: nameOf(fn) });
  }

  /**
   * Call `fn` on each input; with many iterables, on the first of each, the second of each, until the
   * shortest ends. The results come in the order of the inputs. The first error ends it: it is thrown, and
   * calls that have not begun are cancelled. A timeout counts from the call of `map`.
   *
   * @throws {TypeError} If an argument is of the wrong kind.
   */
  map<T, R>(
    fn: (input: T) => R,
    inputs: Iterable<T>,
    options?: ExecutorMapOptions,
  ): ExecutorMapIterator<Awaited<R>>;
  /** As above, with more than one iterable. */
  map<A extends unknown[], R>(
    fn: (...args: A) => R,
    ...inputs: [...{ [K in keyof A]: Iterable<A[K]> }, options?: ExecutorMapOptions]
  ): ExecutorMapIterator<Awaited<R>>;
  map(fn: AnyFunction, ...rest: unknown[]): ExecutorMapIterator<unknown> {
    this.#check(fn);
    const options = rest.length > 1 && isOptions(rest.at(-1)) ? rest.pop() : undefined;
    if (rest.length === 0) rest.push(undefined);
    const iterators = rest.map((inputs) => checkIterable(inputs)[Symbol.iterator]());
    const { chunkSize = 1, buffersize, ...limits } = (options ?? {}) as ExecutorMapOptions;
    checkPositive("chunkSize", chunkSize);
    if (buffersize !== undefined) checkPositive("buffersize", buffersize);
    checkGetOptions(limits);
    let first = 0;
    return new ExecutorMapIterator({
      what: `the next result of ${nameOf(fn)}`,
      buffersize: buffersize ?? Infinity,
      limits,
      submitNext: () => {
        const args = takeTuples(iterators, chunkSize);
        if (args.length === 0) return undefined;
        this.#check(fn); // it may have been shut down meanwhile
        const what = `inputs ${first} to ${first + args.length - 1} of ${nameOf(fn)}`;
        const future = this.#enqueue<unknown[]>({ fn, args, first, what });
        first += args.length;
        return future;
      },
      closeInputs: () => iterators.forEach((iterator) => iterator.return?.()),
    });
  }

  /**
   * Take no more calls. Those that were submitted are made, unless they are cancelled. Shutting down twice
   * is fine.
   *
   * @returns Resolves when all calls have been made and the workers have ended; with `wait: false` at once.
   */
  async shutdown({ wait = true, cancelFutures = false }: ShutdownOptions = {}): Promise<void> {
    this.#isShutdown = true;
    if (cancelFutures) { for (const future of [...this.#waiting.keys()]) future.cancel(); }
    this.#endIfIdle();
    if (wait) await this.#ended.promise;
  }

  /** Shut down and wait for all calls when the block ends, as Python does. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.shutdown();
  }

  #check(fn: unknown): void {
    const failure = this.#engine.failure();
    if (failure) throw failure;
    if (this.#isShutdown) throw errors.afterShutdown();
    checkFunction("The first argument", fn);
  }

  #enqueue<T>(call: ExecutorCall): Future<T> {
    const prepared = this.#engine.prepare(call);
    const future = new Future<T>(call.what);
    this.#waiting.set(future, prepared);
    future.addDoneCallback(() => this.#forgetIfWaiting(future));
    this.#startNext();
    return future;
  }

  /** It was cancelled, or somebody else gave it its outcome: its call is not made. */
  #forgetIfWaiting(future: Future<unknown>): void {
    const prepared = this.#waiting.get(future);
    if (!prepared) return;
    this.#waiting.delete(future);
    prepared.drop();
    if (future.cancelled()) future.setRunningOrNotifyCancel();
    this.#endIfIdle();
  }

  #startNext(): void {
    for (const [future, prepared] of this.#waiting) {
      const failure = this.#engine.failure();
      if (!failure && this.#active === this.#maxWorkers) break;
      this.#waiting.delete(future);
      future.setRunningOrNotifyCancel();
      if (failure) {
        prepared.drop();
        future.setException(failure);
      } else this.#start(future, prepared);
    }
    this.#endIfIdle();
  }

  #start(future: Future<unknown>, prepared: PreparedCall): void {
    this.#active++;
    prepared.start((ok, value) => {
      this.#active--;
      if (future.done()) { /* somebody else gave it its outcome */ }
      else if (ok) future.setResult(value);
      else future.setException(value);
      this.#startNext();
    });
  }

  #endIfIdle(): void {
    if (!this.#isShutdown || this.#active > 0 || this.#waiting.size > 0 || this.#ending) return;
    this.#ending = true;
    this.#engine.end().then(this.#ended.resolve, this.#ended.reject);
  }
}

refuseClass(
  Executor,
  "an executor",
  "executors stay in the thread that made them, so send data to calls",
);

function isOptions(value: unknown): boolean {
  if (value === undefined) return true;
  return typeof value === "object" && value !== null && !(Symbol.iterator in value) &&
    !(Symbol.asyncIterator in value);
}

/** The next arrays of arguments, one value of each iterator. */
function takeTuples(iterators: Iterator<unknown>[], most: number): unknown[][] {
  const tuples: unknown[][] = [];
  while (tuples.length < most) {
    const tuple: unknown[] = [];
    for (const iterator of iterators) {
      const { done, value } = iterator.next();
      if (done) return tuples;
      tuple.push(value);
    }
    tuples.push(tuple);
  }
  return tuples;
}
