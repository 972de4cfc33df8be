import { checkArguments, checkFunction, checkOptions } from "./check.ts";
import { cpuCount } from "./cpu_count.ts";
import { errors } from "./errors.ts";
import { Executor, type ExecutorCall, type ExecutorEngine, type PreparedCall } from "./executor.ts";

// deno-lint-ignore no-explicit-any
type AnyFunction = (...args: any[]) => any;

/** How an {@linkcode EventLoopExecutor} is made. */
export interface EventLoopExecutorOptions<I extends unknown[] = unknown[]> {
  /** How many calls may be under way at once; as in Python `min(32, cpuCount() + 4)` when left out. */
  maxWorkers?: number | undefined;
  /** Run once before the first call. If it throws, the executor is broken. */
  initializer?: ((...args: I) => unknown) | undefined;
  /** The initializer's arguments. */
  initargs?: NoInfer<I> | undefined;
}

/**
 * Makes calls in this thread, with the interface of a {@linkcode WorkerPoolExecutor}. Python's
 * `concurrent.futures.ThreadPoolExecutor`; it has this name too.
 *
 * It overlaps waiting (for the network, files, timers, other workers), and never computing: as with
 * Python's threads under the lock of the interpreter, only one call computes at a time. Arguments and
 * results are not copied, and functions may use whatever they see.
 *
 * @example
 * ```ts
 * import { EventLoopExecutor } from "@polycore/pool";
 * import { assertEquals } from "@std/assert";
 *
 * const fetched = async (name: string) => `page of ${await Promise.resolve(name)}`;
 * await using executor = new EventLoopExecutor({ maxWorkers: 2 }); // two requests at once
 * const pages = executor.map(fetched, ["a", "b", "c"]);
 * assertEquals(await Array.fromAsync(pages), ["page of a", "page of b", "page of c"]);
 * ```
 */
// deno-lint-ignore no-explicit-any
export class EventLoopExecutor<I extends unknown[] = any[]> extends Executor {
  readonly #maxWorkers: number;

  /**
   * Make an executor on this thread.
   *
   * @throws {RangeError} If `maxWorkers` is less than 1.
   * @throws {TypeError} If an option is of the wrong kind.
   */
  constructor(options: EventLoopExecutorOptions<I> = {}) {
    checkOptions("an EventLoopExecutor", options, ["maxWorkers", "initializer", "initargs"]);
    const { maxWorkers = Math.min(32, cpuCount() + 4), initializer, initargs = [] } = options;
    if (!Number.isInteger(maxWorkers) || maxWorkers < 1) throw errors.maxWorkers(maxWorkers);
    if (initializer !== undefined) checkFunction("initializer", initializer);
    checkArguments(initargs);
    super(maxWorkers, new EventLoopEngine(initializer, initargs));
    this.#maxWorkers = maxWorkers;
  }

  /** How many calls may be under way, for `console.log`. */
  [Symbol.for("Deno.customInspect")](): string {
    return `<EventLoopExecutor(at most ${this.#maxWorkers} calls at once)>`;
  }
}

/** Python's name for an {@linkcode EventLoopExecutor}. */
export { EventLoopExecutor as ThreadPoolExecutor };

class EventLoopEngine implements ExecutorEngine {
  readonly #initializer: AnyFunction | undefined;
  readonly #initargs: unknown[];
  #initialized: Promise<void> | undefined;
  #broken: Error | undefined;

  constructor(initializer: AnyFunction | undefined, initargs: unknown[]) {
    this.#initializer = initializer;
    this.#initargs = initargs;
  }

  failure(): Error | undefined {
    return this.#broken && errors.brokenExecutor(this.#broken);
  }

  prepare({ fn, args, first }: ExecutorCall): PreparedCall {
    return {
      start: (settle) => {
        const run = first === undefined ? () => fn(...args) : () => callEach(fn, args);
        this.#run(run).then((value) => settle(true, value), (error) => settle(false, error));
      },
      drop: () => {},
    };
  }

  async #run(call: () => unknown): Promise<unknown> {
    await (this.#initialized ??= this.#initialize());
    const failure = this.failure();
    if (failure) throw failure;
    return await call();
  }

  async #initialize(): Promise<void> {
    await undefined; // as in a worker, a call that is submitted meanwhile still gets its future
    try {
      await this.#initializer?.(...this.#initargs);
    } catch (error) {
      this.#broken = errors.initializerFailed(error);
    }
  }

  async end(): Promise<void> {}
}

async function callEach(fn: AnyFunction, tuples: unknown[]): Promise<unknown[]> {
  const results: unknown[] = [];
  for (const args of tuples) results.push(await fn(...args as unknown[]));
  return results;
}
