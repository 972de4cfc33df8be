import { errors } from "./errors.ts";
import { EventLoopExecutor } from "./event_loop_executor.ts";
import { Executor } from "./executor.ts";

let usual: EventLoopExecutor | undefined;

/**
 * Call `fn(...args)` in an executor and promise what it gives. Python's `loop.run_in_executor`. Take
 * `submit` when the call shall be cancelled or waited for with others.
 *
 * @param executor Where; `null` for an {@linkcode EventLoopExecutor} that all such calls share.
 * @throws {TypeError} If the executor is none, or `fn` is no function.
 * @throws What `fn` threw.
 * @example
 * ```ts
 * import { runInExecutor, WorkerPoolExecutor } from "@polycore/pool";
 * import { assertEquals } from "@std/assert";
 *
 * await using executor = new WorkerPoolExecutor({ maxWorkers: 1 });
 * assertEquals(await runInExecutor(executor, (x: number) => x * x, 3), 9);
 * assertEquals(await runInExecutor(null, (x: number) => x * x, 4), 16);
 * ```
 */
export async function runInExecutor<A extends unknown[], R>(
  executor: Executor | null,
  fn: (...args: A) => R,
  ...args: A
): Promise<Awaited<R>> {
  if (executor !== null && !(executor instanceof Executor)) throw errors.notExecutor(executor);
  return await (executor ?? (usual ??= new EventLoopExecutor())).submit(fn, ...args);
}
