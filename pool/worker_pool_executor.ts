import { isMainThread } from "@polycore/sync/internal";
import { discard, encode, scratchAddress } from "@polycore/shm/internal";
import {
  checkArguments,
  checkFunction,
  checkMayStart,
  checkOptions,
  checkPositive,
} from "./check.ts";
import { atPlace } from "./chunks.ts";
import { cpuCount } from "./cpu_count.ts";
import { Dispatcher } from "./dispatcher.ts";
import { errors } from "./errors.ts";
import { Executor, type ExecutorCall, type ExecutorEngine, type PreparedCall } from "./executor.ts";
import { functionNumber, nameOf } from "./functions.ts";
import { dropPacked, packTask } from "./packed_task.ts";
import { unfold } from "./partial.ts";
import { APPLY, STARMAP } from "./protocol.ts";
import { endFirst, type EndsFirst } from "./worker_thread.ts";

/** How a {@linkcode WorkerPoolExecutor} is made. */
export interface WorkerPoolExecutorOptions<I extends unknown[] = unknown[]> {
  /** How many workers at the most; {@linkcode cpuCount} when left out. */
  maxWorkers?: number | undefined;
  /** Run once in each worker before its first call. If it throws, the executor is broken. */
  initializer?: ((...args: I) => unknown) | undefined;
  /** The initializer's arguments. */
  initargs?: NoInfer<I> | undefined;
  /** Calls (chunks, in a `map`) after which a worker is replaced by a new one. */
  maxTasksPerChild?: number | undefined;
}

/**
 * Makes calls in workers, which are started when they are needed and used again. Python's
 * `concurrent.futures.ProcessPoolExecutor`; it has this name too.
 *
 * Leaving its block waits for all calls. Each worker has one call at a time, so every other one can be
 * cancelled. A worker that dies breaks the executor: all its futures reject.
 *
 * **Which one do I use?** This one for futures: to cancel, to `wait`, to take results `asCompleted`. A
 * `Pool` for very many small tasks, which it sends in batches, and to outlive the death of a worker.
 *
 * @example
 * ```ts
 * import { asCompleted, WorkerPoolExecutor } from "@polycore/pool";
 * import { assertEquals } from "@std/assert";
 *
 * const square = (x: number) => x * x; // `task(import.meta, ...)` if it uses anything around it
 *
 * await using executor = new WorkerPoolExecutor({ maxWorkers: 2 });
 * assertEquals(await executor.submit(square, 3), 9);
 * const squares = new Set<number>();
 * for await (const future of asCompleted([1, 2, 3].map((x) => executor.submit(square, x)))) {
 *   squares.add(await future.result());
 * }
 * assertEquals(squares, new Set([1, 4, 9]));
 * ```
 */
// deno-lint-ignore no-explicit-any
export class WorkerPoolExecutor<I extends unknown[] = any[]> extends Executor {
  readonly #dispatcher: Dispatcher;
  readonly #maxWorkers: number;

  /**
   * Start no worker yet.
   *
   * @throws {RangeError} If a number is less than 1.
   * @throws {TypeError} If an option is of the wrong kind, or an argument cannot be copied.
   */
  constructor(options: WorkerPoolExecutorOptions<I> = {}) {
    checkOptions("a WorkerPoolExecutor", options, [
      "maxWorkers",
      "initializer",
      "initargs",
      "maxTasksPerChild",
    ]);
    const { maxWorkers = cpuCount(), initializer, initargs = [], maxTasksPerChild } = options;
    if (!Number.isInteger(maxWorkers) || maxWorkers < 1) throw errors.maxWorkers(maxWorkers);
    if (initializer !== undefined) checkFunction("initializer", initializer);
    checkArguments(initargs);
    if (maxTasksPerChild !== undefined) checkPositive("maxTasksPerChild", maxTasksPerChild);
    checkMayStart();
    if (initializer) { // a worker that starts later would be too late to say that it cannot be copied
      functionNumber(unfold(initializer, [])[0]);
      encode(unfold(initializer, initargs), { initializer, initargs });
      discard(scratchAddress());
    }
    const dispatcher = new Dispatcher({
      workers: maxWorkers,
      initializer,
      initargs,
      maxTasks: maxTasksPerChild ?? 0,
      onDemand: true,
      breaks: true,
    });
    const atEnd = { terminate: () => {}, join: () => Promise.resolve() };
    super(maxWorkers, new WorkerEngine(dispatcher, atEnd));
    atEnd.join = () => this.shutdown(); // at the end of its process, as in Python
    this.#dispatcher = dispatcher;
    this.#maxWorkers = maxWorkers;
  }

  /**
   * End the workers now. What runs rejects with a {@linkcode BrokenExecutorError}, what has not begun is
   * cancelled, and no more calls are taken. Blocking calls in the workers throw, so `finally` blocks run;
   * what only computes cannot be ended. `await shutdown()` waits for their end. Python's
   * `terminate_workers`.
   *
   * **Which one do I use?** `shutdown` lets the calls that run come to their end; this one does not.
   */
  terminateWorkers(): void {
    this.#abandon("terminate");
  }

  /**
   * As {@linkcode WorkerPoolExecutor.terminateWorkers}, with hardly any time for `finally` blocks. Python's
   * `kill_workers`.
   */
  killWorkers(): void {
    this.#abandon("kill");
  }

  #abandon(how: "terminate" | "kill"): void {
    this.shutdown({ wait: false, cancelFutures: true });
    this.#dispatcher.abandon(errors.workersEnded(`${how}Workers`), how);
  }

  /** How many workers it may have, for `console.log`. */
  [Symbol.for("Deno.customInspect")](): string {
    return `<WorkerPoolExecutor(at most ${this.#maxWorkers} workers)>`;
  }
}

/** Python's name for a {@linkcode WorkerPoolExecutor}. */
export { WorkerPoolExecutor as ProcessPoolExecutor };

/** Makes the calls in the workers of a dispatcher; the executor sees to it that each has one. */
class WorkerEngine implements ExecutorEngine {
  readonly #dispatcher: Dispatcher;
  readonly #atEnd: EndsFirst;

  constructor(dispatcher: Dispatcher, atEnd: EndsFirst) {
    this.#dispatcher = dispatcher;
    this.#atEnd = atEnd;
    if (!isMainThread) endFirst.add(atEnd);
  }

  failure(): Error | undefined {
    const { broken } = this.#dispatcher;
    return broken && errors.brokenExecutor(broken);
  }

  prepare({ fn, args, first }: ExecutorCall): PreparedCall {
    const single = first === undefined;
    const packed = single
      ? packTask(fn, APPLY, args, "args")
      : packTask(fn, STARMAP, args, inputsOf(args as unknown[][], first));
    return {
      start: (settle) => {
        const dispatcher = this.#dispatcher;
        if (dispatcher.size >= dispatcher.workers) dispatcher.grow();
        const failure = this.failure();
        if (failure) {
          dropPacked(packed);
          return settle(false, failure);
        }
        dispatcher.send(packed, {
          id: 0,
          fn: nameOf(fn),
          first,
          settle: (ok, value) =>
            settle(ok, !ok && value === dispatcher.broken ? this.failure() : value),
        });
      },
      drop: () => dropPacked(packed),
    };
  }

  async end(): Promise<void> {
    this.#dispatcher.close();
    await this.#dispatcher.join();
    endFirst.delete(this.#atEnd);
  }
}

/** The arrays of arguments as the inputs of `map` that they come from. */
function inputsOf(tuples: unknown[][], first: number): { inputs: unknown } {
  return {
    get inputs() {
      const inputs = tuples[0]!.map((_, k) => atPlace(tuples.map((tuple) => tuple[k]), first));
      return inputs.length === 1 ? inputs[0] : inputs;
    },
  };
}
