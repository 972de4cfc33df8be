/**
 * What the tests of managers share.
 *
 * @module
 */

import { Manager, Process } from "../../mod.ts";
import { leavesNothing, type Own, soon } from "../../testing/helpers.ts";

/** Do something with a manager, twice: nothing may be left of it. */
export function withManager<M extends Manager = Manager>(
  act: (manager: M, own: Own) => void | Promise<void>,
  make: () => M = () => new Manager() as M,
): Promise<void> {
  return leavesNothing(async (own) => {
    const manager = own(make());
    try {
      await act(manager, own);
    } finally {
      await soon(manager.shutdownAsync());
    }
  });
}

/** Run a task in a process of its own. */
export async function inChild<A extends unknown[]>(
  target: (...args: A) => unknown,
  ...args: A
): Promise<number | null> {
  const process = new Process<A>({ target, args: args as never });
  process.start();
  await soon(process.join());
  return process.exitcode;
}
