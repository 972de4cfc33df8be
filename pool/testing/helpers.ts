/**
 * What the tests of this package share.
 *
 * @module
 */

import { assert, assertEquals, assertRejects } from "@std/assert";
import { Barrier, BoundedSemaphore, Condition, Event, Lock, RLock } from "@polycore/sync";
import { Semaphore, type Shareable } from "@polycore/sync";
import { Pipe, Queue, RawArray, RawValue, SharedArray, Value } from "@polycore/shm";
import { blocksInUse, liveThreads, waitingFor } from "@polycore/sync/internal";
import { activeChildren } from "../mod.ts";

/** Milliseconds after which a test says that something hangs. */
export const LIMIT = 10_000;

/** Takes note of a shared object, to let go of it at the end. */
export type Own = <S extends Shareable>(object: S) => S;

/** Wait for something that has to come. */
export async function soon<T>(promise: PromiseLike<T>, what = "a result"): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`hangs: ${what}`)), LIMIT);
  try {
    return await Promise.race([promise, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** Wait until something holds that other threads bring about. */
export async function until(holds: () => boolean): Promise<void> {
  const deadline = performance.now() + LIMIT;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error(`hangs: ${holds}`);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

/** Wait until a thread is asleep in a blocking call. */
export async function untilBlocked(id: number): Promise<void> {
  await until(() => waitingFor(id)?.asleep === true);
}

/** Fail if a worker is left: CPython's check for dangling processes. */
export function assertNobodyLeft(): void {
  assertEquals(liveThreads(), [1]);
  assertEquals(activeChildren(), []);
}

/**
 * Do something a few times: no worker and no block of the shared memory may be left. The first times
 * warm up what is kept on purpose, such as the tables of functions and of shapes of objects.
 */
export async function leavesNothing(act: (own: Own) => Promise<void>, rounds = 2): Promise<void> {
  let before = 0;
  for (let round = 0; round < rounds; round++) {
    before = blocksInUse();
    const mine: Shareable[] = [];
    await act((object) => {
      mine.push(object);
      return object;
    });
    mine.forEach((object) => object.dispose());
    assertNobodyLeft();
  }
  // Fewer are fine: the garbage of an earlier test may have been collected meanwhile.
  assert(blocksInUse() <= before, `${blocksInUse() - before} blocks were left`);
}

/** As `assertRejects`, for what may also hang. */
export async function rejects<E extends Error>(
  promise: PromiseLike<unknown>,
  // deno-lint-ignore no-explicit-any
  cls: new (...args: any[]) => E,
  text = "",
): Promise<E> {
  return await assertRejects(() => soon(promise), cls, text);
}

/** One object of every kind that can be shared. */
export function everyShareable(own: Own): Shareable[] {
  const [a, b] = Pipe();
  const all = [
    new Lock({ name: "A" }),
    new RLock(),
    new Semaphore(2),
    new BoundedSemaphore(2),
    new Condition(own(new RLock())),
    new Event(),
    new Barrier(2),
    new Value("i", 1),
    new RawValue("d", 1),
    new SharedArray("d", 3),
    new RawArray("i", 3),
    new Queue(),
    a,
    b,
  ];
  return all.map((object) => own(object));
}

/** What a program printed and how it ended. */
export interface Ended {
  /** Exit code. */
  code: number;
  /** Standard output. */
  out: string;
  /** Standard error. */
  err: string;
  /** Milliseconds that it took. */
  ms: number;
}

/** Run a module of this folder as a program of its own; `flags` are those of `deno run`. */
export async function runProgram(
  module: string,
  args: string[] = [],
  env: Record<string, string> = {},
  flags: string[] = [],
): Promise<Ended> {
  const config = new URL("../../deno.json", import.meta.url).pathname;
  const path = new URL(module, import.meta.url).pathname;
  const begin = performance.now();
  const command = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "--config", config, ...flags, path, ...args],
    env: { NO_COLOR: "1", ...env },
    signal: AbortSignal.timeout(LIMIT),
  });
  const { code, stdout, stderr } = await command.output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, out: text(stdout), err: text(stderr), ms: performance.now() - begin };
}
