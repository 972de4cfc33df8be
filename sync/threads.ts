/**
 * The thread table: for every thread its number, name and state, whether it is to stop, and what it
 * waits for. It lies in the shared memory, so any thread can see what any other one is doing even
 * while that one is blocked.
 *
 * Thread numbers grow and are not used again, so a lock word that names a dead owner stays true
 * after the owner's slot went to another thread.
 *
 * @module
 */

import { add, cas, load, notify, store } from "./atomics.ts";
import { errors } from "./errors.ts";
import { givenThreadId, isMainThread, LAYOUT, u8 } from "./memory.ts";
import { record, recording, What } from "./trace_hook.ts";

/** The words of a slot. */
const ID = 0, STATE = 1, STOP = 2, STARTER = 3;
const WAIT_WORD = 4, WAIT_EXPECTED = 5, WAIT_KIND = 6, WAIT_ROUND = 7, EXIT = 8;
const NOTING = 9, NAME = 10;

/** Bytes for a name, behind its length byte. */
const NAME_BYTES = (LAYOUT.threadWords - NAME) * 4 - 1;

/** The states of a thread. */
export const ThreadState = { starting: 1, running: 2, dead: 3 } as const;

/** What a thread may wait for; the value of {@linkcode waitingFor}'s `kind`. */
export const WaitKind = {
  lock: 1,
  rlock: 2,
  semaphore: 3,
  condition: 4,
  event: 5,
  barrier: 6,
  data: 7,
  space: 8,
} as const;

/** Set in a wait kind when the wait ends by itself after a time, and when not even a stop ends it. */
const TIMED = 64, PATIENT = 128;

/** What this package says of each kind, in errors. */
const KIND_NAMES = [
  "nothing",
  "a Lock",
  "an RLock",
  "a Semaphore",
  "a Condition",
  "an Event",
  "a Barrier",
  "data",
  "room in a queue",
];

/** The number of this thread. */
export const me: number = givenThreadId;

function slotOf(id: number): number {
  return LAYOUT.threads + (id & (LAYOUT.threadSlots - 1)) * LAYOUT.threadWords;
}

const mySlot = slotOf(me);

/** Give a new thread its number and name; it counts as alive from now on. */
export function enrol(name: string): number {
  for (let tries = 0; tries < LAYOUT.threadSlots; tries++) {
    const id = add(LAYOUT.lastThread, 1) + 1;
    const slot = slotOf(id);
    const seen = load(slot + ID);
    if (seen !== 0 && load(slot + STATE) !== ThreadState.dead) continue;
    if (cas(slot + ID, seen, id) !== seen) continue;
    store(slot + STOP, 0);
    store(slot + WAIT_WORD, 0);
    store(slot + NOTING, 0);
    store(slot + STARTER, me);
    writeName(slot, name);
    store(slot + STATE, ThreadState.starting);
    return id;
  }
  throw errors.tooManyThreads(LAYOUT.threadSlots);
}

function writeName(slot: number, name: string): void {
  const at = (slot + NAME) * 4;
  const { written } = new TextEncoder().encodeInto(name, u8.subarray(at + 1, at + 1 + NAME_BYTES));
  u8[at] = written;
}

/** The name of a thread, as errors and listings show it. */
export function threadName(id: number): string {
  const slot = slotOf(id);
  if (load(slot + ID) !== id) return `thread ${id}`;
  const at = (slot + NAME) * 4;
  return new TextDecoder().decode(u8.slice(at + 1, at + 1 + u8[at]!));
}

/** Give this thread another name. */
export function renameThread(id: number, name: string): void {
  writeName(slotOf(id), name);
}

/** Whether a thread has not ended. */
export function isAlive(id: number): boolean {
  const slot = slotOf(id);
  return load(slot + ID) === id && load(slot + STATE) !== ThreadState.dead;
}

/** The thread that enrolled another one: its parent. */
export function starterOf(id: number): number {
  return load(slotOf(id) + STARTER);
}

/** Say that this thread runs. */
export function beginRunning(): void {
  cas(mySlot + STATE, ThreadState.starting, ThreadState.running); // unless it was buried meanwhile
  notify(mySlot + STATE);
}

/** The word that is 1 while a thread writes into its part of a recording. */
export function notingWord(id: number): number {
  return slotOf(id) + NOTING;
}

/** The word that changes when a thread begins to run and when it ends: a `ThreadState`. */
export function lifeWord(id: number): number {
  return slotOf(id) + STATE;
}

/**
 * Write down that a thread has ended, and wake everybody who is blocked: each looks again whether what it
 * waits for can still come.
 *
 * @param id The thread.
 * @param exitCode What others may know of its end; the first one counts.
 */
export function bury(id: number, exitCode = 0): void {
  const slot = slotOf(id);
  const state = load(slot + STATE);
  if (load(slot + ID) !== id || state === ThreadState.dead) return;
  store(slot + EXIT, exitCode); // before the state, which tells that it is there
  if (cas(slot + STATE, state, ThreadState.dead) !== state) return bury(id, exitCode);
  if (recording) record(What.end, 0, 0, id);
  notify(slot + STATE);
  add(LAYOUT.channelBell, 1); // somebody may wait for this thread and for channels at once
  notify(LAYOUT.channelBell);
  for (const other of blockedThreads()) notify(other.word);
}

/**
 * The exit code of a thread that has ended; `undefined` if it has not, or its slot went to another one
 * since: its parent knows it longer.
 */
export function exitCodeOf(id: number): number | undefined {
  const slot = slotOf(id);
  if (load(slot + ID) !== id || load(slot + STATE) !== ThreadState.dead) return undefined;
  const code = load(slot + EXIT);
  return load(slot + ID) === id ? code : undefined;
}

/** Tell a thread to stop: a blocking call of it throws, a loop may ask {@linkcode stopRequested}. */
export function requestStop(id: number): void {
  const slot = slotOf(id);
  if (load(slot + ID) !== id) return;
  store(slot + STOP, 1);
  notify(slot + STOP);
  nudge(id);
}

/** The word that is 1 when this thread is to stop; notified when that happens. */
export const stopWord: number = mySlot + STOP;

/**
 * Wake a thread from the word that it waits on. It may have been on the way into its sleep, so
 * whoever needs it awake repeats this until it is.
 */
export function nudge(id: number): void {
  const word = load(slotOf(id) + WAIT_WORD);
  if (word !== 0) notify(word);
}

/**
 * Whether somebody asked this thread to stop (`Process.terminate`, `Pool.terminate`). A loop that
 * computes for long asks now and then and returns, because JavaScript that computes cannot be
 * interrupted from outside. Python needs no counterpart: its processes can be killed.
 *
 * @returns `true` from the moment that somebody asked.
 * @example
 * ```ts
 * import { stopRequested } from "@polycore/sync";
 *
 * for (let i = 0; i < 1e6 && !stopRequested(); i++) Math.sqrt(i);
 * ```
 */
export function stopRequested(): boolean {
  return load(mySlot + STOP) !== 0;
}

/** Throw if this thread is to stop. */
export function throwIfStopped(): void {
  if (stopRequested()) throw errors.stopped(threadName(me));
}

/**
 * Note what this thread is about to wait for. The round is written first and the word last, so that
 * whoever reads a word between two equal rounds has read one wait and not parts of two.
 */
export function beginWait(
  word: number,
  expected: number,
  kind: number,
  timed: boolean,
  patient = false,
): void {
  store(mySlot + WAIT_ROUND, load(mySlot + WAIT_ROUND) + 1);
  store(mySlot + WAIT_EXPECTED, expected);
  store(mySlot + WAIT_KIND, kind | (timed ? TIMED : 0) | (patient ? PATIENT : 0));
  store(mySlot + WAIT_WORD, word);
}

/** Note that this thread waits no longer. */
export function endWait(): void {
  store(mySlot + WAIT_WORD, 0);
}

/** What a thread waits for. */
export interface Waiting {
  /** The thread. */
  id: number;
  /** The word that it sleeps on. */
  word: number;
  /** One of {@linkcode WaitKind}. */
  kind: number;
  /** Whether the wait ends by itself after a time. */
  timed: boolean;
  /** Whether not even a stop ends the wait: what is waited for has to be had before going on. */
  patient: boolean;
  /** Whether nobody has changed the word since or told the thread to stop: it is not about to wake. */
  asleep: boolean;
  /** Grows with each wait of the thread, so that two looks can be told apart. */
  round: number;
}

/** What a thread waits for, or `undefined` when it runs or is dead. */
export function waitingFor(id: number): Waiting | undefined {
  const slot = slotOf(id);
  const round = load(slot + WAIT_ROUND);
  const word = load(slot + WAIT_WORD);
  if (word === 0 || !isAlive(id)) return undefined;
  const flags = load(slot + WAIT_KIND);
  const unchanged = load(word) === load(slot + WAIT_EXPECTED);
  const stopping = load(slot + STOP) !== 0;
  if (load(slot + WAIT_ROUND) !== round) return undefined;
  const kind = flags & ~(TIMED | PATIENT);
  const timed = (flags & TIMED) !== 0;
  const patient = (flags & PATIENT) !== 0;
  return { id, word, kind, timed, patient, asleep: unchanged && (patient || !stopping), round };
}

/** What a kind of wait is called. */
export function kindName(kind: number): string {
  return KIND_NAMES[kind] ?? "something";
}

/**
 * The numbers of all threads that have not ended, oldest first. The slots are searched, not the newest
 * numbers: a thread that lives long may be older than any count of later ones.
 */
export function liveThreads(): number[] {
  const used = Math.min(load(LAYOUT.lastThread) + 1, LAYOUT.threadSlots);
  const ids: number[] = [];
  for (let at = 0; at < used; at++) {
    const id = load(LAYOUT.threads + at * LAYOUT.threadWords + ID);
    if (id !== 0 && isAlive(id)) ids.push(id);
  }
  return ids.sort((a, b) => a - b);
}

/** What every blocked thread waits for. */
export function blockedThreads(): Waiting[] {
  return liveThreads().map(waitingFor).filter((w) => w !== undefined);
}

if (isMainThread) {
  enrol("MainProcess");
  beginRunning();
}
