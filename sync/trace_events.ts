/**
 * What a recording tells: which thread did what, to which object, and when.
 *
 * @module
 */

/** What may happen, in the order of their numbers in the shared memory. */
const NAMES = [
  "begin",
  "end",
  "task",
  "task end",
  "wait",
  "wait end",
  "acquire",
  "release",
  "send",
  "receive",
  "read",
  "write",
  "deadlock",
  "cancelled wait",
  "wake",
] as const;

/**
 * What happened.
 *
 * - `begin`, `end`: the thread itself. One that was cut off ends when another thread noticed it.
 * - `task`, `task end`: a worker of a pool runs one task.
 * - `wait`, `wait end`: the thread is blocked. What is awaited is no wait: the thread may do other things.
 * - `acquire`, `release`: a lock or a semaphore; of a recursive lock the outermost ones.
 * - `send`, `receive`: a message of a queue or a pipe; a task that is handed to a pool and claimed there.
 * - `read`, `write`: the number of a `Value`; `add`, which nobody can come between, is a write.
 * - `deadlock`: the thread was found to wait for ever, for this object, together with others that have
 *   this event at the same moment.
 * - `cancelled wait`: the one of them that got the error; its `wait end` follows.
 * - `wake`: the thread lets others go on: it sets an event, notifies a condition, ends a barrier's round.
 */
export type TraceWhat = typeof NAMES[number];

/** What happened on one thread at one moment. */
export interface TraceEvent {
  /** The thread's number. */
  readonly thread: number;
  /** Milliseconds since the recording began. */
  readonly ms: number;
  /** What happened. */
  readonly what: TraceWhat;
  /** To which object: an index into {@linkcode Trace.objects}, -1 for none. */
  readonly object: number;
  /**
   * The number of a task; the running number of a message in its queue, so that who sent it and who
   * received it can be joined; of a lock the running number of the hold, which its `acquire` and its
   * `release` have in common; the places that a semaphore's release gave back; what was read or written;
   * else 0.
   */
  readonly value: number;
}

/** A thread of a recording. */
export interface TracedThread {
  /** Its number in the thread table; 1 is the main thread. */
  readonly id: number;
  /** Its name. */
  readonly name: string;
  /** Its oldest events that were overwritten because it had too many. */
  readonly lost: number;
}

/** An object of a recording. */
export interface TracedObject {
  /** What it is: "Lock", "Queue", "Value", "tasks" for those of a pool, ... */
  readonly kind: string;
  /** Its own name, or its kind and a running number by first appearance: "Lock 3". */
  readonly name: string;
}

/** A recording. */
export interface Trace {
  /** The threads that recorded, oldest first. */
  readonly threads: readonly TracedThread[];
  /** What they used, in the order of first appearance. */
  readonly objects: readonly TracedObject[];
  /** What happened, in the order of time. */
  readonly events: readonly TraceEvent[];
  /** Events of all threads that were overwritten: only each thread's newest are kept. */
  readonly lost: number;
  /** What it cost to record one event, measured on this machine, in nanoseconds. */
  readonly nsPerEvent: number;
}

/** What an event's number in the shared memory means. */
export function whatOf(number: number): TraceWhat {
  return NAMES[number]!;
}
