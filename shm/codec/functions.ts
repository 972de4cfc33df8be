/**
 * Functions travel as a number; the package that knows functions gives it. A function with arguments
 * bound to it travels as that number and the arguments.
 *
 * @module
 */

import { i32 } from "@polycore/sync/internal";
import { defineClass } from "./classes.ts";
import { readNext } from "./decode.ts";
import { put } from "./encode.ts";
import { errors, refusals } from "./errors.ts";
import { defineRead, expect, met, takeCount, takeWord } from "./reader.ts";
import { BOUND, FUNCTION } from "./tags.ts";

/** How functions become numbers that every thread understands, and back. */
export interface FunctionCodec {
  /**
   * The number of a function, or `undefined` if it cannot travel. May throw an error that says why; its
   * message then ends a sentence.
   */
  // deno-lint-ignore ban-types
  idOf(fn: Function): number | undefined;
  /** The function with that number. */
  // deno-lint-ignore ban-types
  functionOf(id: number): Function;
  /** What a function with bound arguments is made of; `undefined` for any other. */
  // deno-lint-ignore ban-types
  partsOf?(fn: Function): BoundParts | undefined;
  /** Make such a function; the arguments come into the array only afterwards, as they may contain it. */
  // deno-lint-ignore ban-types
  bind?(fn: Function, args: unknown[]): Function;
}

/** A function that has no bound arguments, and arguments for it. */
// deno-lint-ignore ban-types
export type BoundParts = readonly [fn: Function, args: readonly unknown[]];

let codec: FunctionCodec | undefined;
const ids: number[] = [];

/**
 * Let functions travel.
 *
 * @param functions What knows them.
 *
 * @example
 * ```ts
 * import { decode, encode, installFunctionCodec, scratchAddress } from "./mod.ts";
 * import { assertStrictEquals } from "@std/assert";
 *
 * const table = [Math.abs, Math.ceil];
 * installFunctionCodec({
 *   idOf: (fn) => table.indexOf(fn as typeof Math.abs),
 *   functionOf: (id) => table[id]!,
 * });
 * encode([Math.ceil]);
 * assertStrictEquals((decode(scratchAddress()) as unknown[])[0], Math.ceil);
 * ```
 */
export function installFunctionCodec(functions: FunctionCodec): void {
  codec = functions;
}

/** The numbers of the functions inside the last encoded value, each once, until the next encode. */
export function functionsInLastEncode(): readonly number[] {
  return ids;
}

/** Forget the functions but the first `kept`. */
export function forgetFunctions(kept: number): void {
  if (ids.length > kept) ids.length = kept;
}

/** What a function with bound arguments is made of; `undefined` for any other. */
export function boundParts(fn: unknown): BoundParts | undefined {
  // deno-lint-ignore ban-types
  return codec?.partsOf?.(fn as Function);
}

/** Encode a function without bound arguments. */
export function putFunction(fn: { name: string }, at: number): number {
  i32[at] = FUNCTION;
  i32[at + 1] = numberOf(fn);
  return at + 2;
}

/** A function with bound arguments counts as an object, so that it may contain itself. */
// deno-lint-ignore ban-types
function putBound(fn: Function, at: number): number {
  const [inner, args] = boundParts(fn)!;
  i32[at] = BOUND;
  i32[at + 1] = numberOf(inner);
  i32[at + 2] = args.length;
  at += 3;
  for (const arg of args) at = put(arg, at);
  return at;
}

defineClass(Function, putBound);

function numberOf(fn: { name: string }): number {
  let id: number | undefined;
  try {
    // deno-lint-ignore ban-types
    id = codec?.idOf(fn as Function);
  } catch (error) {
    throw refusals.functionValue(fn, error);
  }
  if (id === undefined) throw refusals.functionValue(fn);
  if (!ids.includes(id)) ids.push(id);
  return id;
}

// deno-lint-ignore ban-types
function takeFunction(): Function {
  const id = takeWord();
  if (codec === undefined) throw errors.bug(`function ${id} arrived where nothing knows functions`);
  return codec.functionOf(id);
}

defineRead(FUNCTION, takeFunction);

defineRead(BOUND, () => {
  const fn = takeFunction(), count = takeCount();
  expect(count);
  const args: unknown[] = [];
  const bound = met(codec!.bind!(fn, args));
  while (args.length < count) args.push(readNext());
  return bound;
});
