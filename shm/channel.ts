/**
 * The one transport: a queue of records in the shared heap, for any number of producers and consumers,
 * unbounded or bounded. Queue, Pipe, task submission and results are all made of it. The essay is in
 * this folder's README.
 *
 * @module
 */

import type { Steps } from "@polycore/sync";
import {
  add,
  allocateZeroed,
  free,
  i32,
  load,
  lockInternal,
  notify,
  spinWhile,
  store,
  unlock,
  WaitKind,
} from "@polycore/sync/internal";
import { decode, detachScratch, discard, scratchAddress } from "./codec/mod.ts";

/** The producers' words. */
const TAIL_LOCK = 0, TAIL_SEGMENT = 1, TAIL = 2, PUT = 3;
/** The consumers' words, on another cache line. */
const HEAD_LOCK = 16, HEAD_SEGMENT = 17, HEAD = 18, GOT = 19;
/** Words that seldom change, on a third. */
const SLEEPERS = 32, SPACE_SLEEPERS = 33, MAXSIZE = 34, CLOSED = 35;

/** Words of a channel. */
const WORDS = 36;

/** Words of a segment: the address of the next one, then records. Chosen to fill a heap block. */
const SEGMENT_WORDS = 4096 - 16, NEXT = 0, FIRST = 1;

/** Words that a record may have in a segment; a larger one gets a block of its own. */
export const INLINE_WORDS = 1000;

/**
 * A record is a header word and its payload. The header is 0 until the payload is there; then its lowest
 * two bits say what the record is and the others how many words of payload it has.
 */
const INLINE = 1, BLOCK = 2, END = 3;

/** The header of a record whose payload follows. */
export function inlineHeader(words: number): number {
  return words << 2 | INLINE;
}

/** The header of a record whose one word of payload is the address of a block with the value. */
export const BLOCK_HEADER: number = 1 << 2 | BLOCK;

/** Whether a header belongs to a record with a block of its own. */
export function isBlock(header: number): boolean {
  return (header & 3) === BLOCK;
}

/** Words of a record, header included. */
export function recordWords(header: number): number {
  return 1 + (header >>> 2);
}

/** Make a channel and give its address. `maxsize` 0 means unbounded. */
export function createChannel(maxsize: number): number {
  const channel = allocateZeroed(WORDS);
  const segment = allocateZeroed(SEGMENT_WORDS);
  i32[channel + MAXSIZE] = maxsize;
  i32[channel + TAIL_SEGMENT] = i32[channel + HEAD_SEGMENT] = segment;
  i32[channel + TAIL] = i32[channel + HEAD] = segment + FIRST;
  return channel;
}

/** Free what a channel refers to, and let go of the values in it; the caller frees the channel. */
export function emptyChannel(channel: number): void {
  for (let at = front(channel); at !== 0; at = front(channel)) {
    const header = load(at);
    if (isBlock(header)) dropBlock(i32[at + 1]!);
    else discard(at + 1);
    store(channel + HEAD, at + recordWords(header));
  }
  free(i32[channel + HEAD_SEGMENT]!);
}

/** Let go of an encoded value in a block of its own, and of the block. */
export function dropBlock(block: number): void {
  discard(block);
  free(block);
}

/** How many records are in a channel at this moment. */
export function pending(channel: number): number {
  return (load(channel + PUT) - load(channel + GOT)) | 0;
}

/** The bound of a channel, 0 for none. */
export function maxsizeOf(channel: number): number {
  return i32[channel + MAXSIZE]!;
}

/** Whether a channel was closed. */
export function isClosed(channel: number): boolean {
  return load(channel + CLOSED) !== 0;
}

/** Close a channel and wake everybody who waits at it. What is in it can still be taken. */
export function closeChannel(channel: number): void {
  store(channel + CLOSED, 1);
  wakeAll(channel);
}

/** Wake everybody who waits at a channel, to look around. */
export function wakeAll(channel: number): void {
  notify(channel + PUT);
  notify(channel + GOT);
}

/**
 * Append finished records: a first header, and `words` words behind it, in which further records with
 * their headers may follow.
 *
 * Nobody is woken: that is up to the caller, with {@linkcode wakeTakers}.
 *
 * @param lead Words to put between the header and the others; the header counts them too.
 * @returns `false` if a bounded channel has no room.
 */
export function append(
  channel: number,
  header: number,
  source: number,
  words: number,
  records = 1,
  lead?: readonly number[],
): boolean {
  lockInternal(channel + TAIL_LOCK);
  const maxsize = i32[channel + MAXSIZE]!;
  if (maxsize !== 0 && pending(channel) >= maxsize) {
    unlock(channel + TAIL_LOCK);
    return false;
  }
  const extra = lead ? lead.length : 0;
  const at = roomAt(channel, 1 + extra + words);
  for (let i = 0; i < extra; i++) i32[at + 1 + i] = lead![i]!;
  copy(source, at + 1 + extra, words);
  store(at, header);
  i32[channel + TAIL] = at + 1 + extra + words;
  store(channel + PUT, i32[channel + PUT]! + records);
  unlock(channel + TAIL_LOCK);
  return true;
}

/** Wake up to `most` of the threads that sleep because there was nothing to take. */
export function wakeTakers(channel: number, most: number): void {
  if (load(channel + SLEEPERS) > 0) notify(channel + PUT, most);
}

/** Copy words; a loop is faster than a call for the few that most records have. */
function copy(from: number, to: number, words: number): void {
  if (words > 32) i32.copyWithin(to, from, from + words);
  else for (let i = 0; i < words; i++) i32[to + i] = i32[from + i]!;
}

/** Where the next record goes; takes a new segment when this one has no room. */
function roomAt(channel: number, words: number): number {
  let at = i32[channel + TAIL]!;
  // A producer that died here may have finished a record and not counted it.
  for (let header = i32[at]!; header !== 0; header = i32[at]!) {
    at += recordWords(header);
    store(channel + PUT, i32[channel + PUT]! + 1);
  }
  const segment = i32[channel + TAIL_SEGMENT]!;
  if (at + words < segment + SEGMENT_WORDS) return at; // one word is left for END
  const next = allocateZeroed(SEGMENT_WORDS);
  i32[segment + NEXT] = next;
  i32[channel + TAIL_SEGMENT] = next;
  store(at, END);
  return next + FIRST;
}

/** Append the value in the scratch block; `false` if there is no room. */
export function tryPut(channel: number, words: number): boolean {
  if (words <= INLINE_WORDS) {
    const put = append(channel, inlineHeader(words), scratchAddress(), words);
    if (put) wakeTakers(channel, 1);
    return put;
  }
  if (isFull(channel)) return false;
  const block = detachScratch();
  if (tryPutBlock(channel, block)) return true;
  dropBlock(block);
  return false;
}

/** Append a value in a block of its own; `false` if there is no room. */
export function tryPutBlock(channel: number, block: number): boolean {
  const put = append(channel, BLOCK_HEADER, 0, 0, 1, [block]);
  if (put) wakeTakers(channel, 1);
  return put;
}

/** Whether a bounded channel has no room. */
export function isFull(channel: number): boolean {
  const maxsize = i32[channel + MAXSIZE]!;
  return maxsize !== 0 && pending(channel) >= maxsize;
}

/** Append the value in a block, waiting for room; `false` when the time is over or it was closed. */
export function* putBlockSteps(channel: number, block: number): Steps<boolean> {
  for (;;) {
    const got = load(channel + GOT);
    if (isClosed(channel)) return false;
    if (tryPutBlock(channel, block)) return true;
    add(channel + SPACE_SLEEPERS, 1);
    try {
      if (!(yield { word: channel + GOT, expected: got, kind: WaitKind.space })) return false;
    } finally {
      add(channel + SPACE_SLEEPERS, -1);
    }
  }
}

/** The first record, 0 when there is none; the consumers' lock must be held. */
function front(channel: number): number {
  const at = i32[channel + HEAD]!;
  const header = load(at);
  if (header !== END) return header === 0 ? 0 : at;
  const segment = i32[channel + HEAD_SEGMENT]!;
  const next = i32[segment + NEXT]!;
  i32[channel + HEAD_SEGMENT] = next;
  i32[channel + HEAD] = next + FIRST;
  free(segment);
  return front(channel);
}

/** What {@linkcode tryTake} gives when there is nothing. */
export const NOTHING: unique symbol = Symbol("nothing");

/** Take the first value, or {@linkcode NOTHING}. A value that cannot be decoded stays. */
export function tryTake(channel: number): unknown {
  if (pending(channel) <= 0) return NOTHING;
  lockInternal(channel + HEAD_LOCK);
  let value: unknown;
  let block = 0;
  try {
    const at = front(channel);
    if (at === 0) return NOTHING;
    const header = load(at);
    if (isBlock(header)) block = i32[at + 1]!;
    else value = decode(at + 1);
    i32[channel + HEAD] = at + recordWords(header);
    store(channel + GOT, i32[channel + GOT]! + 1);
  } finally {
    unlock(channel + HEAD_LOCK);
  }
  if (load(channel + SPACE_SLEEPERS) > 0) notify(channel + GOT, 1);
  if (block === 0) return value;
  value = decode(block);
  free(block);
  return value;
}

/** Take the first value, waiting for one; {@linkcode NOTHING} when the time is over or it is closed. */
export function* takeSteps(channel: number): Steps<unknown> {
  for (;;) {
    const closed = isClosed(channel); // looked at first: what was put before the close still counts
    const put = load(channel + PUT);
    const value = tryTake(channel);
    if (value !== NOTHING || closed) return value;
    if (!(yield* sleepForData(channel, put))) return tryTake(channel);
  }
}

/** Wait until there may be something to take; `false` when the time is over. */
export function* dataSteps(channel: number): Steps<boolean> {
  while (pending(channel) <= 0 && !isClosed(channel)) {
    if (!(yield* dataSliceSteps(channel))) return false;
  }
  return true;
}

/** Sleep a while for something to take; may come back with nothing. `false` when the time is over. */
export function* dataSliceSteps(channel: number): Steps<boolean> {
  const put = load(channel + PUT);
  if (pending(channel) > 0 || isClosed(channel)) return true;
  return yield* sleepForData(channel, put);
}

function* sleepForData(channel: number, put: number): Steps<boolean> {
  add(channel + SLEEPERS, 1); // before the sleep looks at the word, so that no put is missed
  try {
    return yield { word: channel + PUT, expected: put, kind: WaitKind.data };
  } finally {
    add(channel + SLEEPERS, -1);
  }
}

/** Spin for a few microseconds while there is nothing to take. */
export function spinForData(channel: number): boolean {
  return pending(channel) > 0 || spinWhile(channel + PUT, load(channel + PUT));
}

/**
 * Move up to `most` records, headers and all, to a place of the consumer's own.
 *
 * @param into Where to.
 * @param room Words that there are.
 * @returns How many records were moved.
 */
export function claim(channel: number, into: number, room: number, most: number): number {
  if (pending(channel) <= 0) return 0;
  lockInternal(channel + HEAD_LOCK);
  const begin = front(channel);
  let end = begin;
  let records = 0;
  while (begin !== 0 && records < most) {
    const header = load(end);
    if (header === 0 || header === END) break;
    const after = end + recordWords(header);
    if (after - begin > room) break;
    end = after;
    records++;
  }
  if (records > 0) {
    copy(begin, into, end - begin);
    i32[channel + HEAD] = end;
    store(channel + GOT, i32[channel + GOT]! + records);
  }
  unlock(channel + HEAD_LOCK);
  return records;
}
