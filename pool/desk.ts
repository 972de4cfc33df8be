/**
 * The main thread's view of a worker's desk: what the worker has claimed, runs and has finished.
 *
 * @module
 */

import { cas, i32, load } from "@polycore/sync/internal";
import { recordWords } from "@polycore/shm/internal";
import { DESK, REST_PLACE, TASK } from "./protocol.ts";

/** Whether the worker came so far that it could run tasks. */
export function wasReady(desk: number): boolean {
  return load(desk + DESK.ready) === 1;
}

/** The task that runs, 0 for none. */
export function running(desk: number): number {
  return i32[desk + DESK.current]!;
}

/** The input at which the task that runs is, when it is a chunk of inputs. */
export function itemOf(desk: number): number {
  return i32[desk + DESK.item]!;
}

/** The number of a task. */
export function jobOf(at: number): number {
  return i32[at + TASK.job]!;
}

/** The finished results that were not published, one after the other. */
export function* unpublished(desk: number): Generator<number> {
  const end = desk + DESK.out + i32[desk + DESK.outWords]!;
  for (let at = desk + DESK.out; at < end; at += recordWords(i32[at]!)) yield at;
}

/** The claimed tasks that were not begun: where they lie, and how many words they have. */
export function unbegun(desk: number, rest = load(desk + DESK.rest)): [at: number, words: number] {
  const place = rest & REST_PLACE;
  return [desk + place, place === 0 ? 0 : i32[desk + DESK.end]! - desk - place];
}

/** What tells two claims, and two states of one, apart. */
export function stateOfClaim(desk: number): number {
  return load(desk + DESK.rest);
}

/**
 * Take the tasks that were not begun away from a worker that lives, if its claim is still as it was seen.
 *
 * @param into Where to copy them: first, because from the swap on the worker may write over them.
 * @returns How many words they have, 0 if there are none.
 */
export function takeUnbegun(desk: number, seen: number, into: number): number {
  const [at, words] = unbegun(desk, seen);
  if (words <= 0) return 0;
  i32.copyWithin(into, at, at + words);
  return cas(desk + DESK.rest, seen, seen + words) === seen ? words : 0;
}
