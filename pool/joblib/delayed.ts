import { checkFunction } from "../check.ts";
import { parallelErrors } from "./parallel_errors.ts";

/**
 * A call that was not made yet: a function and its arguments. What {@linkcode delayed} gives.
 *
 * @example
 * ```ts
 * import { delayed, type DelayedCall } from "@polycore/pool";
 * import { assertEquals } from "@std/assert";
 *
 * const call: DelayedCall<number> = delayed(Math.max)(1, 2);
 * assertEquals(call, [Math.max, [1, 2]]);
 * ```
 */
// deno-lint-ignore no-explicit-any
export type DelayedCall<R> = readonly [fn: (...args: any[]) => R, args: readonly unknown[]];

/** What a {@linkcode DelayedCall} gives when it is made; of a promise what it resolves to. */
export type ResultOf<C extends DelayedCall<unknown>> = C extends DelayedCall<infer R> ? Awaited<R>
  : never;

/**
 * Write down a call for {@linkcode Parallel} instead of making it. joblib's `delayed`.
 *
 * The function goes to a worker like that of a `Pool`: marked with `task`, or self-contained.
 *
 * @throws {TypeError} If `fn` is no function.
 * @example
 * ```ts
 * import { delayed, Parallel } from "@polycore/pool";
 * import { assertEquals } from "@std/assert";
 *
 * await using parallel = Parallel({ nJobs: 2 });
 * const power = (x: number, n: number) => x ** n;
 * assertEquals(await parallel([1, 2, 3].map((x) => delayed(power)(x, 2))), [1, 4, 9]);
 * ```
 */
export function delayed<A extends unknown[], R>(
  fn: (...args: A) => R,
): (...args: A) => DelayedCall<R> {
  checkFunction("The argument of delayed", fn);
  return (...args) => [fn, args];
}

/** The call, if it is one. */
export function checkCall(call: unknown, index: number): DelayedCall<unknown> {
  if (Array.isArray(call) && typeof call[0] === "function" && Array.isArray(call[1])) {
    return call as unknown as DelayedCall<unknown>;
  }
  throw parallelErrors.notDelayed(call, index);
}
