/**
 * The other thread of the test in `shapes_test.ts`.
 *
 * @module
 */

import { store } from "@polycore/sync/internal";
import { decode, detachScratch, encode } from "./mod.ts";

/** What the two threads share. */
export interface Exchange {
  /** Where the address of the answer is written. */
  word: number;
  /** Where the message lies. */
  message: number;
}

/** Decode the message and answer with it and with an object of shapes that only this thread made. */
export function main({ word, message }: Exchange): void {
  const received = decode(message);
  for (let i = 0; i < 3; i++) {
    encode([received, { onlyThere: 1, andThen: [{ insideThere: true }] }]);
  }
  store(word, detachScratch());
  postMessage("answered");
}
