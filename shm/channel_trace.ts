/**
 * What a recording is told of the channels that are the program's own: a queue, a pipe, the tasks of a
 * pool. Those that the library uses for itself have no kind, and are passed over.
 *
 * @module
 */

import { i32, record, type Traced } from "@polycore/sync/internal";

/** The word of a channel that says what a recording calls it; it belongs to those of `channel.ts`. */
const KIND = 37;

/** Say what a recording calls a channel: a number of `nameKind`, 0 for one of the library's own. */
export function setTracedKind(channel: number, kind: number): void {
  i32[channel + KIND] = kind;
}

/** What a channel is for a recording, if it is one of the program's own. */
export function tracedChannel(channel: number): Traced | undefined {
  const kind = i32[channel + KIND]!;
  return kind === 0 ? undefined : { word: channel, kind };
}

/** Note that messages were sent or received, by their running numbers; only while recording. */
export function recordMessages(what: number, channel: number, first: number, count: number): void {
  const kind = i32[channel + KIND]!;
  if (kind === 0) return;
  for (let i = 0; i < count; i++) record(what, channel, kind, first + i);
}
