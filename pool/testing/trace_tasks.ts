/**
 * Tasks for the tests of what a recording is told.
 *
 * @module
 */

import type { Event, Lock } from "@polycore/sync";
import { task } from "../mod.ts";

/** Takes and gives back a lock for a while, and asks nobody whether it is to stop. */
export const holdOften = task(import.meta, (lock: Lock, begun: Event, ms: number) => {
  begun.set();
  for (const end = performance.now() + ms; performance.now() < end;) {
    lock.hold()[Symbol.dispose]();
  }
});
