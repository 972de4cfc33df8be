/**
 * Running a function of a test in a thread of its own.
 *
 * @module
 */

import { bury, me, releaseHoldings } from "../internal.ts";
import { type Body, lineUp, type Order, type Outcome } from "./sync.ts";
import { unpack } from "./travel.ts";

/** Run the function with its tools, send back what came of it, and end the thread. */
export async function runBody<T>(
  { source, index, args, line, n }: Order,
  tools: T,
  atEnd?: () => void,
): Promise<void> {
  let outcome: Outcome;
  try {
    const body = new Function(`return (${source});`)() as Body<unknown[], unknown, T>;
    const unpacked = args.map(unpack);
    lineUp(line, n);
    outcome = { value: await body(tools, index, ...unpacked) };
  } catch (thrown) {
    outcome = { error: thrown instanceof Error ? thrown.stack ?? thrown.message : String(thrown) };
  }
  releaseHoldings();
  atEnd?.();
  bury(me);
  self.postMessage(outcome);
  self.close();
}
