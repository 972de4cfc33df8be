/**
 * Setting the clocks of the threads right. Each thread's clock begins with the thread, and where it begins
 * is known to about a microsecond; a lock can pass from one thread to another in a quarter of that. What
 * certainly came first tells how far a clock is off.
 *
 * @module
 */

import { What } from "./trace_hook.ts";

/** An event as the threads noted it. */
export interface Timed {
  /** The thread. */
  thread: number;
  /** Its time by that thread's clock. */
  ms: number;
  /** One of `What`. */
  what: number;
  /** The object. */
  word: number;
  /** See `TraceEvent`. */
  value: number;
}

/** The least time between two events of which one is known to be later. */
const STEP = 1e-6;

/** One thread's event came before another thread's, which its clock put so much too early, if positive. */
interface Order {
  first: number;
  then: number;
  early: number;
}

/**
 * Move each thread's events by as little as makes every message be sent before it is received, and every
 * lock be given back before it is taken the next time.
 */
export function alignClocks(events: readonly Timed[]): void {
  const orders = knownOrders(events);
  const ahead = new Map<number, number>();
  const of = (thread: number) => ahead.get(thread) ?? 0;
  // Each round carries a shift one thread further; true orders never go in a circle.
  for (let round = 0, moved = true; moved && round <= orders.length; round++) {
    moved = false;
    for (const { first, then, early } of orders) {
      if (of(first) + early <= of(then)) continue;
      ahead.set(then, of(first) + early);
      moved = true;
    }
  }
  for (const event of events) event.ms += of(event.thread);
}

/** The tightest order between any two threads, in both directions. No numbers of a semaphore match. */
function knownOrders(events: readonly Timed[]): Order[] {
  const causes = new Map<number, Map<number, Timed>>();
  for (const event of events) {
    if (event.what !== What.send && event.what !== What.release) continue;
    const ofObject = causes.get(event.word) ?? new Map<number, Timed>();
    causes.set(event.word, ofObject.set(event.value, event));
  }
  const tightest = new Map<string, Order>();
  for (const event of events) {
    if (event.what !== What.receive && event.what !== What.acquire) continue;
    const number = event.what === What.receive ? event.value : event.value - 1;
    const cause = causes.get(event.word)?.get(number);
    if (!cause || cause.thread === event.thread) continue;
    const early = cause.ms + STEP - event.ms;
    const key = `${cause.thread} ${event.thread}`;
    if (early <= (tightest.get(key)?.early ?? -Infinity)) continue;
    tightest.set(key, { first: cause.thread, then: event.thread, early });
  }
  return [...tightest.values()];
}
