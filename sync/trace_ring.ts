/**
 * Recording: each thread has a ring of its own in the shared heap and notes there what it does, so
 * threads do not disturb each other. The rings of a recording are linked, for who reads them.
 *
 * @module
 */

import { cas, load, store } from "./atomics.ts";
import { allocate, free } from "./heap.ts";
import { f64, i32, LAYOUT } from "./memory.ts";
import { me, notingWord } from "./threads.ts";
import { recordBy, What } from "./trace_hook.ts";
import { freeObjects, listObject } from "./trace_objects.ts";

/**
 * Events that a ring keeps: 1.5 MB, of which only what is used costs memory. It is more than a person
 * looks at, and enough for what a thread does between two waits.
 */
export const RING_EVENTS = 65536;

/** The words of a ring: the ring before it, its thread, the list of the objects that the thread saw. */
const BEFORE = 0, THREAD = 1, OBJECTS = 2;
/** Doubles: how many events the thread has noted, also those that are overwritten; when it began. */
const COUNT = 2, BEGUN = 3;
/** Where the events begin. */
const FIRST = 16;

/** Words of an event: its time and its value, which are doubles, what happened, and to which object. */
const EVENT_WORDS = 6, VALUE = 1, WHAT = 4, WORD = 5;

/** Words of a ring. */
const RING_WORDS = FIRST + RING_EVENTS * EVENT_WORDS;

const noting = notingWord(me);

/** The recording that this thread takes part in. */
let session = 0;
let ring = 0;
let count = 0;
/** What is added to this thread's clock, which begins with the thread. */
let offset = 0;
const seen = new Set<number>();

/** Take part in the recording that is on, if one is. */
export function beginRecording(): void {
  session = load(LAYOUT.trace);
  if (session === 0) return;
  store(noting, 1);
  try {
    if (load(LAYOUT.trace) !== session) return;
    offset = performance.timeOrigin - f64[LAYOUT.traceOrigin / 2]!;
    useRing(makeRing());
    link(ring);
  } finally {
    store(noting, 0);
  }
  recordBy(note);
}

function makeRing(): number {
  const made = allocate(RING_WORDS);
  i32[made + THREAD] = me;
  i32[made + OBJECTS] = 0;
  f64[made / 2 + COUNT] = 0;
  f64[made / 2 + BEGUN] = performance.now() + offset;
  return made;
}

function useRing(made: number): void {
  ring = made;
  count = 0;
  seen.clear();
}

function link(made: number): void {
  for (;;) {
    const before = load(LAYOUT.traceRings);
    i32[made + BEFORE] = before;
    if (cas(LAYOUT.traceRings, before, made) === before) return;
  }
}

/**
 * Note one event. Who ends the recording first writes its end down and then looks at `noting`; this
 * writes `noting` first and then looks for the end. So the ring is never written once it may be freed.
 */
function note(what: number, word: number, kind: number, value: number): void {
  const now = performance.now();
  store(noting, 1);
  if (load(LAYOUT.trace) === session) {
    // First, as the main thread may have to wait for the heap there, and note what it does meanwhile.
    const object = word === 0 || seen.has(word) ? word : meet(word, kind);
    const at = ring + FIRST + (count & (RING_EVENTS - 1)) * EVENT_WORDS;
    f64[at / 2] = now + offset;
    f64[at / 2 + VALUE] = value;
    i32[at + WHAT] = what;
    i32[at + WORD] = object;
    f64[ring / 2 + COUNT] = ++count;
  } else {
    recordBy(undefined);
  }
  store(noting, 0);
}

/** Hold an object that this thread has not seen before; gives its word, 0 if the heap has no room. */
function meet(word: number, kind: number): number {
  try {
    i32[ring + OBJECTS] = listObject(i32[ring + OBJECTS]!, word, kind);
  } catch {
    return 0; // the program must not fail because it is watched
  }
  seen.add(word);
  return word;
}

/** Events that are noted to find out what one costs, and how often: so few that one time nobody disturbs. */
const TRIES = 500, ROUNDS = 50;

/**
 * End this thread's part, once the recording has ended, and give what it costs to note an event, in
 * nanoseconds: the best of some rounds in a ring that nobody reads.
 */
export function endRecording(): number {
  recordBy(undefined);
  session = load(LAYOUT.trace); // 0: what `note` asks for
  useRing(makeRing());
  seen.add(ring);
  let best = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const begin = performance.now();
    for (let i = 0; i < TRIES; i++) note(What.read, ring, 0, i);
    best = Math.min(best, performance.now() - begin);
  }
  free(ring);
  return best * 1e6 / TRIES;
}

// The reader, when nobody writes any more.

/** What one thread noted. */
export interface Noted {
  ms: number;
  what: number;
  word: number;
  value: number;
}

/** The rings of the recording that ended, newest first. */
export function takeRings(): number[] {
  const rings: number[] = [];
  for (let at = load(LAYOUT.traceRings); at !== 0; at = i32[at + BEFORE]!) rings.push(at);
  store(LAYOUT.traceRings, 0);
  return rings;
}

/** Whose ring it is, when that thread began, what it saw and how many events it lost. */
export function aboutRing(
  ring: number,
): { thread: number; begun: number; objects: number; lost: number } {
  return {
    thread: i32[ring + THREAD]!,
    begun: f64[ring / 2 + BEGUN]!,
    objects: i32[ring + OBJECTS]!,
    lost: Math.max(0, f64[ring / 2 + COUNT]! - RING_EVENTS),
  };
}

/** The events that a ring kept, oldest first. */
export function* notedIn(ring: number): Generator<Noted> {
  const end = f64[ring / 2 + COUNT]!;
  for (let i = Math.max(0, end - RING_EVENTS); i < end; i++) {
    const at = ring + FIRST + (i & (RING_EVENTS - 1)) * EVENT_WORDS;
    yield {
      ms: f64[at / 2]!,
      what: i32[at + WHAT]!,
      word: i32[at + WORD]!,
      value: f64[at / 2 + VALUE]!,
    };
  }
}

/** Give a ring back, and the objects that its thread saw. */
export function freeRing(ring: number): void {
  freeObjects(i32[ring + OBJECTS]!);
  free(ring);
}
