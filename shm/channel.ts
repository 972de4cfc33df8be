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
  allocate,
  allocateZeroed,
  free,
  i32,
  LAYOUT,
  load,
  lockInternal,
  notify,
  recording,
  release,
  retain,
  store,
  unlock,
  WaitKind,
  What,
} from "@polycore/sync/internal";
import { recordMessages, setTracedKind, tracedChannel } from "./channel_trace.ts";
import { decode, detachScratch, discard, scratchAddress } from "./codec/mod.ts";
import { BLOCK_HEADER, inlineHeader, isBlock, recordWords } from "./channel_record.ts";

/** The producers' words; NEXT_PUT is what PUT becomes with the record that is being written. */
const TAIL_LOCK = 0, TAIL_SEGMENT = 1, PUT = 2, NEXT_PUT = 3;
/** The consumers' words, on another cache line; NEXT_GOT is what GOT becomes once READ is NEXT_READ. */
const HEAD_LOCK = 16, HEAD_SEGMENT = 17, GOT = 18, NEXT_READ = 19, NEXT_GOT = 20;
/** Words that seldom change, on a third. */
const SLEEPERS = 32, SPACE_SLEEPERS = 33, MAXSIZE = 34, CLOSED = 35, WATCHERS = 36;

/** Words of a channel; what a kind of queue needs beside them begins on the next cache line. */
export const CHANNEL_WORDS = 48;

/** Words of a segment, chosen to fill a heap block. */
const SEGMENT_WORDS = 4096 - 16;
/** The words of a segment: the next one, where to write, where to read, and then the records. */
const NEXT = 0, WRITE = 1, READ = 16, FIRST = 17;

/** Words that a record may have in a segment; a larger one gets a block of its own. */
export const INLINE_WORDS = 1000;

function makeSegment(): number {
  const segment = allocate(SEGMENT_WORDS);
  i32[segment + WRITE] = i32[segment + READ] = segment + FIRST;
  i32[segment + FIRST] = 0;
  return segment;
}

/**
 * Make a channel and give its address. `maxsize` 0 means unbounded; `extra` words of 0 lie behind the
 * channel's own; `kind` is what a recording calls it, 0 for one of the library's own.
 */
export function createChannel(maxsize: number, extra = 0, kind = 0): number {
  const segment = makeSegment();
  const channel = allocateZeroed(CHANNEL_WORDS + extra);
  i32[channel + MAXSIZE] = maxsize;
  setTracedKind(channel, kind);
  i32[channel + TAIL_SEGMENT] = i32[channel + HEAD_SEGMENT] = segment;
  return channel;
}

/** Free what a channel refers to, and let go of the values in it; the caller frees the channel. */
export function emptyChannel(channel: number): void {
  for (let at = front(channel); at !== 0; at = front(channel)) {
    const header = load(at);
    if (isBlock(header)) dropBlock(i32[at + 1]!);
    else discard(at + 1);
    moveOn(channel, at + recordWords(header), 1);
  }
  release(i32[channel + HEAD_SEGMENT]!);
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

/** How many records were ever put, also by a producer that died before it had counted its last one. */
export function putsOf(channel: number): number {
  lockInternal(channel + TAIL_LOCK);
  try {
    repairTail(channel);
    return i32[channel + PUT]!;
  } finally {
    unlock(channel + TAIL_LOCK);
  }
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
  ring(channel);
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
  try {
    repairTail(channel);
    const put = i32[channel + PUT]!;
    if (isFull(channel)) return false;
    const extra = lead ? lead.length : 0;
    const size = 1 + extra + words;
    const segment = segmentFor(channel, size);
    const at = i32[segment + WRITE]!;
    for (let i = 0; i < extra; i++) i32[at + 1 + i] = lead![i]!;
    copy(source, at + 1 + extra, words);
    i32[at + size] = 0; // no header yet; a producer that died may have written here
    i32[channel + NEXT_PUT] = put + records;
    if (recording) recordMessages(What.send, channel, put, records); // nobody can have taken them yet
    store(at, header); // from here on the records are there
    store(channel + PUT, put + records);
    i32[segment + WRITE] = at + size;
    return true;
  } finally {
    unlock(channel + TAIL_LOCK); // also when the heap is full
  }
}

/** Finish what a producer left that died between a record's header and the words that follow from it. */
function repairTail(channel: number): void {
  const segment = i32[channel + TAIL_SEGMENT]!;
  let at = i32[segment + WRITE]!;
  if (i32[at] === 0) return;
  while (i32[at] !== 0) at += recordWords(i32[at]!);
  store(channel + PUT, i32[channel + NEXT_PUT]!);
  i32[segment + WRITE] = at;
}

/** The segment for a record of so many words: a new one when the last has no room. */
function segmentFor(channel: number, size: number): number {
  const segment = i32[channel + TAIL_SEGMENT]!;
  // One word has to be left for the header of the next record, which is 0.
  if (i32[segment + WRITE]! + size < segment + SEGMENT_WORDS) return segment;
  const next = makeSegment();
  i32[segment + NEXT] = next;
  store(channel + TAIL_SEGMENT, next); // says that nothing more is written into the one before
  return next;
}

/** Wake up to `most` of the threads that sleep because there was nothing to take. */
export function wakeTakers(channel: number, most: number): void {
  if (load(channel + SLEEPERS) > 0) notify(channel + PUT, most);
  ring(channel);
}

/** Count those who watch a channel together with others, and sleep on the one bell of the program. */
export function watch(channel: number, more: number): void {
  add(channel + WATCHERS, more);
}

function ring(channel: number): void {
  if (load(channel + WATCHERS) === 0) return;
  add(LAYOUT.channelBell, 1);
  notify(LAYOUT.channelBell);
}

/** Copy words; a loop is faster than a call for the few that most records have. */
function copy(from: number, to: number, words: number): void {
  if (words > 32) i32.copyWithin(to, from, from + words);
  else for (let i = 0; i < words; i++) i32[to + i] = i32[from + i]!;
}

/**
 * Append the value in the scratch block.
 *
 * @returns 0 when it is done. When there was no room, the address of the block that the value is in now.
 */
export function putNow(channel: number, words: number): number {
  const small = words <= INLINE_WORDS;
  let block: number;
  try {
    if (small && append(channel, inlineHeader(words), scratchAddress(), words)) {
      wakeTakers(channel, 1);
      return 0;
    }
    block = detachScratch();
  } catch (error) {
    discard(scratchAddress());
    throw error;
  }
  if (small) return block;
  try {
    return tryPutBlock(channel, block) ? 0 : block;
  } catch (error) {
    dropBlock(block);
    throw error;
  }
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

/** The first record, 0 when there is none; the consumers' lock must be held. */
function front(channel: number): number {
  for (;;) {
    const segment = i32[channel + HEAD_SEGMENT]!;
    const finished = load(channel + TAIL_SEGMENT) !== segment; // before the look at the header
    const at = i32[segment + READ]!;
    if (load(at) !== 0) return at;
    if (!finished) return 0;
    i32[channel + HEAD_SEGMENT] = i32[segment + NEXT]!;
    release(segment);
  }
}

/** Count records as taken, up to an address in the first segment; the consumers' lock must be held. */
function moveOn(channel: number, to: number, records: number): void {
  const got = i32[channel + GOT]! + records;
  i32[channel + NEXT_READ] = to;
  i32[channel + NEXT_GOT] = got;
  i32[i32[channel + HEAD_SEGMENT]! + READ] = to; // from here on the records are taken
  store(channel + GOT, got);
}

/** Finish what a consumer left that died between taking a record and counting it. */
function repairHead(channel: number): void {
  const read = i32[i32[channel + HEAD_SEGMENT]! + READ];
  const got = i32[channel + NEXT_GOT]!;
  if (read !== i32[channel + NEXT_READ] || got === i32[channel + GOT]) return;
  store(channel + GOT, got);
  notify(channel + GOT);
}

/** What {@linkcode tryTake} gives when there is nothing. */
export const NOTHING: unique symbol = Symbol("nothing");

/** Take the first value, or {@linkcode NOTHING}. A value that cannot be decoded throws and is gone. */
export function tryTake(channel: number): unknown {
  if (pending(channel) <= 0) return NOTHING;
  lockInternal(channel + HEAD_LOCK);
  let at: number;
  let block = 0, segment = 0;
  try {
    repairHead(channel);
    at = front(channel);
    if (at === 0) return NOTHING;
    const header = load(at);
    if (isBlock(header)) block = i32[at + 1]!;
    else retain(segment = i32[channel + HEAD_SEGMENT]!); // stays until the value is decoded
    moveOn(channel, at + recordWords(header), 1);
    if (recording) recordMessages(What.receive, channel, i32[channel + GOT]! - 1, 1);
  } finally {
    unlock(channel + HEAD_LOCK);
  }
  if (load(channel + SPACE_SLEEPERS) > 0) notify(channel + GOT, 1);
  try {
    return decode(block || at + 1);
  } finally {
    release(block || segment);
  }
}

/**
 * Move up to `most` records, headers and all, to a place of the consumer's own.
 *
 * @param into Where to.
 * @param room Words that there are.
 * @param word If given, only records that hold `value` in this word are moved together; any other one is
 * moved alone.
 * @returns How many records were moved.
 */
export function claim(
  channel: number,
  into: number,
  room: number,
  most: number,
  word = 0,
  value = 0,
): number {
  if (pending(channel) <= 0) return 0;
  lockInternal(channel + HEAD_LOCK);
  let records = 0;
  try {
    repairHead(channel);
    const begin = front(channel);
    let end = begin;
    while (begin !== 0 && records < most) {
      const header = load(end);
      if (header === 0) break;
      if (word !== 0 && i32[end + word] !== value) {
        if (records > 0) break;
        most = 1;
      }
      const after = end + recordWords(header);
      if (after - begin > room) break;
      end = after;
      records++;
    }
    if (records > 0) {
      copy(begin, into, end - begin);
      moveOn(channel, end, records);
      if (recording) recordMessages(What.receive, channel, i32[channel + GOT]! - records, records);
    }
  } finally {
    unlock(channel + HEAD_LOCK);
  }
  if (records > 0 && load(channel + SPACE_SLEEPERS) > 0) notify(channel + GOT, records);
  return records;
}

/** The word that changes with each record put, and the one that changes with each record taken. */
export const putWord = (channel: number): number => channel + PUT;
/** See {@linkcode putWord}. */
export const gotWord = (channel: number): number => channel + GOT;

/** Sleep until something was put since PUT held `put`. */
export function* sleepForData(channel: number, put: number): Steps<boolean> {
  add(channel + SLEEPERS, 1); // before the sleep looks at the word, so that no put is missed
  try {
    const of = tracedChannel(channel);
    return yield { word: channel + PUT, expected: put, kind: WaitKind.data, of };
  } finally {
    add(channel + SLEEPERS, -1);
  }
}

/** Sleep until something was taken since GOT held `got`. */
export function* sleepForSpace(channel: number, got: number): Steps<boolean> {
  add(channel + SPACE_SLEEPERS, 1);
  try {
    const of = tracedChannel(channel);
    return yield { word: channel + GOT, expected: got, kind: WaitKind.space, of };
  } finally {
    add(channel + SPACE_SLEEPERS, -1);
  }
}
