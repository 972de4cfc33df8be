/**
 * Reading a recording: one list of events in the order of time out of the rings of all threads.
 *
 * @module
 */

import { threadName } from "./threads.ts";
import { type Trace, type TracedObject, type TraceEvent, whatOf } from "./trace_events.ts";
import { GOES_ON, type Traced, What } from "./trace_hook.ts";
import { alignClocks } from "./trace_clocks.ts";
import { blockOf, givenName, kindNameOf, listedObjects } from "./trace_objects.ts";
import { aboutRing, type Noted, notedIn } from "./trace_ring.ts";

/** An event with its object as the threads know it. */
type Told = Noted & { thread: number };

/** Put together what the threads noted. */
export function readTrace(rings: readonly number[], nsPerEvent: number): Trace {
  const about = rings.map(aboutRing);
  const ids = new Set(about.map(({ thread }) => thread));
  const told = rings.flatMap(eventsOf).filter(({ thread }) => ids.has(thread));
  alignClocks(told);
  told.sort((a, b) => a.ms - b.ms);
  tellWhatDeadlocked(told);
  const traced = new Map(
    about.flatMap(({ objects }) => [...listedObjects(objects)]).map((of) => [of.word, of]),
  );
  const { objects, numberOf } = nameObjects(told, traced);
  return {
    threads: about.map(({ thread, lost }) => ({ id: thread, name: threadName(thread), lost }))
      .sort((a, b) => a.id - b.id),
    objects,
    events: told.map(({ thread, ms, what, word, value }): TraceEvent => ({
      thread,
      ms,
      what: whatOf(what),
      object: numberOf.get(word) ?? -1,
      value,
    })),
    lost: about.reduce((sum, { lost }) => sum + lost, 0),
    nsPerEvent,
  };
}

/** What a thread noted; of what it noted about others, whom it was about. */
function eventsOf(ring: number): Told[] {
  const { thread, begun } = aboutRing(ring);
  const events: Told[] = [{ thread, ms: begun, what: What.begin, word: 0, value: 0 }];
  for (const event of notedIn(ring)) {
    const { what, value } = event;
    if (what === What.end || what === What.deadlock) {
      events.push({ ...event, thread: value, value: 0 });
      continue;
    }
    const last = events[events.length - 1]!;
    const goesOn = what === What.wait && last.what === What.waitEnd && last.word === event.word &&
      (value === GOES_ON || last.value === GOES_ON);
    if (goesOn) events.pop();
    else events.push({ ...event, thread });
  }
  for (const event of events) {
    if (event.what === What.wait || event.what === What.waitEnd) event.value = 0;
  }
  return events;
}

/** What a thread that deadlocked waited for is what its last wait is about. */
function tellWhatDeadlocked(events: readonly Told[]): void {
  const awaited = new Map<number, number>();
  for (const event of events) {
    if (event.what === What.wait) awaited.set(event.thread, event.word);
    if (event.what === What.waitEnd) awaited.delete(event.thread);
    if (event.what === What.deadlock) event.word = awaited.get(event.thread) ?? 0;
  }
}

/** Number the objects as they appear, and name those that have no name. */
function nameObjects(
  events: readonly Told[],
  traced: ReadonlyMap<number, Traced>,
): { objects: TracedObject[]; numberOf: Map<number, number> } {
  const objects: TracedObject[] = [];
  const numberOf = new Map<number, number>();
  const ofKind = new Map<string, number>();
  const nextName = (kind: string) => {
    const n = (ofKind.get(kind) ?? 0) + 1;
    ofKind.set(kind, n);
    return `${kind} ${n}`;
  };
  const name = (word: number): void => {
    const of = traced.get(word);
    if (!of || numberOf.has(word)) return;
    const owner = blockOf(word); // the lock of a Value lies in the block of the Value, and is named after it
    if (owner !== word) name(owner);
    const kind = kindNameOf(of.kind);
    const owned = objects[numberOf.get(owner) ?? -1];
    numberOf.set(word, objects.length);
    objects.push({
      kind,
      name: givenName(of) || (owned ? `lock of ${owned.name}` : nextName(kind)),
    });
  };
  for (const { word } of events) name(word);
  return { objects, numberOf };
}
