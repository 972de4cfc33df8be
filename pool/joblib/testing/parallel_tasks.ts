/**
 * What the workers of the tests of `Parallel` run.
 *
 * @module
 */

import type { Event } from "@polycore/sync";
import type { Queue } from "@polycore/shm";
import {
  cpuCount,
  currentProcess,
  delayed,
  effectiveNJobs,
  Parallel,
  Pool,
  task,
} from "../../mod.ts";
import { nestingLevel } from "../nesting.ts";

export const squareBut2 = task(import.meta, function squareBut2(x: number) {
  if (x === 2) throw new RangeError(`no square of ${x}`);
  return x * x;
});

/** The number of the thread that ran it, when all who are to meet there have come. */
export const meet = task(import.meta, (arrived: Queue, go: Event) => {
  arrived.put(1);
  go.wait();
  return currentProcess().pid;
});

/** Waits for an event before it gives its input. */
export const after = task(import.meta, async (event: Event | null, x: number) => {
  await event?.waitAsync();
  return x;
});

/** What calls of `never` wait for in this thread. */
const waits: Promise<unknown>[] = [];

/** Says that it has begun and waits for what never comes. */
export const never = task(import.meta, async function never(begun: Event, go: Event) {
  begun.set();
  const waiting = go.waitAsync();
  waits.push(waiting);
  await waiting;
});

/** Lets the calls of `never` in this thread end, which nobody can end from outside. */
export async function letEnd(go: Event): Promise<void> {
  go.set();
  await Promise.all(waits);
}

export const dieOf = task(import.meta, function dieOf(x: number) {
  if (x === 1) Deno.exit(9);
  return x;
});

/** The backends of calls inside calls, by what they are found to be, with no limit of their own. */
export const backendsBelow = task(import.meta, async (depth: number): Promise<unknown[]> => {
  const here = [nestingLevel(), effectiveNJobs(3)];
  if (depth === 0) return [here];
  const below = await Parallel({ nJobs: 2 })([0, 1].map(() => delayed(backendsBelow)(depth - 1)));
  return [here, ...below[0]!];
});

/** What work inside a worker may take: processors, workers of a Pool, of a Parallel, and whose these are. */
export const shareInside = task(import.meta, async () => {
  await using pool = new Pool();
  const all = effectiveNJobs(-1);
  await using asked = Parallel({ nJobs: 2, backend: "workers" });
  const own = await asked([delayed(levelOf)(), delayed(levelOf)()]);
  return { cpus: cpuCount(), pool: pool.processes, eventLoop: all, own };
});

const levelOf = task(import.meta, () => nestingLevel());

/** In the worker of a Pool. */
export const inPool = task(import.meta, async () => {
  return await Parallel({ nJobs: 2, backend: "workers" })([delayed(Math.abs)(-1)]);
});

/** Notes what it gets in the order in which it does. */
export const consume = task(import.meta, (log: Queue, x: number) => log.put(`Consumed ${x}`));

/** Whether the arrays in a value lie in shared memory, and what they have. */
export const lookAt = task(import.meta, (...arrays: Float64Array[]) =>
  arrays.map((array) => ({
    type: array.constructor.name,
    shared: array.buffer instanceof SharedArrayBuffer,
    numbers: [...array.subarray(0, 2)],
  })));

/** Adds 1 to the first number, and gives what is there. */
export const addInPlace = task(import.meta, (array: Float64Array) => ++array[0]!);

/** Gives its input back in several ways. */
export const giveBackArray = task(import.meta, async (array: Float64Array) => {
  await Promise.resolve();
  return { array, parts: [array.subarray(1)], map: new Map([["all", array]]) };
});

export const failWith = task(import.meta, (array: Float64Array, x: number) => {
  if (x === 1) throw new RangeError(`not with ${array.length} numbers`);
  return x;
});

/** Starts workers of its own, which wait for what never comes. */
export const dropInside = task(import.meta, async (begun: Event, go: Event) => {
  const inner = Parallel({ nJobs: 2, backend: "workers" });
  await inner([delayed(never)(begun, go), delayed(never)(begun, go)]);
});

/** Leaves idle workers of its own. */
export const squareInside = task(import.meta, async (x: number) => {
  const square = (x: number) => x * x;
  const [result] = await Parallel({ nJobs: 2, backend: "workers" })([delayed(square)(x)]);
  return result;
});
