import { errors } from "./errors.ts";

// deno-lint-ignore no-explicit-any
type AnyFunction = (...args: any[]) => any;

/** A function and its first arguments. */
export type PartialParts = [fn: AnyFunction, args: unknown[]];

const parts = new WeakMap<AnyFunction, PartialParts>();

/** Whether {@linkcode partial} made a function. */
export function isPartial(fn: AnyFunction): boolean {
  return parts.has(fn);
}

/** What a function of {@linkcode partial} is made of. */
export function partialParts(fn: AnyFunction): PartialParts {
  return parts.get(fn)!;
}

/** A function and arguments for it, without a `partial` around the function. */
export function unfold(fn: AnyFunction, args: unknown[]): PartialParts {
  const [inner, first] = parts.get(fn) ?? [fn, []];
  return [inner, [...first, ...args]];
}

/** Make a function from its parts. */
export function toPartial([fn, args]: PartialParts): AnyFunction {
  const made = (...rest: unknown[]) => fn(...args, ...rest);
  parts.set(made, [fn, args]);
  return made;
}

/**
 * A function with its first arguments given already. Python's `functools.partial`. If `fn` can go to a
 * worker, so can the result; the arguments travel with it each time, so give large data as a
 * `SharedArray`.
 *
 * @throws {TypeError} If `fn` is no function.
 * @example
 * ```ts
 * import { partial } from "@polycore/pool";
 * import { assertEquals } from "@std/assert";
 *
 * const times = (a: number, b: number) => a * b;
 * const twice = partial(times, 2);
 * assertEquals([1, 2, 3].map((x) => twice(x)), [2, 4, 6]);
 * ```
 */
export function partial<A extends unknown[], B extends unknown[], R>(
  fn: (...args: [...A, ...B]) => R,
  ...args: A
): (...rest: B) => R {
  if (typeof fn !== "function") throw errors.notFunction("The first argument of partial", fn);
  return toPartial(unfold(fn, args)) as (...rest: B) => R;
}
