/**
 * Threads for the tests of this package; see `sync/testing/threads.ts`.
 *
 * @module
 */

import { assertNobodyLeft, type Body, type Crew, startWith } from "@polycore/sync/testing";
import { type Shm, shm } from "./shm.ts";

export { assertNobodyLeft };

/** Start `n` threads that run `body(shm, index, ...args)`. */
export function start<A extends unknown[], R>(
  n: number,
  body: Body<A, R, Shm>,
  ...args: A
): Crew<R> {
  return startWith(import.meta.resolve("./run.ts"), n, body, args);
}

/** Start threads, wait until all have ended and give what they returned. */
export async function run<A extends unknown[], R>(
  n: number,
  body: Body<A, R, Shm>,
  ...args: A
): Promise<R[]> {
  return await start(n, body, ...args).join();
}

/**
 * Fail if more blocks are in use than before. It may be fewer: the collector may come at any time and let
 * go of what earlier tests left.
 */
export async function assertNoLeak(act: () => unknown): Promise<void> {
  const before = shm.blocksInUse();
  await act();
  const after = shm.blocksInUse();
  if (after > before) throw new Error(`${after - before} blocks of the heap were not given back`);
}
