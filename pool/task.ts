import { errors } from "./errors.ts";
import { functionErrors } from "./function_errors.ts";
import { mark } from "./functions.ts";

// deno-lint-ignore no-explicit-any
type AnyFunction = (...args: any[]) => any;

/**
 * Mark a function at the top level of a module as one that any worker can run. The worker imports the
 * module, which runs the same calls of `task`, so the function needs no export and may use the
 * module's imports and constants. What the main program does belongs behind
 * `if (import.meta.main)`, as in Python behind `if __name__ == "__main__"`.
 *
 * A function that is not marked travels as its source text. It must be self-contained: one that uses what
 * is outside of it is refused at the call, with the names.
 *
 * A subclass of `Process` marks itself: `static { task(import.meta, this); }`.
 *
 * @param meta The module's `import.meta`.
 * @param fn The function or class.
 * @returns The same function, so that it can be called here too.
 * @throws {TypeError} If `meta` is no `import.meta` or `fn` is no function.
 * @example
 * ```ts
 * import { Pool, task } from "@polycore/pool";
 * import { assertEquals } from "@std/assert";
 *
 * const square = task(import.meta, (x: number) => x * x);
 *
 * if (import.meta.main) {
 *   await using pool = new Pool(2);
 *   assertEquals(await pool.map(square, [1, 2, 3]), [1, 4, 9]);
 * }
 * ```
 */
// deno-lint-ignore no-explicit-any
export function task<F extends ((...args: any[]) => any) | (abstract new (...args: any[]) => any)>(
  meta: { url: string },
  fn: F,
): F {
  if (typeof meta?.url !== "string") throw functionErrors.notMeta(meta);
  if (typeof fn !== "function") throw errors.notFunction("The second argument of task", fn);
  mark(meta.url, fn as AnyFunction);
  return fn;
}
