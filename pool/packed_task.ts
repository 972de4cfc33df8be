/**
 * A task that is encoded when it is submitted, and sent when a worker is free.
 *
 * @module
 */

import { allocate, i32 } from "@polycore/sync/internal";
import {
  detachScratch,
  dropBlock,
  encode,
  functionsInLastEncode,
  type Root,
  scratchAddress,
} from "@polycore/shm/internal";
import { functionNumber } from "./functions.ts";
import { partialParts } from "./partial.ts";
import { IN_BLOCK, NEEDS_SHIFT, PARTIAL, SMALL_PAYLOAD } from "./protocol.ts";

// deno-lint-ignore no-explicit-any
type AnyFunction = (...args: any[]) => any;

/** The words of a task that is not sent yet. */
export interface PackedTask {
  /** Number of the function. */
  fn: number;
  /** How it is called. */
  mode: number;
  /** Numbers of the functions in the input. */
  needs: readonly number[];
  /** The block with the input. */
  block: number;
}

/** The number that a task has for its function. */
export function taskNumber(fn: AnyFunction): number {
  const parts = partialParts(fn);
  if (parts === undefined) return functionNumber(fn);
  functionNumber(parts[0]); // throws if it cannot travel
  return PARTIAL;
}

/** Encode the input of a task, which a `partial` is a part of. Gives the number of words. */
export function encodeInput(fn: AnyFunction, number: number, input: unknown, root: Root): number {
  if (number !== PARTIAL) return encode(input, root);
  return encode([fn, input], { fn, ...(typeof root === "string" ? { [root]: input } : root) });
}

/** Encode a task; throws when its input cannot be copied. */
export function packTask(fn: AnyFunction, mode: number, input: unknown, root: Root): PackedTask {
  const number = taskNumber(fn);
  const words = encodeInput(fn, number, input, root);
  const needs = [...functionsInLastEncode()];
  const full = mode | IN_BLOCK | needs.length << NEEDS_SHIFT;
  return {
    fn: number,
    mode: full,
    needs,
    block: words > SMALL_PAYLOAD ? detachScratch() : copyOf(words),
  };
}

/** A block of its own of just the size: the one that was written into is large. */
function copyOf(words: number): number {
  const block = allocate(words);
  const from = scratchAddress();
  i32.copyWithin(block, from, from + words);
  return block;
}

/** Let go of a task that is never sent. */
export function dropPacked({ block }: PackedTask): void {
  dropBlock(block);
}
