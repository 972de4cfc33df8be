/**
 * What the processes run for which tests wait together with connections.
 *
 * @module
 */

import type { Connection, Queue } from "@polycore/shm";
import { task } from "../mod.ts";

/** Sends some messages, with random pauses, and closes its end. */
export const sleepAndSend = task(import.meta, async (writer: Connection, i: number, n: number) => {
  for (let k = 0; k < n; k++) {
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 10));
    writer.send([k, i]);
  }
  writer.close();
});

/** Says when it ends, as the last thing that it does. */
export const sendAfter = task(import.meta, (times: Queue) => {
  times.put(performance.timeOrigin + performance.now());
});
