/**
 * The shared heap: blocks of the shared memory, by size class, with a count of their holders.
 *
 * It belongs to this package, not to `shm`, because a `Lock` is a block of it too.
 *
 * @module
 */

import { add, load, store } from "./atomics.ts";
import { errors } from "./errors.ts";
import { lockInternal, unlock } from "./lock_word.ts";
import { HEAP_START, i32, LAYOUT } from "./memory.ts";

/** Words before a block's address: its own cache line, so that counting does not disturb the data. */
const HEADER = 16;

/** Words of the smallest block, header included: two cache lines. */
const SMALLEST = 32;

/** Words of the header. */
const CLASS = -16, HOLDERS = -15, NEXT = -14;

/** Set in a block's class word while the block is in use. */
const IN_USE = 256;

/** Words of a block of class `k`: 32, 48, 64, 96, 128, 192, ... */
function wordsOf(k: number): number {
  const whole = SMALLEST * 2 ** (k >> 1);
  return k & 1 ? whole * 1.5 : whole;
}

/** The smallest class with room for so many words. */
function classFor(words: number): number {
  const exponent = Math.max(0, 31 - Math.clz32(Math.floor((words - 1) / SMALLEST)) + 1);
  const k = words <= SMALLEST ? 0 : exponent * 2;
  return k > 0 && wordsOf(k - 1) >= words ? k - 1 : k;
}

/** Words that a block asked for by `words` really has. */
export function roomFor(words: number): number {
  return wordsOf(classFor(words + HEADER)) - HEADER;
}

/**
 * A block with room for `words` words, not zeroed, with one holder. Its address is a multiple of 16
 * words, so that no two blocks share a cache line.
 */
export function allocate(words: number): number {
  const k = classFor(words + HEADER);
  const list = LAYOUT.freeLists + k;
  lockInternal(LAYOUT.heapLock);
  let block = load(list);
  if (block !== 0) {
    store(list, i32[block + NEXT]!);
  } else {
    if (load(LAYOUT.heapTop) === 0) store(LAYOUT.heapTop, HEAP_START);
    const top = load(LAYOUT.heapTop);
    if (top + wordsOf(k) > i32.length) {
      unlock(LAYOUT.heapLock);
      throw errors.heapFull(words * 4, i32.length * 4);
    }
    store(LAYOUT.heapTop, top + wordsOf(k));
    block = top + HEADER;
  }
  i32[block + CLASS] = k | IN_USE;
  unlock(LAYOUT.heapLock);
  add(LAYOUT.heapBlocks, 1);
  store(block + HOLDERS, 1);
  return block;
}

/** As {@linkcode allocate}, with every word 0. */
export function allocateZeroed(words: number): number {
  const block = allocate(words);
  i32.fill(0, block, block + words);
  return block;
}

/** Give a block back that nobody uses any more. */
export function free(block: number): void {
  const mark = i32[block + CLASS]!;
  if (!(mark & IN_USE)) throw errors.bug(`block ${block} was freed twice`);
  const list = LAYOUT.freeLists + (mark & ~IN_USE);
  lockInternal(LAYOUT.heapLock);
  i32[block + CLASS] = mark & ~IN_USE;
  i32[block + NEXT] = load(list);
  store(list, block);
  unlock(LAYOUT.heapLock);
  add(LAYOUT.heapBlocks, -1);
}

/** Count one more holder of a block. */
export function retain(block: number): void {
  add(block + HOLDERS, 1);
}

/**
 * Count one holder less, and free the block when that was the last one.
 *
 * @param beforeFree Called then with the block, to let go of what it refers to.
 */
export function release(block: number, beforeFree?: (block: number) => void): void {
  if (add(block + HOLDERS, -1) !== 1) return;
  beforeFree?.(block);
  free(block);
}

/** How many blocks are in use, for tests that look for leaks. */
export function blocksInUse(): number {
  return load(LAYOUT.heapBlocks);
}
