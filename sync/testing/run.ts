/**
 * What a test's thread runs: one function of the test, which arrives as its source text.
 *
 * @module
 */

import { bury, me, releaseHoldings } from "../internal.ts";
import { type Body, type Order, type Outcome, sync } from "./sync.ts";
import { unpack } from "./travel.ts";

/** The entry that `startThread` calls. */
export async function main({ source, index, args }: Order): Promise<void> {
  let outcome: Outcome;
  try {
    const body = new Function(`return (${source});`)() as Body<unknown[], unknown>;
    outcome = { value: await body(sync, index, ...args.map(unpack)) };
  } catch (thrown) {
    outcome = { error: thrown instanceof Error ? thrown.stack ?? thrown.message : String(thrown) };
  }
  releaseHoldings();
  bury(me, 0);
  self.postMessage(outcome);
  self.close();
}
