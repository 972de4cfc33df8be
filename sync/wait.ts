/**
 * Waiting: an algorithm that may have to sleep is written once, as a generator of {@linkcode Sleep}
 * requests, and driven either by blocking the thread or by awaiting.
 *
 * @module
 */

import { load, notify, pause, wait, waitAsync } from "./atomics.ts";
import { lookForDeadlock } from "./deadlock.ts";
import { errors } from "./errors.ts";
import { beginWait, endWait, throwIfStopped } from "./threads.ts";
import { GOES_ON, record, recording, type Traced, What } from "./trace_hook.ts";

/** A wish to sleep while a word holds a value. */
export interface Sleep {
  /** The word. */
  word: number;
  /** What it holds now. */
  expected: number;
  /** One of `WaitKind`. */
  kind: number;
  /**
   * Whether neither the caller's timeout, nor its signal, nor a stop ends this sleep: for what has to
   * be had before the caller may go on, such as the lock that a `Condition` takes again.
   */
  patient?: boolean;
  /** What is waited for, for a recording; left out for what is the library's own. */
  of?: { readonly word: number; readonly kind: number } | undefined;
}

/**
 * An algorithm that may sleep. `yield` gives `false` when the time is over, `true` when the word may
 * have changed: it may also be a false alarm, so the algorithm looks again.
 */
export type Steps<T> = Generator<Sleep, T, boolean>;

/** How long to wait, in milliseconds. */
export interface WaitOptions {
  /** Milliseconds to wait at the most: 0 tries once, left out waits as long as it takes. */
  timeout?: number | undefined;
}

/** How long to wait without blocking the thread. */
export interface AsyncWaitOptions extends WaitOptions {
  /** Ends the wait by rejecting with the signal's reason. */
  signal?: AbortSignal | undefined;
}

/**
 * Milliseconds after which a sleeper looks around by itself: for a dead owner, a deadlock or a wake-up
 * that went to a thread that died. It bounds how long trouble stays unseen, not how fast a wake-up is.
 */
const SLICE = 100;

/** Rounds of spinning before a thread sleeps: about 6 us, a third of what a sleep and its end cost. */
const SPINS = navigator.hardwareConcurrency > 1 ? 150 : 0;

/**
 * Spin until the word no longer holds `value`, for a few microseconds at the most.
 *
 * @param of What is waited for, for a recording.
 */
export function spinWhile(word: number, value: number, of?: Traced): boolean {
  if (recording && of) record(What.wait, of.word, of.kind);
  let changed = false;
  for (let i = 0; i < SPINS && !changed; i++) {
    changed = load(word) !== value;
    if (!changed) pause();
  }
  if (recording && of) record(What.waitEnd, of.word, of.kind, changed ? 0 : GOES_ON);
  return changed;
}

/** The moment at which a wait is over, by `performance.now()`. */
export function deadlineOf(options: WaitOptions | undefined): number {
  if (options === undefined) return Infinity;
  if (typeof options !== "object" || options === null) throw errors.badOptions(options);
  const { timeout } = options;
  if (timeout === undefined) return Infinity;
  if (typeof timeout !== "number" || Number.isNaN(timeout)) throw errors.badTimeout(timeout);
  return timeout <= 0 ? 0 : performance.now() + timeout;
}

let look: (() => void) | undefined;

/** Have something done each time before this thread blocks: what its event loop would do otherwise. */
export function lookBeforeSleep(act: () => void): void {
  look = act;
}

/** Drive an algorithm, blocking this thread while it sleeps. */
export function runBlocking<T>(steps: Steps<T>, deadline: number): T {
  let turn = steps.next(true);
  let slices = 0;
  while (!turn.done) {
    let inTime: boolean;
    try {
      inTime = sleep(turn.value, deadline, slices++);
    } catch (error) {
      turn = steps.throw(error);
      continue;
    }
    turn = steps.next(inTime);
  }
  return turn.value;
}

let metered = false;
let waitedMs = 0;

/** Count from now on how long this thread is blocked; gives what reads the milliseconds. */
export function meterWaits(): () => number {
  metered = true;
  return () => waitedMs;
}

function sleep(request: Sleep, deadline: number, slices: number): boolean {
  const { word, expected, kind, patient = false, of } = request;
  const timed = !patient && deadline !== Infinity;
  beginWait(word, expected, kind, timed, patient);
  const told = recording && (!timed || deadline > 0) ? of : undefined; // who tries once does not wait
  if (told) record(What.wait, told.word, told.kind, slices > 0 ? GOES_ON : 0);
  try {
    look?.(); // behind beginWait, so that whoever asks later finds the word to wake us from
    if (!timed) lookForDeadlock(kind, slices);
    const left = timed ? deadline - performance.now() : SLICE;
    if (!patient) throwIfStopped(); // last, as a stop that comes between this and the sleep costs a slice
    if (left <= 0) return false;
    const begun = metered ? performance.now() : 0;
    wait(word, expected, Math.min(left, SLICE));
    if (metered) waitedMs += performance.now() - begun;
    return true;
  } finally {
    endWait();
    if (told) record(What.waitEnd, told.word, told.kind);
  }
}

/** Drive an algorithm, letting other work of this thread go on while it sleeps. */
export async function runAsync<T>(
  steps: Steps<T>,
  deadline: number,
  signal?: AbortSignal,
): Promise<T> {
  signal?.throwIfAborted();
  let turn = steps.next(true);
  if (turn.done) return turn.value;
  holdAlive();
  try {
    while (!turn.done) {
      let inTime: boolean;
      try {
        inTime = turn.value.patient
          ? await sleepAsync(turn.value, Infinity)
          : await sleepAsync(turn.value, deadline, signal);
      } catch (error) {
        turn = steps.throw(error);
        continue;
      }
      turn = steps.next(inTime);
    }
    return turn.value;
  } finally {
    letGo();
  }
}

async function sleepAsync(
  { word, expected, patient }: Sleep,
  deadline: number,
  signal?: AbortSignal,
): Promise<boolean> {
  signal?.throwIfAborted();
  if (!patient) throwIfStopped();
  const left = deadline === Infinity ? SLICE : deadline - performance.now();
  if (left <= 0) return false;
  const woken = waitAsync(word, expected, Math.min(left, SLICE));
  if (typeof woken !== "string") {
    await (signal ? abortable(woken, signal, word) : woken);
  }
  return true;
}

/** Await a wake-up or the signal; a wake-up that comes too late is passed on to the next sleeper. */
async function abortable(woken: Promise<string>, signal: AbortSignal, word: number): Promise<void> {
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  try {
    await Promise.race([woken, aborted.promise]);
  } catch (reason) {
    woken.then((how) => how === "ok" && notify(word, 1));
    throw reason;
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

let waiters = 0;
let timer: ReturnType<typeof setInterval> | undefined;

/** Keep the program alive while it waits: a pending `waitAsync` alone does not. */
export function holdAlive(): void {
  if (waiters++ === 0) timer = setInterval(() => {}, SLICE);
}

/** The counterpart of {@linkcode holdAlive}. */
export function letGo(): void {
  if (--waiters === 0) clearInterval(timer);
}
