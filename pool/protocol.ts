/**
 * What the main thread and the workers of a pool write for each other: the words of a task, of a
 * result, and of the desk at which a worker works, which its parent can read when the worker has died.
 *
 * @module
 */

/** The words of a task, behind the header of its record. */
export const TASK = { job: 1, mode: 2, fn: 3, payload: 4 } as const;

/** The tasks of a pool as an object of a recording; no class has this number. */
export const TASKS = 29;

/** How the function is called, in the lowest bits of a task's mode. */
export const APPLY = 0, MAP = 1, STARMAP = 2, MODE_MASK = 3;

/** Set in a mode by the worker that has decoded the payload. */
export const TAKEN = 8;

/** Set in a mode or status when the payload is the address of a block with the value. */
export const IN_BLOCK = 4;

/** The number of functions that the payload needs beside, in the upper bits of a mode. */
export const NEEDS_SHIFT = 8;

/** In place of a function's number: the payload is the parts of a `partial` and its input. */
export const PARTIAL = -1;

/** The words of a result, behind the header of its record. */
export const RESULT = { job: 1, status: 2, payload: 3 } as const;

/** The statuses of a result. */
export const DONE = 0, FAILED = 1, INITIALIZER_FAILED = 2, WORKER_FAILED = 3, STATUS_MASK = 3;

/** The words of a worker's desk. */
export const DESK = {
  /** 1 from the moment that the worker can run tasks. */
  ready: 0,
  /** The record that is running, 0 for none. */
  current: 1,
  /**
   * Where the records begin that were claimed and not begun: words from the beginning of the desk in
   * the lowest bits, and above them the number of the claim, so that no two claims look the same.
   */
  rest: 2,
  /** The end of the records that were claimed. */
  end: 3,
  /** Words of finished results that are not published yet, and how many they are. */
  outWords: 4,
  outRecords: 5,
  /** The input at which the task that runs is, when it is a chunk of inputs. */
  item: 6,
  /** 1 when the worker is to count what it spends its time on, and its counters; see `meter.ts`. */
  metered: 7,
  meter: 8,
  /** The claimed records. */
  claimed: 16,
  /** Words of room for them: more than one record may have. */
  claimedRoom: 2032,
  /** The finished results. */
  out: 2048,
  /** Words of room for them. */
  outRoom: 2032,
  /** Words of a desk. */
  words: 4080,
} as const;

/** The bits of {@linkcode DESK.rest} with the place, and one claim more. */
export const REST_PLACE = 4095, REST_CLAIM = 4096;

/** Words of a payload up to which it lies in the record itself. */
export const SMALL_PAYLOAD = 900;

/** What a worker sends when a task threw. */
export interface Failure {
  /** What was thrown. */
  error: unknown;
  /** The stack, as the worker saw it. */
  stack: string;
  /** Name of the worker. */
  worker: string;
  /** Which input of a chunk it was. */
  index: number;
}
