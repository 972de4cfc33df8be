/**
 * Functions travel as a number; the package that knows functions gives it.
 *
 * @module
 */

import { i32 } from "@polycore/sync/internal";
import { errors, refusals } from "./errors.ts";
import { defineRead, takeWord } from "./reader.ts";
import { FUNCTION } from "./tags.ts";

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
}

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

/** Encode a function. */
export function putFunction(fn: { name: string }, at: number): number {
  const id = numberOf(fn);
  if (!ids.includes(id)) ids.push(id);
  i32[at] = FUNCTION;
  i32[at + 1] = id;
  return at + 2;
}

function numberOf(fn: { name: string }): number {
  let id: number | undefined;
  try {
    // deno-lint-ignore ban-types
    id = codec?.idOf(fn as Function);
  } catch (error) {
    throw refusals.functionValue(fn, error);
  }
  if (id === undefined) throw refusals.functionValue(fn);
  return id;
}

defineRead(FUNCTION, () => {
  const id = takeWord();
  if (codec === undefined) throw errors.bug(`function ${id} arrived where nothing knows functions`);
  return codec.functionOf(id);
});
