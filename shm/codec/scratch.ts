/**
 * The block of the shared heap into which this thread encodes.
 *
 * @module
 */

import { allocate, free, i32, roomFor } from "@polycore/sync/internal";

/**
 * Words that are always free behind {@linkcode limit}: whoever has compared with it may write so many
 * without looking again.
 */
export const SLACK = 32;

/** Words of the block at first, and again after a large value: 16 KiB. */
const USUAL = 4096 - 16;

/** A block with more words than this is given back before the next value: 512 KiB. */
const LARGEST_KEPT = 131072;

/** Address of the block. */
export let base = 0;

/** The last address at which {@linkcode SLACK} words are free. */
export let limit = 0;

/** Words of the block. */
let room = 0;

function use(block: number, words: number): void {
  base = block;
  room = words;
  limit = block + words - SLACK;
}

/** Make the block ready for a new value. */
export function begin(): void {
  if (room > LARGEST_KEPT) releaseScratch();
  if (room === 0) use(allocate(USUAL), roomFor(USUAL));
}

/**
 * Move to a larger block.
 *
 * @param at The first address that is not written yet.
 * @param words Words that are wanted there, beside the slack.
 * @returns `at` in the new block.
 */
export function grow(at: number, words = 0): number {
  const used = at - base;
  const wanted = Math.max(used + words + SLACK, room + (room >> 1));
  const block = allocate(wanted);
  i32.copyWithin(block, base, at);
  free(base);
  use(block, roomFor(wanted));
  return block + used;
}

/** Where the words of the last encoded value begin. */
export function scratchAddress(): number {
  return base;
}

/**
 * Hand the block with the last encoded value over to the caller, who frees it: for large values, which
 * then need no copy.
 *
 * @returns The address of the block.
 */
export function detachScratch(): number {
  const block = base;
  use(allocate(USUAL), roomFor(USUAL));
  return block;
}

/** Give the block back, when the thread ends. */
export function releaseScratch(): void {
  if (room === 0) return;
  free(base);
  base = room = limit = 0;
}

begin();
