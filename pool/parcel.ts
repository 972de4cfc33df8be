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
} from "@polycore/shm/internal";
import { functionNumber, functionOf } from "./functions.ts";

// deno-lint-ignore no-explicit-any
type AnyFunction = (...args: any[]) => any;

installFunctionCodec({
  idOf: (fn) => functionNumber(fn as AnyFunction),
  functionOf,
});

/** An encoded value in a block of its own. */
export interface Parcel {
  /** The block. */
  block: number;
  /** The functions in it. */
  functions: number[];
}

/** Encode into a block of its own. */
export function toParcel(value: unknown, root: string): Parcel {
  encode(value, root);
  const functions = [...functionsInLastEncode()];
  return { block: detachScratch(), functions };
}
