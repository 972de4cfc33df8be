/**
 * How it is known whether a thread is really gone. A thread holds a lock of the Web Locks API for life;
 * the platform releases it however the thread ends. Usually a thread says itself that it ends, in the
 * thread table; the lock is looked at when a thread was cut off and cannot say anything.
 *
 * @module
 */

import { isAlive, lifeWord, load, waitAsync } from "@polycore/sync/internal";

/** What we use of the Web Locks API, which is missing from Deno's type library. */
interface LockManager {
  request(name: string, use: () => Promise<void>): Promise<void>;
  query(): Promise<{ held: { name: string }[] }>;
}

const locks = (navigator as unknown as { locks: LockManager }).locks;

/** Makes the names differ between two programs in one Deno process, such as two test modules. */
export const program: string = crypto.randomUUID();

/** The name of a thread's life lock. */
export function lifeLockName(program: string, id: number): string {
  return `polycore ${program} ${id}`;
}

/** Hold a lock until this thread ends. */
export function holdForLife(name: string): Promise<void> {
  return new Promise((held) => {
    locks.request(name, () => {
      held();
      return new Promise(() => {});
    });
  });
}

/** Whether some thread holds a lock. A request for it would tell too, but keep the program alive. */
export async function isHeld(name: string): Promise<boolean> {
  const { held } = await locks.query();
  return held.some((lock) => lock.name === name);
}

/** Wait until a thread has ended; `changed` is called before, each time that its state is another one. */
export async function untilDead(id: number, changed?: (state: number) => void): Promise<void> {
  const word = lifeWord(id);
  for (let seen = load(word); isAlive(id); seen = load(word)) {
    changed?.(seen);
    const change = waitAsync(word, seen, Infinity);
    if (typeof change !== "string") await change;
  }
}

/** A method of `Worker` that Deno's own `node:worker_threads` is built on. */
const setRef = Object.getOwnPropertySymbols(Worker.prototype).find((s) => !s.description);

/**
 * Let the program end although a worker lives; whoever waits for it keeps the program alive by other
 * means. Where the platform cannot do this the worker keeps it alive.
 */
export function unref(worker: Worker): void {
  if (setRef === undefined) return;
  (worker as unknown as Record<symbol, (ref: boolean) => void>)[setRef]?.(false);
}
