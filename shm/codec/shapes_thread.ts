/**
 * The other thread of the tests in `shapes_test.ts`.
 *
 * @module
 */

import { notify, store } from "@polycore/sync/internal";
import { decode, detachScratch, encode } from "./mod.ts";

/** What the two threads share. */
export interface Exchange {
  /** A word that is not 0 when the thread is about to begin. */
  ready: number;
  /** A word for the address of the answer. */
  answer: number;
  /** Where the message lies. */
  message: number;
}

/** Objects whose shapes the two threads learn at the same time; every other key is the same in both. */
export function objectsOf(thread: string): object[] {
  return Array.from({ length: 400 }, (_, i) => ({
    [`race${i % 50}`]: i,
    [`${i % 2 ? "both" : thread}${i}`]: [i],
    last: { [`in${i}`]: thread },
  }));
}

/** Encode the objects so often that their shapes are learned. */
export function learn(thread: string): void {
  for (let i = 0; i < 3; i++) encode(objectsOf(thread));
}

/** Decode the message and answer with it and with objects of shapes that only this thread made. */
export function main({ ready, answer, message }: Exchange): void {
  const received = decode(message);
  store(ready, 1);
  notify(ready);
  learn("there");
  encode([received, ...objectsOf("there")]);
  store(answer, detachScratch());
  postMessage("answered");
}
