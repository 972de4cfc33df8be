/**
 * What a thread leaves to its parent in the shared memory, however it ends: whether it opened the
 * parcel that it was given, its exit code, and what went wrong.
 *
 * @module
 */

import { allocateZeroed, free, i32, store, throwIfStopped } from "@polycore/sync/internal";
import { decode, detachScratch, dropBlock, encode } from "@polycore/shm/internal";
import { ensureLoaded } from "./functions.ts";
import type { Parcel } from "./parcel.ts";

/**
 * The words of a will: 1 when the parcel was opened; the block with the text of what went wrong, 0 for
 * none; 1 when there is an exit code; the exit code.
 */
const OPENED = 0, TROUBLE = 1, LEFT = 2, CODE = 3, WORDS = 4;

/** A will that says nothing yet. */
export function makeWill(): number {
  return allocateZeroed(WORDS);
}

/** In the thread: load the functions of its parcel and decode it. The parent frees the block. */
export async function openParcel({ block, functions }: Parcel, will: number): Promise<unknown> {
  await ensureLoaded(functions);
  throwIfStopped(); // a thread that was given up may have come back from an endless import
  store(will + OPENED, 1); // first: what fails to decode is let go of as well
  return decode(block);
}

/** In the thread: write down what went wrong. */
export function leaveTrouble(will: number, text: string): void {
  if (i32[will + TROUBLE] !== 0) return;
  encode(text);
  store(will + TROUBLE, detachScratch());
}

/** In the thread: write down the exit code, before it is buried; the first one counts. */
export function leaveCode(will: number, code: number): void {
  if (i32[will + LEFT] === 1) return;
  i32[will + CODE] = code;
  store(will + LEFT, 1);
}

/** In the parent, when the thread has ended: the exit code, if it left one. */
export function codeLeft(will: number): number | undefined {
  return i32[will + LEFT] === 1 ? i32[will + CODE] : undefined;
}

/** In the parent, when the thread has ended: free the parcel and the will; gives what went wrong. */
export function executeWill(will: number, parcel: Parcel | undefined): string | undefined {
  if (parcel && i32[will + OPENED] === 1) free(parcel.block);
  else if (parcel) dropBlock(parcel.block);
  const block = i32[will + TROUBLE]!;
  const text = block === 0 ? undefined : decode(block) as string;
  if (block !== 0) free(block);
  free(will);
  return text;
}
