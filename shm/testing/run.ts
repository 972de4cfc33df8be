/**
 * What a test's thread runs: one function of the test, with both packages at hand.
 *
 * @module
 */

import { type Order, runBody } from "@polycore/sync/testing";
import { releaseScratch } from "../codec/mod.ts";
import { shm } from "./shm.ts";

/** The entry that `startThread` calls. */
export async function main(order: Order): Promise<void> {
  await runBody(order, shm, releaseScratch);
}
