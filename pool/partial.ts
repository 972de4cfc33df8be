import { errors } from "./errors.ts";

// deno-lint-ignore no-explicit-any
type AnyFunction = (...args: any[]) => any;

/** A function and its first arguments. */
export type PartialParts = readonly [fn: AnyFunction, args: readonly unknown[]];

/**
 * What {@linkcode partial} makes: a function that gives `args` to `func` before its own arguments.
 *
 * @example
 * ```ts
 * import { partial, type PartialFunction } from "@polycore/pool";
 * import { assertEquals } from "@std/assert";
 *
 * const powerOf3: PartialFunction<[number], number> = partial(Math.pow, 3);
 * assertEquals([powerOf3(2), powerOf3.func, powerOf3.args], [9, Math.pow, [3]]);
 * ```
 */
export interface PartialFunction<B extends unknown[], R> {
  /** Call it with the arguments that are left. */
  (...rest: B): R;
  /** The function, which is no `partial` itself. */
  readonly func: (...args: never[]) => R;
  /** All arguments that it has already. */
  readonly args: readonly unknown[];
}

const parts = new WeakMap<AnyFunction, PartialParts>();

/** Whether {@linkcode partial} made a function. */
export function isPartial(fn: AnyFunction): boolean {
  return parts.has(fn);
}

/** What a function of {@linkcode partial} is made of. */
export function partialParts(fn: AnyFunction): PartialParts | undefined {
  return parts.get(fn);
}

/** A function and arguments for it, without a `partial` around the function. */
export function unfold(fn: AnyFunction, args: readonly unknown[]): [AnyFunction, unknown[]] {
  const [inner, first] = parts.get(fn) ?? [fn, []];
  return [inner, [...first, ...args]];
}

/** Make a function from its parts. */
export function toPartial([fn, args]: PartialParts): AnyFunction {
  const made = (...rest: unknown[]) => fn(...args, ...rest);
  made.func = fn;
  made.args = args;
  Object.defineProperty(made, "name", { value: `partial(${fn.name})` });
  parts.set(made, [fn, args]);
  return made;
}

/**
 * A function with its first arguments given already. Python's `functools.partial`. If `fn` can go to a
 * worker, so can the result, also inside data; the arguments travel with it each time, so give large
 * data as a `SharedArray`.
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
): PartialFunction<B, R> {
  if (typeof fn !== "function") throw errors.notFunction("The first argument of partial", fn);
  return toPartial(unfold(fn, args)) as unknown as PartialFunction<B, R>;
}
