import { refuseClass } from "@polycore/shm/internal";
import { AsyncResult, type Callbacks } from "./async_result.ts";
import { atPlace, type Chunk, chunksOf, defaultChunkSize, toList } from "./chunks.ts";
import {
  checkFunction,
  checkIterable,
  checkMayStart,
  checkOptions,
  checkPositive,
} from "./check.ts";
import { cpuCount } from "./cpu_count.ts";
import { Dispatcher } from "./dispatcher.ts";
import { errors } from "./errors.ts";
import { nameOf } from "./functions.ts";
import { ImapIterator } from "./imap.ts";
import { MapResult } from "./map_result.ts";
import { APPLY, MAP, STARMAP } from "./protocol.ts";
import { checkGetOptions, type GetOptions } from "./timeout.ts";

// deno-lint-ignore no-explicit-any
type AnyFunction = (...args: any[]) => any;

/** How a {@linkcode Pool} is made. */
export interface PoolOptions<I extends unknown[] = unknown[]> {
  /** Run once in each worker before its first task. If it throws, the pool is broken and says why. */
  initializer?: ((...args: I) => unknown) | undefined;
  /** The initializer's arguments. */
  initargs?: NoInfer<I> | undefined;
  /**
   * Tasks (chunks, in a `map`) after which a worker is replaced by a new one. A start takes 15 to 20 ms
   * and memory that is not wholly returned, so leave it out unless workers grow.
   */
  maxTasksPerChild?: number | undefined;
}

/** How the inputs of a `map` are cut, and how long to wait. */
export interface MapOptions extends GetOptions {
  /** Inputs per task; as CPython's rule says when left out: four tasks per worker. */
  chunkSize?: number | undefined;
}

/** How the inputs of an `imap` are cut. */
export interface ImapOptions {
  /** Inputs per task, 1 when left out. */
  chunkSize?: number | undefined;
  /**
   * Inputs that are taken ahead of the results that were fetched; 4 chunks per worker when left out, so
   * that an endless input is fine. Python takes all it can.
   */
  buffersize?: number | undefined;
}

/** The desks of the workers of a pool; for the library itself. */
export let desksOf: (pool: Pool) => number[];

const MAP_OPTIONS = ["chunkSize", "timeout", "signal", "callback", "errorCallback"];

/**
 * A fixed number of workers that apply functions to inputs. Python's `multiprocessing.Pool`.
 *
 * Leaving its block terminates it, as in Python: await the results inside the block.
 *
 * **Which one do I use?** `map` for one function over a list; `starmap` when the inputs are arrays of
 * arguments; `imap` for results as they come, in order, from inputs that may be endless;
 * `imapUnordered` for whichever is ready; `apply` for one call; `applyAsync` for many different ones.
 * A worker that dies fails the task that it was running, and only that one.
 *
 * @example
 * ```ts
 * import { Pool } from "@polycore/pool";
 * import { assertEquals } from "@std/assert";
 *
 * await using pool = new Pool(2);
 * assertEquals(await pool.map((x: number) => x * x, [1, 2, 3]), [1, 4, 9]);
 * ```
 */
// deno-lint-ignore no-explicit-any
export class Pool<I extends unknown[] = any[]> {
  readonly #dispatcher: Dispatcher;
  readonly #workers: number;

  static {
    desksOf = (pool) => pool.#dispatcher.desks;
  }

  /**
   * Start the workers.
   *
   * @param processes How many workers; {@linkcode cpuCount} when left out.
   * @param options What each worker runs first and how long it lives.
   * @throws {RangeError} If `processes` is less than 1.
   * @throws {TypeError} If an option is of the wrong kind.
   */
  constructor(processes?: number | null, options: PoolOptions<I> = {}) {
    const workers = processes ?? cpuCount();
    if (!Number.isInteger(workers) || workers < 1) throw errors.processes(processes);
    checkOptions("a Pool", options, ["initializer", "initargs", "maxTasksPerChild"]);
    const { initializer, initargs, maxTasksPerChild } = options;
    if (initializer !== undefined) checkFunction("initializer", initializer);
    if (initargs !== undefined && !Array.isArray(initargs)) throw errors.notArguments(initargs);
    if (maxTasksPerChild !== undefined) checkPositive("maxTasksPerChild", maxTasksPerChild);
    checkMayStart();
    this.#workers = workers;
    this.#dispatcher = new Dispatcher({
      workers,
      initializer,
      initargs: initargs ?? [],
      maxTasks: maxTasksPerChild ?? 0,
    });
  }

  /** How many workers the pool has. */
  get processes(): number {
    return this.#workers;
  }

  /**
   * Call `fn(...args)` in a worker.
   *
   * @throws What `fn` threw, with the worker's stack as `cause`.
   * @throws {TimeoutError} If the result was not there in time.
   */
  async apply<A extends unknown[], R>(
    fn: (...args: A) => R,
    args: A = [] as unknown as A,
    options?: GetOptions,
  ): Promise<Awaited<R>> {
    checkOptions("apply", options, ["timeout", "signal"]);
    checkGetOptions(options);
    return await this.applyAsync(fn, args).get(options);
  }

  /**
   * Call `fn(...args)` in a worker and go on.
   *
   * @throws {TypeError} If an argument cannot be copied; it names the path to what cannot.
   */
  applyAsync<A extends unknown[], R>(
    fn: (...args: A) => R,
    args: A = [] as unknown as A,
    callbacks?: Callbacks<Awaited<R>>,
  ): AsyncResult<Awaited<R>> {
    this.#check(fn);
    if (!Array.isArray(args)) throw errors.notArguments(args);
    checkOptions("applyAsync", callbacks, ["callback", "errorCallback"]);
    const result = new AsyncResult<Awaited<R>>(nameOf(fn), callbacks);
    this.#dispatcher.submit(fn, APPLY, args, "args", result);
    return result;
  }

  /**
   * Call `fn` on each input; the results are in the order of the inputs. All inputs are worked on even
   * if one fails; then the first error that arrived is thrown.
   *
   * A typed array is cut into typed arrays, which travel much faster than arrays of numbers.
   */
  async map<T, R>(
    fn: (input: T) => R,
    inputs: Iterable<T>,
    options?: MapOptions,
  ): Promise<Awaited<R>[]> {
    checkGetOptions(options);
    return await this.#map<Awaited<R>>(fn, MAP, inputs, options).get(options);
  }

  /** As {@linkcode Pool.map}, without waiting. */
  mapAsync<T, R>(
    fn: (input: T) => R,
    inputs: Iterable<T>,
    options?: Pick<MapOptions, "chunkSize"> & Callbacks<Awaited<R>[]>,
  ): AsyncResult<Awaited<R>[]> {
    return this.#map<Awaited<R>>(fn, MAP, inputs, options);
  }

  /** As {@linkcode Pool.map}; each input is an array of arguments. */
  async starmap<A extends unknown[], R>(
    fn: (...args: A) => R,
    inputs: Iterable<A>,
    options?: MapOptions,
  ): Promise<Awaited<R>[]> {
    checkGetOptions(options);
    return await this.#map<Awaited<R>>(fn, STARMAP, inputs, options).get(options);
  }

  /** As {@linkcode Pool.starmap}, without waiting. */
  starmapAsync<A extends unknown[], R>(
    fn: (...args: A) => R,
    inputs: Iterable<A>,
    options?: Pick<MapOptions, "chunkSize"> & Callbacks<Awaited<R>[]>,
  ): AsyncResult<Awaited<R>[]> {
    return this.#map<Awaited<R>>(fn, STARMAP, inputs, options);
  }

  #map<R>(
    fn: AnyFunction,
    mode: number,
    inputs: Iterable<unknown>,
    options: Pick<MapOptions, "chunkSize"> & Callbacks<R[]> = {},
  ): MapResult<R> {
    this.#check(fn);
    checkOptions("map", options, MAP_OPTIONS);
    const list = toList(checkIterable(inputs));
    if (mode === STARMAP) checkTuples(list);
    const size = options.chunkSize === undefined
      ? Math.max(1, defaultChunkSize(list.length, this.#workers))
      : checkPositive("chunkSize", options.chunkSize);
    const chunks = Math.ceil(list.length / size);
    const result = new MapResult<R>(nameOf(fn), chunks, options);
    const root = { inputs: list }; // so that the path to what cannot pass counts all of them
    let index = 0;
    for (const chunk of chunksOf(list, size)) {
      this.#dispatcher.submit(fn, mode, chunk, root, result.chunk(index, size * index++));
    }
    return result;
  }

  /** Results one by one, in the order of the inputs, which are taken as they are needed. */
  imap<T, R>(
    fn: (input: T) => R,
    inputs: Iterable<T>,
    options?: ImapOptions,
  ): ImapIterator<Awaited<R>> {
    return this.#imap<Awaited<R>>(fn, inputs, true, options);
  }

  /** As {@linkcode Pool.imap}, each result as soon as it is there. */
  imapUnordered<T, R>(
    fn: (input: T) => R,
    inputs: Iterable<T>,
    options?: ImapOptions,
  ): ImapIterator<Awaited<R>> {
    return this.#imap<Awaited<R>>(fn, inputs, false, options);
  }

  #imap<R>(
    fn: AnyFunction,
    inputs: Iterable<unknown>,
    ordered: boolean,
    options: ImapOptions = {},
  ): ImapIterator<R> {
    this.#check(fn);
    checkOptions("imap", options, ["chunkSize", "buffersize"]);
    const { chunkSize = 1, buffersize } = options;
    const iterator = checkIterable(inputs)[Symbol.iterator]();
    const size = checkPositive("chunkSize", chunkSize);
    return new ImapIterator<R>({
      fn: nameOf(fn),
      ordered,
      chunkSize: size,
      buffersize: checkPositive("buffersize", buffersize ?? 4 * this.#workers * size),
      nextChunk: () => takeUpTo(iterator, size),
      closeInputs: () => void iterator.return?.(),
      begin: (feed) => this.#dispatcher.beginFeed(feed),
      end: (feed) => this.#dispatcher.endFeed(feed),
      send: (chunk, task) => {
        const root = {
          get inputs() {
            return atPlace(chunk, task.first!);
          },
        };
        this.#dispatcher.submitFed(fn, MAP, chunk, root, task);
      },
    });
  }

  #check(fn: unknown): void {
    this.#dispatcher.check();
    checkFunction("The first argument", fn);
  }

  /** Take no more tasks; the workers end when all are done. Closing twice is fine. */
  close(): void {
    this.#dispatcher.close();
  }

  /** End the workers now; results that are not there yet reject. Terminating twice is fine. */
  terminate(): void {
    this.#dispatcher.terminate();
  }

  /**
   * Wait until the workers have ended.
   *
   * @throws {Error} If neither `close` nor `terminate` was called before.
   */
  async join(): Promise<void> {
    await this.#dispatcher.join();
  }

  /** Terminate and wait when the block ends, as Python does; says so when results were still to come. */
  async [Symbol.asyncDispose](): Promise<void> {
    const { size } = this.#dispatcher;
    if (size > 0) {
      console.warn(
        `polycore: a Pool was terminated with ${size} unfinished task${size === 1 ? "" : "s"}: ` +
          "await the results before the block ends.",
      );
    }
    this.terminate();
    await this.join();
  }

  /** How many workers it has, for `console.log`. */
  [Symbol.for("Deno.customInspect")](): string {
    return `<Pool(${this.#workers} workers)>`;
  }
}

refuseClass(
  Pool,
  "a Pool",
  "pool objects stay in the thread that made them, so send data to tasks",
);

function checkTuples(list: Chunk): void {
  for (let i = 0; i < list.length; i++) {
    if (!Array.isArray(list[i]) && !ArrayBuffer.isView(list[i])) {
      throw errors.notTuple(list[i], i);
    }
  }
}

function takeUpTo(iterator: Iterator<unknown>, size: number): unknown[] | undefined {
  const chunk: unknown[] = [];
  while (chunk.length < size) {
    const { done, value } = iterator.next();
    if (done) break;
    chunk.push(value);
  }
  return chunk.length > 0 ? chunk : undefined;
}
