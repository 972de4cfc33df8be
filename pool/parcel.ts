/**
 * Values with functions in them, encoded for another thread.
 *
 * @module
 */

import {
  detachScratch,
  encode,
  functionsInLastEncode,
  installFunctionCodec,
  type Root,
} from "@polycore/shm/internal";
import { functionNumber, functionOf } from "./functions.ts";
import { partialParts, toPartial } from "./partial.ts";

// deno-lint-ignore no-explicit-any
type AnyFunction = (...args: any[]) => any;

installFunctionCodec({
  idOf: (fn) => functionNumber(fn as AnyFunction),
  functionOf,
  partsOf: (fn) => partialParts(fn as AnyFunction),
  bind: (fn, args) => toPartial([fn as AnyFunction, args]),
});

/** An encoded value in a block of its own. */
export interface Parcel {
  /** The block. */
  block: number;
  /** The functions in it. */
  functions: number[];
}

/** Encode into a block of its own. */
export function toParcel(value: unknown, root: Root): Parcel {
  encode(value, root);
  const functions = [...functionsInLastEncode()];
  return { block: detachScratch(), functions };
}
