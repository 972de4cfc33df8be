/**
 * Waiting at a channel: the algorithms that may have to sleep, written once for the blocking and the
 * asynchronous calls.
 *
 * @module
 */

import type { Steps } from "@polycore/sync";
import { holdBlock, load, runAsync, spinWhile } from "@polycore/sync/internal";
import {
  emptyChannel,
  gotWord,
  isClosed,
  NOTHING,
  pending,
  putWord,
  sleepForData,
  sleepForSpace,
  tryPutBlock,
  tryTake,
  wakeTakers,
} from "./channel.ts";
import { tracedChannel } from "./channel_trace.ts";

/** Append the value in a block, waiting for room; `false` when the time is over or it was closed. */
export function* putBlockSteps(channel: number, block: number): Steps<boolean> {
  for (;;) {
    const got = load(gotWord(channel));
    if (isClosed(channel)) return false;
    if (tryPutBlock(channel, block)) return true;
    if (!(yield* sleepForSpace(channel, got))) return false;
  }
}

/** Take the first value, waiting for one; {@linkcode NOTHING} when the time is over or it is closed. */
export function* takeSteps(channel: number): Steps<unknown> {
  for (;;) {
    const closed = isClosed(channel); // looked at first: what was put before the close still counts
    const put = load(putWord(channel));
    const value = tryTake(channel);
    if (value !== NOTHING || closed) return value;
    if (!(yield* sleepForData(channel, put))) return tryTake(channel);
  }
}

/** Wait until there may be something to take; `false` when the time is over. */
export function* dataSteps(channel: number): Steps<boolean> {
  let slept = false;
  while (pending(channel) <= 0 && !isClosed(channel)) {
    if (!(yield* dataSliceSteps(channel))) return false;
    slept = true;
  }
  if (slept) wakeTakers(channel, 1); // the wake-up may have been meant for one who takes
  return true;
}

/** Sleep a while for something to take; may come back with nothing. `false` when the time is over. */
export function* dataSliceSteps(channel: number): Steps<boolean> {
  const put = load(putWord(channel));
  if (pending(channel) > 0 || isClosed(channel)) return true;
  return yield* sleepForData(channel, put);
}

/** Spin for a few microseconds while there is nothing to take. */
export function spinForData(channel: number): boolean {
  return pending(channel) > 0 ||
    spinWhile(putWord(channel), load(putWord(channel)), tracedChannel(channel));
}

/** Hold a channel while a wait is under way: it stays, whoever lets go of it. */
export function holdChannel(channel: number): Disposable {
  return holdBlock(channel, emptyChannel);
}

/** Await an algorithm on a channel, which stays until that has ended. */
export async function runHolding<T>(
  channel: number,
  steps: Steps<T>,
  deadline: number,
  signal?: AbortSignal,
): Promise<T> {
  using _ = holdChannel(channel);
  return await runAsync(steps, deadline, signal);
}
