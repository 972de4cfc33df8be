import { errors, TimeoutError } from "./errors.ts";
import { checkFutures, type Future, hasFailed, isOver, whenOver } from "./future.ts";
import { checkGetOptions, type GetOptions, within } from "./timeout.ts";

/**
 * For {@linkcode wait}: come back when any future is done. Python's `concurrent.futures.FIRST_COMPLETED`.
 *
 * @example
 * ```ts
 * import { FIRST_COMPLETED, Future, wait } from "@polycore/pool";
 * import { assertEquals } from "@std/assert";
 *
 * const [ready, pending] = [new Future<number>(), new Future<number>()];
 * ready.setResult(1);
 * const { done } = await wait([ready, pending], { returnWhen: FIRST_COMPLETED });
 * assertEquals(done, new Set([ready]));
 * ```
 */
export const FIRST_COMPLETED = "FIRST_COMPLETED";

/**
 * For {@linkcode wait}: come back when any future has failed, or all are done. Python's
 * `concurrent.futures.FIRST_EXCEPTION`.
 *
 * @example
 * ```ts
 * import { FIRST_EXCEPTION, Future, wait } from "@polycore/pool";
 * import { assertEquals } from "@std/assert";
 *
 * const [failed, pending] = [new Future<number>(), new Future<number>()];
 * failed.setException(new Error("no"));
 * const { notDone } = await wait([failed, pending], { returnWhen: FIRST_EXCEPTION });
 * assertEquals(notDone, new Set([pending]));
 * ```
 */
export const FIRST_EXCEPTION = "FIRST_EXCEPTION";

/**
 * For {@linkcode wait}: come back when all futures are done, as when nothing is said. Python's
 * `concurrent.futures.ALL_COMPLETED`.
 *
 * @example
 * ```ts
 * import { ALL_COMPLETED, Future, wait } from "@polycore/pool";
 * import { assertEquals } from "@std/assert";
 *
 * const ready = new Future<number>();
 * ready.setResult(1);
 * const { notDone } = await wait([ready], { returnWhen: ALL_COMPLETED });
 * assertEquals(notDone.size, 0);
 * ```
 */
export const ALL_COMPLETED = "ALL_COMPLETED";

/** When {@linkcode wait} comes back. */
export type ReturnWhen = "FIRST_COMPLETED" | "FIRST_EXCEPTION" | "ALL_COMPLETED";

/** How long to {@linkcode wait}. */
export interface FutureWaitOptions extends GetOptions {
  /** When to come back; {@linkcode ALL_COMPLETED} when left out. */
  returnWhen?: ReturnWhen | undefined;
}

/** What {@linkcode wait} gives. */
export interface DoneAndNotDone<T> {
  /** The futures that are finished or were cancelled. */
  done: Set<Future<T>>;
  /** The others. */
  notDone: Set<Future<T>>;
}

/**
 * Wait for futures, which may be those of several executors. It throws nothing when the time is over, nor
 * what the futures threw: look at them. Python's `concurrent.futures.wait`.
 *
 * @throws {TypeError} If one is no future, or an option is of the wrong kind.
 * @example
 * ```ts
 * import { EventLoopExecutor, FIRST_COMPLETED, wait } from "@polycore/pool";
 * import { assertEquals } from "@std/assert";
 *
 * await using executor = new EventLoopExecutor();
 * const never = Promise.withResolvers<string>();
 * const quick = executor.submit(() => "quick");
 * const slow = executor.submit(() => never.promise);
 * const { done, notDone } = await wait([quick, slow], { returnWhen: FIRST_COMPLETED });
 * assertEquals([done.has(quick), notDone.has(slow)], [true, true]);
 * never.resolve("at last");
 * ```
 */
export async function wait<T>(
  futures: Iterable<Future<T>>,
  options: FutureWaitOptions = {},
): Promise<DoneAndNotDone<T>> {
  const { returnWhen = ALL_COMPLETED, ...limits } = options;
  if (![FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED].includes(returnWhen)) {
    throw errors.returnWhen(returnWhen);
  }
  checkGetOptions(limits);
  const all = checkFutures(futures);
  const enough = Promise.withResolvers<void>();
  const stops: (() => void)[] = [];
  let left = 0;
  const look = (future: Future<unknown>) => {
    const first = returnWhen === FIRST_COMPLETED ||
      returnWhen === FIRST_EXCEPTION && hasFailed(future);
    if (left === 0 || first) enough.resolve();
  };
  const over = [...all].filter(isOver);
  for (const future of all) {
    if (isOver(future)) continue;
    left++;
    stops.push(whenOver(future, (future) => {
      left--;
      look(future);
    }));
  }
  if (left === 0) enough.resolve();
  over.forEach(look);
  try {
    await within(enough.promise, "the futures", limits);
  } catch (error) {
    if (!(error instanceof TimeoutError)) throw error;
  } finally {
    stops.forEach((stop) => stop());
  }
  const done = new Set([...all].filter(isOver));
  return { done, notDone: all.difference(done) };
}
