/**
 * The values in tasks and results: in the record itself, or in a block of their own.
 *
 * @module
 */

import { free, i32 } from "@polycore/sync/internal";
import { claim, decode, discard, dropBlock, recordWords } from "@polycore/shm/internal";
import { type Failure, IN_BLOCK, NEEDS_SHIFT, TASK } from "./protocol.ts";
import { RemoteTraceback } from "./errors.ts";
import type { PoolTask } from "./job_table.ts";

/** Decode a value; what it lay in is free afterwards. */
export function takePayload(payload: number, mode: number): unknown {
  if (!(mode & IN_BLOCK)) return decode(payload);
  const block = i32[payload]!;
  try {
    return decode(block);
  } finally {
    free(block);
  }
}

/** Let go of a value that nobody wants any more. */
export function dropPayload(payload: number, mode: number): void {
  if (mode & IN_BLOCK) dropBlock(i32[payload]!);
  else discard(payload);
}

/** Where the input of a task lies. */
export function inputOf(at: number): number {
  return at + TASK.payload + (i32[at + TASK.mode]! >>> NEEDS_SHIFT);
}

/** Let go of what a task holds that nobody will run. */
export function dropInput(at: number): void {
  dropPayload(inputOf(at), i32[at + TASK.mode]!);
}

/** Take all tasks out of a channel and let go of what they hold; `room` words at `inbox` are used. */
export function dropTasks(tasks: number, inbox: number, room: number): void {
  for (let count = 1; count > 0;) {
    count = claim(tasks, inbox, room, room);
    let at = inbox;
    for (let i = 0; i < count; i++, at += recordWords(i32[at]!)) dropInput(at);
  }
}

/** The error as it was thrown, with the worker's stack as its cause. */
export function toError(
  { error, stack, worker, index }: Failure,
  task: PoolTask | undefined,
): unknown {
  if (!(error instanceof Error)) return error;
  const place = task?.first === undefined ? undefined : task.first + index;
  error.cause = new RemoteTraceback(worker, stack, place, error.cause, task?.fn);
  return error;
}
