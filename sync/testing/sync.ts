/**
 * What the threads of a test have at hand, as their first argument: the whole package, and helpers that
 * wait for what other threads do by looking at the shared memory.
 *
 * @module
 */

import * as mod from "../mod.ts";
import * as internal from "../internal.ts";
import { lockName } from "../lock_label.ts";

/** Milliseconds after which a test that waits for something gives up. */
export const LIMIT = 30_000;

/** The two forms of every call that waits. */
export const MODES = ["", "Async"] as const;

/** One of {@linkcode MODES}. */
export type Mode = typeof MODES[number];

/**
 * A function of a test that runs in another thread; it sees nothing but its arguments, the first of
 * which are the tools of the package under test.
 */
export type Body<A extends unknown[], R, T = Sync> = (
  tools: T,
  index: number,
  ...args: A
) => R | Promise<R>;

/** What a test's thread is sent. */
export interface Order {
  /** The text of the {@linkcode Body}. */
  source: string;
  /** Which of the threads that run the same body this is, from 0. */
  index: number;
  /** Its other arguments, packed. */
  args: unknown[];
  /** The word on which they count themselves, and how many they are: they begin together. */
  line: number;
  /** See {@linkcode Order.line}. */
  n: number;
}

/** What it sends back. */
export interface Outcome {
  /** What the body returned. */
  value?: unknown;
  /** What it threw, as text. */
  error?: string;
}

/** Call the blocking or the asynchronous form of a method. */
async function call<R>(
  object: object,
  method: string,
  mode: Mode,
  ...args: unknown[]
): Promise<R> {
  const methods = object as Record<string, (...args: unknown[]) => R>;
  return await methods[method + mode]!(...args);
}

/** A word of the shared memory that nobody uses. */
const NOTHING = 0;

/** Wait, by looking again and again, until something holds that other threads bring about. */
function until(holds: () => boolean, what: string | (() => string) = String(holds)): void {
  const deadline = performance.now() + LIMIT;
  while (!holds()) {
    if (performance.now() > deadline) {
      throw new Error(`gave up: ${typeof what === "string" ? what : what()}`);
    }
    internal.wait(NOTHING, 0, 1);
  }
}

/**
 * Wait until all `n` threads stand at the line. Threads start 15 ms apart, so that short bodies would
 * otherwise run one after the other.
 */
export function lineUp(line: number, n: number): void {
  internal.add(line, 1);
  internal.notify(line);
  const deadline = performance.now() + LIMIT;
  for (let seen = internal.load(line); seen < n; seen = internal.load(line)) {
    if (performance.now() > deadline) throw new Error(`only ${seen} of ${n} threads started`);
    internal.wait(line, seen, 100);
  }
}

/** What a thread does, for the text of an error. */
function doing(id: number): string {
  const waiting = internal.waitingFor(id);
  const what = waiting ? `waits for ${internal.kindName(waiting.kind)}` : "runs";
  return `${internal.threadName(id)} ${internal.isAlive(id) ? what : "has ended"}`;
}

/** Wait until every one of the threads is blocked and nothing is about to wake it. */
function untilBlocked(ids: number[], kind?: number): void {
  const blocked = (id: number) => {
    const waiting = internal.waitingFor(id);
    return waiting?.asleep === true && (kind === undefined || waiting.kind === kind);
  };
  until(() => ids.every(blocked), () => `not all are blocked: ${ids.map(doing).join("; ")}`);
}

/** The name of the error that `act` throws, `""` when none. */
async function thrownBy(act: () => unknown): Promise<string> {
  try {
    await act();
    return "";
  } catch (error) {
    return (error as Error).name;
  }
}

const helpers = { call, doing, lockName, thrownBy, until, untilBlocked };

/** What the threads of a test have at hand. */
export type Sync = typeof mod & typeof internal & typeof helpers;

/** What the threads of a test have at hand. */
export const sync: Sync = { ...mod, ...internal, ...helpers };
