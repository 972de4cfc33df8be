/**
 * The objects that a recording names. Each thread lists those that it saw, in blocks of its own, and
 * holds them: so none is freed, and its address given to another one, before the recording is read.
 *
 * @module
 */

import { allocate, free, release, retain } from "./heap.ts";
import { lockName } from "./lock_label.ts";
import { i32 } from "./memory.ts";
import { beforeFreeOf } from "./shareable.ts";
import type { Traced } from "./trace_hook.ts";

/** The words of a list: the list before it, how many objects it names, and their words and kinds. */
const BEFORE = 0, COUNT = 1, FIRST = 2;

/** Objects in a list, chosen to fill a heap block. */
const ROOM = (256 - 16 - FIRST) / 2;

/** A kind of object. */
interface TraceKind {
  name: string;
  beforeFree?: ((address: number) => void) | undefined;
}

const kinds = new Map<number, TraceKind>();

/**
 * Say what a recording calls the objects of a kind.
 *
 * @param id The number of the class, or one that is no class's.
 * @param name The name.
 * @param beforeFree For what is no class: lets go of what the block refers to, before it is freed.
 */
export function nameKind(id: number, name: string, beforeFree?: (address: number) => void): void {
  kinds.set(id, { name, beforeFree });
}

nameKind(1, "Lock");
nameKind(2, "RLock");
nameKind(3, "Semaphore");
nameKind(4, "BoundedSemaphore");
nameKind(5, "Condition");
nameKind(6, "Event");
nameKind(7, "Barrier");

/** What a recording calls a kind. */
export function kindNameOf(kind: number): string {
  return kinds.get(kind)?.name ?? "object";
}

/** The name that an object was given, "" when none. */
export function givenName({ word, kind }: Traced): string {
  return kind === 1 || kind === 2 ? lockName(word) : "";
}

/** The block that an object lies in: blocks begin at multiples of 16. */
export function blockOf(word: number): number {
  return word & ~15;
}

/** Hold an object and list it; gives the list, which may be a new one. */
export function listObject(list: number, word: number, kind: number): number {
  let at = list;
  if (at === 0 || i32[at + COUNT] === ROOM) {
    at = allocate(FIRST + 2 * ROOM);
    i32[at + BEFORE] = list;
    i32[at + COUNT] = 0;
  }
  retain(blockOf(word));
  const entry = at + FIRST + 2 * i32[at + COUNT]!;
  i32[entry] = word;
  i32[entry + 1] = kind;
  i32[at + COUNT]!++;
  return at;
}

/** The objects of a list and those before it. */
export function* listedObjects(list: number): Generator<Traced> {
  for (let at = list; at !== 0; at = i32[at + BEFORE]!) {
    for (let i = 0; i < i32[at + COUNT]!; i++) {
      const entry = at + FIRST + 2 * i;
      yield { word: i32[entry]!, kind: i32[entry + 1]! };
    }
  }
}

/** Let go of the objects of a list and those before it, and free the lists. */
export function freeObjects(list: number): void {
  for (const { word, kind } of listedObjects(list)) {
    release(blockOf(word), kinds.get(kind)?.beforeFree ?? beforeFreeOf(kind));
  }
  for (let at = list; at !== 0;) {
    const before = i32[at + BEFORE]!;
    free(at);
    at = before;
  }
}
