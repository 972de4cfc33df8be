/**
 * The functions of `@std/assert` that this project uses, for machines that cannot reach JSR.
 *
 * @module
 */
import * as std from "npm:deno-std@1.4.0/assert/mod.js";

// deno-lint-ignore no-explicit-any
type Constructor<E extends Error> = abstract new (...args: any[]) => E;

/** Throw unless `expr` is truthy. */
export const assert: (expr: unknown, msg?: string) => asserts expr = std.assert;
/** Throw unless both are deeply equal. */
export const assertEquals: <T>(actual: T, expected: T, msg?: string) => void = std.assertEquals;
/** Throw if both are deeply equal. */
export const assertNotEquals: <T>(actual: T, expected: T, msg?: string) => void =
  std.assertNotEquals;
/** Throw unless both are the same value or object. */
export const assertStrictEquals: <T>(actual: unknown, expected: T, msg?: string) => void =
  std.assertStrictEquals;
/** Throw unless `text` contains `part`. */
export const assertStringIncludes: (text: string, part: string, msg?: string) => void =
  std.assertStringIncludes;
/** Throw unless `text` matches `pattern`. */
export const assertMatch: (text: string, pattern: RegExp, msg?: string) => void = std.assertMatch;
/** Throw unless the numbers differ by `tolerance` at the most. */
export const assertAlmostEquals: (
  actual: number,
  expected: number,
  tolerance?: number,
  msg?: string,
) => void = std.assertAlmostEquals;
/** Throw unless `actual > expected`. */
export const assertGreater: <T>(actual: T, expected: T, msg?: string) => void = std.assertGreater;
/** Throw unless `actual >= expected`. */
export const assertGreaterOrEqual: <T>(actual: T, expected: T, msg?: string) => void =
  std.assertGreaterOrEqual;
/** Throw unless `actual < expected`. */
export const assertLess: <T>(actual: T, expected: T, msg?: string) => void = std.assertLess;
/** Throw unless `actual <= expected`. */
export const assertLessOrEqual: <T>(actual: T, expected: T, msg?: string) => void =
  std.assertLessOrEqual;
/** Throw unless `value` is an instance of `type`. */
// deno-lint-ignore no-explicit-any
export const assertInstanceOf: <T extends abstract new (...args: any[]) => unknown>(
  value: unknown,
  type: T,
  msg?: string,
) => asserts value is InstanceType<T> = std.assertInstanceOf;
/** Run `fn` and give the error that it throws, which is to be of class `type`. */
export const assertThrows: <E extends Error = Error>(
  fn: () => unknown,
  type?: Constructor<E>,
  part?: string,
  msg?: string,
) => E = std.assertThrows;
/** Await `fn()` and give the error that it rejects with, which is to be of class `type`. */
export const assertRejects: <E extends Error = Error>(
  fn: () => PromiseLike<unknown>,
  type?: Constructor<E>,
  part?: string,
  msg?: string,
) => Promise<E> = std.assertRejects;
/** Throw always. */
export const fail: (msg?: string) => never = std.fail;
