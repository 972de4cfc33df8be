/**
 * The lock word: who owns it and whether others wait. All locks of the program are built on it.
 *
 * `0` free, `owner * 2` held, `owner * 2 + 1` held and somebody may be asleep on the word.
 *
 * @module
 */

import { cas, exchange, load, notify } from "./atomics.ts";
import { errors } from "./errors.ts";
import { lockLabel } from "./lock_label.ts";
import { isAlive, me, threadName, WaitKind } from "./threads.ts";
import type { Traced } from "./trace_hook.ts";
import { runBlocking, spinWhile, type Steps } from "./wait.ts";

const HELD = me * 2;
const HELD_WITH_WAITERS = HELD + 1;

/** Take a free lock; `false` when it is not free. */
export function tryLock(word: number): boolean {
  return cas(word, 0, HELD) === 0;
}

/**
 * Take a lock that becomes free within a few microseconds; `false` when it did not.
 *
 * @param of The lock, for a recording; left out for one of the library's own.
 */
export function spinForLock(word: number, of?: Traced): boolean {
  const seen = load(word);
  return (seen === 0 || spinWhile(word, seen, of)) && tryLock(word);
}

/** Whether this thread owns the lock. */
export function ownsLock(word: number): boolean {
  return load(word) >>> 1 === me;
}

/**
 * Take the lock, sleeping while somebody else holds it.
 *
 * @param takeOver Take the lock of a dead owner as if it were free: for locks whose data stays right
 * whenever the owner dies. Otherwise the lock becomes free and an `OwnerDiedError` is thrown.
 */
export function* lockSteps(
  word: number,
  kind: number,
  patient: boolean,
  takeOver: boolean,
): Steps<boolean> {
  const of = takeOver ? undefined : { word, kind }; // the waits for locks have the numbers of their classes
  for (;;) {
    const seen = load(word);
    if (seen === 0) {
      // Others may sleep on the word: only the waiters' bit makes the release wake them.
      if (cas(word, 0, HELD_WITH_WAITERS) === 0) return true;
      continue;
    }
    const owner = seen >>> 1;
    if (!isAlive(owner)) {
      if (takeOver) {
        if (cas(word, seen, HELD_WITH_WAITERS) === seen) return true;
      } else if (cas(word, seen, 0) === seen) {
        notify(word, 1);
        throw errors.ownerDied(lockLabel(word), threadName(owner));
      }
      continue;
    }
    const expected = seen | 1;
    if (seen !== expected && cas(word, seen, expected) !== seen) continue;
    if (!(yield { word, expected, kind, patient, of })) return false;
  }
}

/** Give the lock back, whoever holds it; `false` when it was free. */
export function unlock(word: number): boolean {
  const seen = exchange(word, 0);
  if (seen & 1) notify(word, 1);
  return seen !== 0;
}

/** Take a lock of the library's own, whose holders never wait for anything else. */
export function lockInternal(word: number): void {
  if (tryLock(word) || spinForLock(word)) return;
  runBlocking(lockSteps(word, WaitKind.lock, true, true), Infinity);
}
