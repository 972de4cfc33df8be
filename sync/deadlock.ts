/**
 * Finding deadlocks while they last. A waiting thread follows the chain "waits for a lock, whose owner
 * waits for a lock, ..." through the thread table and the lock words; nothing is written down on the
 * uncontended path, so it costs nothing there.
 *
 * @module
 */

import { load } from "./atomics.ts";
import { errors } from "./errors.ts";
import { lockLabel } from "./lock_label.ts";
import {
  blockedThreads,
  isAlive,
  kindName,
  liveThreads,
  me,
  nudge,
  threadName,
  type Waiting,
  waitingFor,
  WaitKind,
} from "./threads.ts";
import { record, recording, What } from "./trace_hook.ts";

/** The owner that a lock word names, 0 when it is free. */
export function ownerOf(word: number): number {
  return load(word) >>> 1;
}

function isLock(kind: number): boolean {
  return kind === WaitKind.lock || kind === WaitKind.rlock;
}

/** The circle of waiting threads that begins and ends at a thread, if there is one. */
function circle(start: number): Waiting[] | undefined {
  const members: Waiting[] = [];
  for (let id = start;;) {
    const waiting = waitingFor(id);
    if (!waiting || waiting.timed || !waiting.asleep || !isLock(waiting.kind)) return undefined;
    members.push(waiting);
    id = ownerOf(waiting.word);
    if (id === start) return members;
    if (id === 0 || members.some((m) => m.id === id)) return undefined;
  }
}

function same(a: Waiting[], b: Waiting[] | undefined): boolean {
  return b !== undefined && a.length === b.length &&
    a.every((m, i) => m.id === b[i]!.id && m.round === b[i]!.round);
}

/**
 * Throw a `DeadlockError` if this thread is the one of a circle that has to. Two looks that agree
 * prove it: each member was blocked, on that lock, at the moment between the two.
 *
 * @param kind What this thread is about to sleep for.
 * @param slices How many times it has slept before in the same call.
 */
export function lookForDeadlock(kind: number, slices: number): void {
  if (isLock(kind)) {
    const members = circle(me);
    if (members && same(members, circle(me))) throwInOne(members);
  }
  // Everybody asleep: one look in a while is enough. The main thread is always a member and throws,
  // unless it is patient.
  if (slices > 0 && (me === 1 || waitingFor(1)?.patient)) {
    const all = everybodyAsleep();
    if (all && all.find((w) => !w.patient)?.id === me && same(all, everybodyAsleep())) {
      tellRecording(all);
      throw errors.allAsleep(all.map((w) => `${threadName(w.id)} waits for ${kindName(w.kind)}`));
    }
  }
}

function throwInOne(members: Waiting[]): void {
  // The youngest throws, so that exactly one does; the others wake it, as it may have looked too soon.
  // A patient one would unwind without a lock that its callers think they hold; a circle of nothing
  // but patient ones cannot come about, because each had its lock after the next one got it.
  const able = members.filter((m) => !m.patient);
  const victim = Math.max(...(able.length > 0 ? able : members).map((m) => m.id));
  if (victim !== me) return nudge(victim);
  tellRecording(members);
  const last = members.length - 1;
  throw errors.deadlock(members.map((m, i) => ({
    thread: threadName(m.id),
    holds: lockLabel(members[i === 0 ? last : i - 1]!.word),
    waitsFor: lockLabel(m.word),
  })));
}

/** Note for each member that it deadlocked, and that this thread is the one that goes on. */
function tellRecording(members: Waiting[]): void {
  if (!recording) return;
  for (const { id } of members) record(What.deadlock, 0, 0, id);
  record(What.cancelledWait);
}

function everybodyAsleep(): Waiting[] | undefined {
  const blocked = blockedThreads();
  if (blocked.length !== liveThreads().length) return undefined;
  return blocked.some((w) => w.timed || !w.asleep || willWake(w)) ? undefined : blocked;
}

/** Whether a thread that sleeps is about to find out that a lock's owner died or goes in a circle. */
function willWake({ id, kind, word }: Waiting): boolean {
  return isLock(kind) && (!isAlive(ownerOf(word)) || circle(id) !== undefined);
}
