/**
 * How the cells of the matrix are tested: one fault at one point.
 *
 * @module
 */

import { assert, assertEquals, assertRejects } from "@std/assert";
import { Event, Lock, type Shareable } from "@polycore/sync";
import { Value } from "@polycore/shm";
import { blocksInUse, requestStop } from "@polycore/sync/internal";
import { assertNobodyLeft, type Own } from "../../testing/helpers.ts";
import { Process } from "../../mod.ts";
import { CODES, type Fault, ignore, type Job } from "./faults.ts";

/** Milliseconds after which a cell hangs. */
export const LIMIT = 2000;

/** Test a cell: it ends in time and leaves no worker and no block of the shared memory. */
export function cell(title: string, act: (own: Own) => Promise<void>): void {
  Deno.test(title, async () => {
    // What is kept on purpose, such as the tables of functions, is kept the first time only.
    if (await blocksLeft(act, title) > 0) assertEquals(await blocksLeft(act, title), 0);
  });
}

async function blocksLeft(act: (own: Own) => Promise<void>, title: string): Promise<number> {
  const before = blocksInUse();
  const mine: Shareable[] = [];
  const own: Own = (object) => {
    mine.push(object);
    return object;
  };
  await inTime(act(own), title);
  mine.forEach((object) => object.dispose());
  assertNobodyLeft();
  return Math.max(0, blocksInUse() - before); // fewer are fine: garbage of an earlier test
}

/**
 * Fail if something takes longer than {@linkcode LIMIT}. Only where that happens the machine is looked at:
 * if it is so busy that a mere process takes long, there is more time in proportion.
 */
export async function inTime<T>(promise: PromiseLike<T>, what: string): Promise<T> {
  const begin = performance.now();
  const result = Promise.resolve(promise);
  if (await settles(result, LIMIT)) return await result;
  const limit = LIMIT * await slowness();
  if (await settles(result, limit - (performance.now() - begin))) return await result;
  throw new Error(`hangs: ${what} did not end within ${Math.round(limit)} ms`);
}

/** Whether a promise settles in time. */
async function settles(promise: Promise<unknown>, ms: number): Promise<boolean> {
  const late = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => late.resolve(false), Math.max(0, ms));
  try {
    return await Promise.race([promise.then(() => true, () => true), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** Milliseconds that the start and end of a process take on a machine with nothing else to do. */
const USUAL = 50;

/** How many times slower than usual the machine is just now. */
async function slowness(): Promise<number> {
  const begin = performance.now();
  const process = new Process({ target: ignore });
  process.start();
  await process.join();
  return Math.max(1, (performance.now() - begin) / USUAL);
}

/** The job of a faulty task, and what to look at when it is over. */
export function jobOf(own: Own, fault: Fault): Job {
  return {
    fault,
    lock: own(new Lock()),
    begun: own(new Event()),
    thread: own(new Value("i", 0)),
    never: own(new Event()),
  };
}

/** End the task's thread, if this is what its fault is. */
export async function endFromOutside({ fault, begun, thread }: Job): Promise<void> {
  if (fault !== "ended from outside") return;
  await begun.waitAsync();
  requestStop(thread.value);
}

/** Fail if somebody holds the job's lock, or let go of it once too often. */
export function assertFree({ lock }: Job): void {
  assertEquals(lock.acquire({ timeout: 0 }), true);
  lock.release();
}

/** An error that is expected. */
export interface Expected {
  /** Its class. */
  // deno-lint-ignore no-explicit-any
  cls: new (...args: any[]) => Error;
  /** What its message has to say, each part. */
  says: string[];
}

/** Fail unless the error comes, and says why. */
export async function assertError(
  promise: PromiseLike<unknown>,
  { cls, says }: Expected,
): Promise<void> {
  const error = await assertRejects(async () => await promise, cls);
  for (const text of says) assert(error.message.includes(text), `${error}\nlacks: ${text}`);
}

/** What a message says of a worker that a fault ended: its code and, if there is one, the reason. */
export function saysOfDeath(fault: Fault): string[] {
  const thrown = CODES[fault] === 1 ? ["RangeError: thrown on purpose"] : [];
  return [`exit code ${CODES[fault]}`, ...thrown];
}
