/**
 * Where the other modules tell a recording what happens: `if (recording) record(...)`. While none is on
 * that is one look at a variable of this module. It imports nothing, so that any module may use it.
 *
 * @module
 */

/** The numbers of what may happen; see `trace_events.ts`. */
export const What = {
  begin: 0,
  end: 1,
  task: 2,
  taskEnd: 3,
  wait: 4,
  waitEnd: 5,
  acquire: 6,
  release: 7,
  send: 8,
  receive: 9,
  read: 10,
  write: 11,
  deadlock: 12,
  cancelledWait: 13,
  wake: 14,
} as const;

/**
 * The value of a `wait` that goes on with the last one, and of a `wait end` after which it may go on: who
 * spun goes to sleep, and who sleeps looks around now and then. Both are one wait to the reader.
 */
export const GOES_ON = 1;

/** An object of the program, as a recording knows it. */
export interface Traced {
  /** A word that is this object's alone, in the first 16 words of the block that it lies in. */
  readonly word: number;
  /** The number of its kind: that of its class, where it has one. */
  readonly kind: number;
}

/** Notes one event. */
export type Recorder = (what: number, word: number, kind: number, value: number) => void;

/** Whether this thread records. */
export let recording = false;

let recorder: Recorder | undefined;

/** Let this thread record, or no longer. */
export function recordBy(next: Recorder | undefined): void {
  recorder = next;
  recording = next !== undefined;
}

/**
 * Note an event; only while {@linkcode recording}.
 *
 * @param what One of {@linkcode What}.
 * @param word See {@linkcode Traced}; 0 for no object.
 * @param kind See {@linkcode Traced}.
 * @param value See `TraceEvent`.
 */
export function record(what: number, word = 0, kind = 0, value = 0): void {
  recorder?.(what, word, kind, value);
}
