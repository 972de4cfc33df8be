/**
 * What a test's thread runs: one function of the test, which arrives as its source text.
 *
 * @module
 */

import { runBody } from "./run_body.ts";
import { type Order, sync } from "./sync.ts";

/** The entry that `startThread` calls. */
export async function main(order: Order): Promise<void> {
  await runBody(order, sync);
}
