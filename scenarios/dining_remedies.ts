/**
 * Four remedies against the deadlock of the dining philosophers. They have a module of their own
 * because each can be read, and tried, without the others.
 *
 * @module
 */
import type * as mp from "@polycore/polycore";

/** What lies on the table. */
export interface Dinner {
  /** Fork i lies to the left of seat i, fork i + 1 to the right. */
  forks: mp.Lock[];
  /** Held while picking up forks, where there is a waiter. */
  waiter: mp.Lock;
  /** For all but one. */
  seats: mp.Semaphore;
  /** Where all meet before they begin. */
  start: mp.Barrier;
  /** Rings at the end. */
  bell: mp.Event;
  /** 1 for each seat that eats. */
  eating: mp.SharedArray<"i">;
  /** Where the philosophers tell what they counted. */
  told: mp.Queue<Tally>;
  /** Feeds the times of thinking and eating. */
  seed: number;
}

/** What a philosopher counted. */
export interface Tally {
  /** Who. */
  seat: number;
  /** How often it ate. */
  meals: number;
  /** How often something was not free at once. */
  waits: number;
  /** How long that took. */
  waitedMs: number;
  /** How often a neighbour ate at the same time. */
  clashes: number;
  /** The message of the `DeadlockError`, if it got one. */
  deadlock?: string;
}

// #region lesson
/** Four ways to get both forks; each gives what must be released afterwards. */
export const remedies: Record<string, Remedy> = {
  "ordered forks": (_, left, right, t) => {
    const [low, high] = left.name < right.name ? [left, right] : [right, left]; // <- low first
    return [take(low, t), take(high, t)];
  },
  "a waiter": ({ waiter }, left, right, t) => {
    take(waiter, t); // <- picks up both for one philosopher at a time
    const held = [take(left, t), take(right, t)];
    waiter.release();
    return held;
  },
  "n - 1 seats": ({ seats }, left, right, t) => [take(seats, t), take(left, t), take(right, t)], // <- one less
  "give up, retry": (_, left, right, t) => {
    for (;;) {
      take(left, t);
      if (right.acquire({ timeout: 1 })) return [left, right]; // <- not for ever
      left.release(); // somebody else may need it more
      t.waits++;
      t.waitedMs += 1;
    }
  },
};

/** Acquire, and note whether and how long that had to wait. */
function take(wanted: Held, tally: Tally): Held {
  if (wanted.acquire({ timeout: 0 })) return wanted;
  const start = performance.now();
  wanted.acquire();
  tally.waits++;
  tally.waitedMs += performance.now() - start;
  return wanted;
}
// #endregion

/** What can be held. */
export type Held = mp.Lock | mp.Semaphore;

/** Gets both forks, and gives all that is to be released. */
export type Remedy = (dinner: Dinner, left: mp.Lock, right: mp.Lock, tally: Tally) => Held[];
