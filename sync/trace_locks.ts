/**
 * What a recording is told of `Lock` and `RLock`, while the lock is held: so who holds it after whom is
 * certain, however close to each other it was.
 *
 * @module
 */

import { i32 } from "./memory.ts";
import { record, What } from "./trace_hook.ts";

/** Behind a lock word: how often a thread that records has taken the lock. The lock itself guards it. */
const HOLDS = 2;

/** Note that this thread has taken a lock; only while recording. */
export function recordAcquire(word: number, kind: number): void {
  record(What.acquire, word, kind, ++i32[word + HOLDS]!);
}

/** Note that a lock is about to be given back; only while recording. */
export function recordRelease(word: number, kind: number): void {
  record(What.release, word, kind, i32[word + HOLDS]!);
}
