/**
 * What workers and other programs cache in the tests.
 *
 * @module
 */

import type { Barrier } from "@polycore/sync";
import type { Value } from "@polycore/shm";
import { task } from "../../task.ts";
import { Memory } from "../memory.ts";

const FACTOR = 3;

/** Uses a constant of its module, and counts its calls. */
export const triple = task(import.meta, function triple(x: number, ran: Value<"i">) {
  ran.add(1);
  return { data: new Float64Array(20_000).fill(x * FACTOR) };
});

/** Goes on when so many threads are in it as the barrier has parties. */
export const together = task(import.meta, function together(x: number, barrier: Barrier) {
  barrier.wait();
  return [x, FACTOR];
});

/** Fails in the worker. */
export const failing = task(import.meta, function failing(x: number): number {
  throw new RangeError(`not ${x}`);
});

const made: Float64Array[] = [];

/** Results that take long enough to be written that a program can be killed meanwhile. */
export function bigOf(key: number): { key: number; data: Float64Array } {
  const data = made[key] ??= new Float64Array(40_000 * (1 + key)).map((_, i) => key + i / 7);
  return { key, data };
}

/** The keys of {@linkcode bigOf}. */
export const KEYS = 8;

/** The function that several programs cache. */
export function bigIn(folder: string) {
  return new Memory(folder, { verbose: 0 }).cache(function big(key: number) {
    return bigOf(key);
  });
}

// A program that says when it has begun and then writes into a cache until it is killed.
if (import.meta.main && !("WorkerGlobalScope" in globalThis)) {
  const big = bigIn(Deno.args[0]!);
  for (let key = 0; key < KEYS; key++) bigOf(key); // only writing is to take time
  Deno.stdout.writeSync(new Uint8Array(1));
  for (let i = Number(Deno.args[1]);; i++) await big.call(i % KEYS);
}
