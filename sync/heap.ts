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

/** Number of size classes: the largest is the whole memory. */
const CLASSES = 52;

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

// The caller of the next four holds the heap's lock; 0 means that there is no such block.

function putFreed(block: number, k: number): void {
  const list = LAYOUT.freeLists + k;
  i32[block + CLASS] = k;
  i32[block + NEXT] = load(list);
  store(list, block);
}

function takeFreed(k: number): number {
  const list = LAYOUT.freeLists + k;
  const block = load(list);
  if (block !== 0) store(list, i32[block + NEXT]!);
  return block;
}

function takeFresh(k: number): number {
  const top = load(LAYOUT.heapTop) || HEAP_START;
  if (top + wordsOf(k) > i32.length) return 0;
  store(LAYOUT.heapTop, top + wordsOf(k));
  i32[top + HEADER + CLASS] = k;
  return top + HEADER;
}

/** Cut a block out of a larger one; what is left of that becomes free blocks of smaller classes. */
function takeLarger(k: number): number {
  for (let larger = k + 1; larger < CLASSES; larger++) {
    const block = takeFreed(larger);
    if (block === 0) continue;
    if (larger === k + 1) return block; // too little would be left
    const end = block + wordsOf(larger);
    let at = block + wordsOf(k);
    for (let c = larger - 1; c >= 0; c--) {
      for (; at + wordsOf(c) <= end; at += wordsOf(c)) putFreed(at, c);
    }
    i32[block + CLASS] = k;
    return block;
  }
  return 0;
}

/**
 * A block with room for `words` words, not zeroed, with one holder. Its address is a multiple of 16
 * words, so that no two blocks share a cache line.
 */
export function allocate(words: number): number {
  if (!(words <= i32.length)) throw errors.heapFull(words * 4, i32.length * 4);
  const k = classFor(words + HEADER);
  lockInternal(LAYOUT.heapLock);
  const block = takeFreed(k) || takeFresh(k) || takeLarger(k);
  if (block !== 0) i32[block + CLASS] |= IN_USE;
  unlock(LAYOUT.heapLock);
  if (block === 0) throw errors.heapFull(words * 4, i32.length * 4);
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
  lockInternal(LAYOUT.heapLock);
  const mark = i32[block + CLASS]!;
  if (mark & IN_USE) putFreed(block, mark & ~IN_USE);
  unlock(LAYOUT.heapLock);
  if (!(mark & IN_USE)) throw errors.bug(`block ${block} was freed twice`);
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
  const holders = add(block + HOLDERS, -1);
  if (holders < 1) throw errors.bug(`block ${block} was let go of once too often`);
  if (holders > 1) return;
  beforeFree?.(block);
  free(block);
}

/** How many holders a block has at this moment. */
export function holdersOf(block: number): number {
  return load(block + HOLDERS);
}

/** How many blocks are in use, for tests that look for leaks. */
export function blocksInUse(): number {
  return load(LAYOUT.heapBlocks);
}
