/**
 * What the threads of a test have at hand, as their first argument.
 *
 * @module
 */

import { sync } from "@polycore/sync/testing";
import * as internal from "../internal.ts";
import * as mod from "../mod.ts";

/** Random numbers from 0 to 1 that a seed determines. */
function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = state + 0x6d2b79f5 | 0;
    let t = Math.imul(state ^ state >>> 15, 1 | state);
    t = t + Math.imul(t ^ t >>> 7, 61 | t) ^ t;
    return ((t ^ t >>> 14) >>> 0) / 2 ** 32;
  };
}

/** What the threads of a test have at hand. */
export const shm = { ...sync, ...internal, ...mod, random };

/** What the threads of a test have at hand. */
export type Shm = typeof shm;
