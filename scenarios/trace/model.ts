/**
 * What a recording tells: which thread did what from when to when, who held which lock, and what
 * follows from it. Pure: a trace goes in, the model comes out.
 *
 * @module
 */
import { deadlocksIn } from "./deadlocks.ts";
import { lostUpdatesIn } from "./lost_updates.ts";
import { messagesIn } from "./messages.ts";
import { withUniqueNames } from "./names.ts";
import { spansIn } from "./spans.ts";
import type { Trace } from "@polycore/sync/internal";
import { findWakers } from "./wakers.ts";

export type { Trace, TraceEvent } from "@polycore/sync/internal";

/** A stretch of time. */
export interface Span {
  /** When it begins, in ms since the recording began. */
  readonly from: number;
  /** When it ends; the end of the recording where nothing ended it. */
  readonly to: number;
}

/** A pool's worker runs one task. */
export interface Task extends Span {
  /** The task's number. */
  readonly number: number;
}

/** A thread sleeps. */
export interface Wait extends Span {
  /** Who sleeps: the place of the thread in {@linkcode Model.lanes}. */
  readonly lane: number;
  /** For what; -1 where that has no name, as when a worker waits for its next task. */
  readonly object: number;
  /** Whether nothing ended it within the recording. */
  readonly open: boolean;
  /** Whether it was part of a deadlock. */
  deadlock: boolean;
  /** Whether it ended by the error that tells of one. */
  cancelled: boolean;
  /** Who ended it and when, where that is known. */
  waker: Waker | null;
}

/** Who ended a wait. */
export interface Waker {
  /** The thread. */
  readonly lane: number;
  /** When it did so; the waiting thread wakes a moment later. */
  readonly ms: number;
  /** By what: it released the lock, sent the message, made room by receiving one, or set the event. */
  readonly how: "release" | "send" | "receive" | "wake";
}

/** A thread holds a lock, or a place in a semaphore. */
export interface Hold extends Span {
  /** The thread. */
  readonly lane: number;
  /** The lock. */
  readonly object: number;
  /** Which place of the object it has: 0 for a lock, 0 and more for a semaphore. */
  readonly place: number;
  /** How many other locks the thread held when this began: the row in which it is drawn. */
  readonly row: number;
}

/** A `Value` is read or written. */
export interface Access {
  /** When. */
  readonly ms: number;
  /** Which `Value`. */
  readonly object: number;
  /** Whether it is written. */
  readonly write: boolean;
  /** What was read or written. */
  readonly value: number;
  /** What a write did to an update of another thread, or what became of this one. */
  lost: "" | "overwritten" | "overwrites";
}

/** One thread from its begin to its end. */
export interface Lane extends Span {
  /** The thread's name. */
  readonly name: string;
  /** Whether it had more events than are kept: the older ones are missing. */
  readonly partial: boolean;
  /** The tasks that it ran. */
  readonly tasks: readonly Task[];
  /** When it slept, ordered by their begin; one may lie within another. */
  readonly waits: readonly Wait[];
  /** What it held. */
  readonly holds: readonly Hold[];
  /** What it read and wrote: the newest {@linkcode MOST_ACCESSES}, and an example of a lost update. */
  readonly accesses: readonly Access[];
  /** When its writes were made that were lost, of all that were recorded. */
  readonly lost: readonly number[];
}

/** A message from the thread that sent it to the one that received it. */
export interface Message {
  /** The queue or connection. */
  readonly object: number;
  /** Its running number there. */
  readonly number: number;
  /** Who sent it. */
  readonly from: number;
  /** When. */
  readonly sent: number;
  /** Who received it. */
  readonly to: number;
  /** When. */
  readonly received: number;
}

/** Threads that would have waited for ever. */
export interface Deadlock {
  /** When it was found. */
  readonly ms: number;
  /** The thread that got the error; -1 where none did. */
  readonly told: number;
  /** Whether each waits for a lock that the next one holds, and the last one for one of the first. */
  readonly circle: boolean;
  /** Each thread and what it waits for; along the circle, where it is one. */
  readonly members: readonly { readonly lane: number; readonly object: number }[];
}

/** The lost updates of one `Value`. */
export interface LostUpdates {
  /** The `Value`. */
  readonly object: number;
  /** How many writes were overwritten by a thread that had not seen them. */
  readonly lost: number;
  /** How many writes there were. */
  readonly writes: number;
  /** One that is seen at a glance, from the first read of the two threads to the last write. */
  readonly example: (Span & { readonly lane: number; readonly ms: number }) | null;
}

/** Of each thread's reads and writes the model has so many. */
export const MOST_ACCESSES = 20_000;

/** What a recording tells. */
export interface Model {
  /** The threads, in the order of the trace. */
  readonly lanes: readonly Lane[];
  /** The locks, queues and values. */
  readonly objects: Trace["objects"];
  /** When the recording ended, in ms. */
  readonly end: number;
  /** The holders of each lock, ordered by their begin; the locks by name. */
  readonly held: ReadonlyMap<number, readonly Hold[]>;
  /** The messages of which both ends were recorded, ordered by when they were sent. */
  readonly messages: readonly Message[];
  /** The updates that were lost. */
  readonly lostUpdates: readonly LostUpdates[];
  /** The deadlocks. */
  readonly deadlocks: readonly Deadlock[];
  /** What the recording cost. */
  readonly cost: { readonly events: number; readonly lost: number; readonly nsPerEvent: number };
}

/**
 * What a trace tells.
 *
 * @param recorded The trace.
 * @param end When the recording ended, in ms; with its last event, when left out.
 */
export function modelOf(recorded: Trace, end = recorded.events.at(-1)?.ms ?? 0): Model {
  const trace = withUniqueNames(recorded);
  const { lanes, held } = spansIn(trace, end);
  findWakers(trace, lanes);
  const lostUpdates = lostUpdatesIn(lanes);
  return {
    lanes: lanes.map((lane) => shortened(lane, lostUpdates)),
    objects: trace.objects,
    end,
    held,
    messages: messagesIn(trace),
    lostUpdates,
    deadlocks: deadlocksIn(trace, lanes, held),
    cost: { events: trace.events.length, lost: trace.lost, nsPerEvent: trace.nsPerEvent },
  };
}

/** The lane with those of its reads and writes that a picture needs. */
function shortened(lane: Lane, lostUpdates: readonly LostUpdates[]): Lane {
  const examples = lostUpdates.flatMap(({ example }) => example ?? []);
  const first = lane.accesses.length - MOST_ACCESSES;
  const seen = ({ ms }: Access) =>
    examples.some(({ from, to }) => ms >= from - (to - from) && ms <= to + (to - from));
  return {
    ...lane,
    accesses: lane.accesses.filter((access, at) => at >= first || seen(access)),
    lost: lane.accesses.filter(({ lost }) => lost === "overwritten").map(({ ms }) => ms),
  };
}

/** How many hold a lock at once: 1, or more for a semaphore. */
export function placesOf(holds: readonly Hold[]): number {
  return holds.reduce((most, { place }) => Math.max(most, place + 1), 0);
}
