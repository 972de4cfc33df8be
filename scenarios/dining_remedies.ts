/**
 * Four remedies against the deadlock of the dining philosophers, and a dinner with one of them. They
 * have a module of their own because each can be read, and tried, without the others.
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { generator } from "./throws.ts";

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
      if (wait(right, t, { timeout: 1 })) return [left, right]; // <- not for ever
      left.release(); // somebody else may need it more
    }
  },
};

/** Acquire, and note whether and how long that had to wait. */
function wait(wanted: Held, tally: Tally, limit: { timeout?: number } = {}): boolean {
  if (wanted.acquire({ timeout: 0 })) return true;
  const start = performance.now();
  const got = wanted.acquire(limit);
  tally.waits++;
  tally.waitedMs += performance.now() - start;
  return got;
}

function take(wanted: Held, tally: Tally): Held {
  wait(wanted, tally);
  return wanted;
}

/** Think and eat until the bell rings. */
export const dine = mp.task(import.meta, (seat: number, dinner: Dinner, remedy: string) => {
  const { forks, start, bell, eating, told, seed } = dinner;
  const n = forks.length, random = generator(seed, seat);
  const tally: Tally = { seat, meals: 0, waits: 0, waitedMs: 0, clashes: 0 };
  const pause = () => bell.wait({ timeout: 0.1 + 0.4 * random() }); // up to half a millisecond
  start.wait();
  while (!bell.isSet()) {
    pause(); // think
    const held = remedies[remedy]!(dinner, forks[seat]!, forks[(seat + 1) % n]!, tally);
    eating.view[seat] = 1;
    if (eating.view[(seat + 1) % n] || eating.view[(seat + n - 1) % n]) tally.clashes++;
    pause(); // eat
    eating.view[seat] = 0;
    for (const thing of held.reverse()) thing.release();
    tally.meals++;
  }
  told.put(tally);
});
// #endregion

/** What can be held. */
export type Held = mp.Lock | mp.Semaphore;

/** Gets both forks, and gives all that is to be released. */
export type Remedy = (dinner: Dinner, left: mp.Lock, right: mp.Lock, tally: Tally) => Held[];
