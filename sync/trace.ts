/**
 * Recording what the threads of a program do: when each one ran, waited for which lock and held it, sent
 * and received, read and wrote. The essay is in this folder's README.
 *
 * @module
 */

import { add, load, store, wait } from "./atomics.ts";
import { errors } from "./errors.ts";
import { f64, isMainThread, LAYOUT } from "./memory.ts";
import { isAlive, liveThreads, me, notingWord, threadName } from "./threads.ts";
import type { Trace } from "./trace_events.ts";
import { readTrace } from "./trace_read.ts";
import { aboutRing, beginRecording, endRecording, freeRing, takeRings } from "./trace_ring.ts";

/**
 * Milliseconds to wait at the most for a thread that is just writing an event down; for one that counts as
 * dead, because it may have been cut off in the middle, or still compute.
 */
const LIMIT = 1000, LIMIT_OF_DEAD = 20;

/**
 * Begin a recording, on the main thread. This thread records from now on, and every thread that starts
 * before {@linkcode stopTrace}; those that run already do not.
 *
 * @throws {Error} If a recording is under way, or this is not the main thread.
 * @example
 * ```ts
 * import { Lock } from "@polycore/sync";
 * import { startTrace, stopTrace } from "@polycore/sync/internal";
 * import { assertEquals } from "@std/assert";
 *
 * const lock = new Lock({ name: "fork" });
 * startTrace();
 * lock.hold()[Symbol.dispose]();
 * const { events, objects } = stopTrace();
 * assertEquals(objects, [{ kind: "Lock", name: "fork" }]);
 * assertEquals(events.map((event) => event.what), ["begin", "acquire", "release"]);
 * ```
 */
export function startTrace(): void {
  if (!isMainThread) throw errors.traceInThread(threadName(me));
  if (load(LAYOUT.trace) !== 0) throw errors.traceRuns();
  f64[LAYOUT.traceOrigin / 2] = performance.timeOrigin + performance.now();
  store(LAYOUT.trace, add(LAYOUT.lastTrace, 1) + 1);
  beginRecording();
}

/**
 * End the recording and give it. Threads that still run go on without recording; all memory that it took
 * is given back.
 *
 * @throws {Error} If no recording is under way, or this is not the main thread.
 * @example
 * ```ts
 * import { startTrace, stopTrace } from "@polycore/sync/internal";
 * import { assertEquals } from "@std/assert";
 *
 * startTrace();
 * assertEquals(stopTrace().threads, [{ id: 1, name: "MainProcess", lost: 0 }]);
 * ```
 */
export function stopTrace(): Trace {
  if (!isMainThread) throw errors.traceInThread(threadName(me));
  if (load(LAYOUT.trace) === 0) throw errors.noTrace();
  store(LAYOUT.trace, 0);
  for (const id of liveThreads()) untilNoted(id);
  const rings = takeRings();
  for (const ring of rings) untilNoted(aboutRing(ring).thread);
  try {
    const nsPerEvent = endRecording();
    return readTrace(rings, nsPerEvent);
  } finally {
    rings.forEach(freeRing);
  }
}

/** Wait until a thread has written down what it was just writing; then it sees that the end has come. */
function untilNoted(id: number): void {
  const word = notingWord(id);
  const late = performance.now() + (isAlive(id) ? LIMIT : LIMIT_OF_DEAD);
  while (load(word) === 1 && performance.now() < late) wait(word, 1, 1);
}

if (!isMainThread) beginRecording();
