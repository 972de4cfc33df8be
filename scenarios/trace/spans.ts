/**
 * From events to stretches of time: what each thread did, and who held which lock.
 *
 * @module
 */
import { byName } from "./names.ts";
import type { Access, Hold, Lane, Task, Trace, TraceEvent, Wait } from "./model.ts";

/** What is being built; `to` is not known yet. */
type Growing<T> = { -readonly [K in keyof T]: T[K] };

/** A thread while its events are read. */
class Thread {
  readonly tasks: Growing<Task>[] = [];
  readonly waits: Growing<Wait>[] = [];
  readonly holds: Growing<Hold>[] = [];
  readonly accesses: Access[] = [];
  /** What it holds now. */
  readonly holding = new Set<Growing<Hold>>();
  from = Infinity;
  to = -Infinity;
  ended = false;
  /** The sleeps that have begun and not ended; a condition's wait has that for its lock inside. */
  readonly asleep: Growing<Wait>[] = [];

  constructor(readonly name: string, readonly partial: boolean, readonly lane: number) {}

  beginWait({ ms, object }: TraceEvent): void {
    const wait = { lane: this.lane, object, from: ms, to: Infinity, open: true };
    this.asleep.push({ ...wait, deadlock: false, cancelled: false, waker: null });
    this.waits.push(this.asleep.at(-1)!);
  }

  endWait({ ms, object }: TraceEvent): void {
    const at = this.asleep.findLastIndex((wait) => wait.object === object);
    if (at === -1) return; // its begin was overwritten
    for (const wait of this.asleep.splice(at)) Object.assign(wait, { to: ms, open: false });
  }

  access({ ms, object, value, what }: TraceEvent): void {
    this.accesses.push({ ms, object, value, write: what === "write", lost: "" });
  }
}

/** The holders of one lock while its events are read. */
class Lock {
  /** All that ever held it. */
  readonly holds: Growing<Hold>[] = [];
  /** Who holds it now. */
  readonly #now: { thread: Thread; hold: Growing<Hold> }[] = [];

  constructor(readonly object: number) {}

  acquire(thread: Thread, from: number): void {
    const { object } = this;
    const place = free(this.#now.map(({ hold }) => hold.place));
    const row = free([...thread.holding].map(({ row }) => row));
    const hold = { lane: thread.lane, object, from, to: Infinity, place, row };
    this.holds.push(hold);
    this.#now.push({ thread, hold });
    thread.holds.push(hold);
    thread.holding.add(hold);
  }

  /** Another thread may release a lock, too; then the one that has held it longest lets go. */
  release(thread: Thread, ms: number): void {
    const own = this.#now.findIndex((one) => one.thread === thread);
    const [one] = this.#now.splice(Math.max(0, own), 1);
    if (!one) return; // its begin was overwritten
    one.hold.to = ms;
    one.thread.holding.delete(one.hold);
  }
}

/** A semaphore may get several places back at once. */
function placesGivenBack({ object, value }: TraceEvent, objects: Trace["objects"]): number {
  return objects[object]!.kind.endsWith("Semaphore") ? Math.max(1, value) : 1;
}

/** The least number of 0 or more that is not taken. */
function free(taken: readonly number[]): number {
  let least = 0;
  while (taken.includes(least)) least++;
  return least;
}

/** The lanes, and the holders of each lock; what nothing ended lasts until `end`. */
export function spansIn(
  { threads, objects, events }: Trace,
  end: number,
): { lanes: Lane[]; held: Map<number, Hold[]> } {
  const byId = new Map(
    threads.map(({ id, name, lost }, lane) => [id, new Thread(name, lost > 0, lane)]),
  );
  const locks = new Map<number, Lock>();
  const lockOf = (object: number) => {
    const known = locks.get(object) ?? new Lock(object);
    locks.set(object, known);
    return known;
  };
  for (const event of events) {
    const thread = byId.get(event.thread)!;
    const { ms, object, value } = event;
    thread.from = Math.min(thread.from, ms);
    thread.to = ms;
    switch (event.what) {
      case "end":
        thread.ended = true;
        break;
      case "task":
        thread.tasks.push({ number: value, from: ms, to: Infinity });
        break;
      case "task end":
        if (thread.tasks.at(-1)?.to === Infinity) thread.tasks.at(-1)!.to = ms;
        break;
      case "wait":
        thread.beginWait(event);
        break;
      case "wait end":
        thread.endWait(event);
        break;
      case "deadlock":
        if (thread.asleep.length > 0) thread.asleep.at(-1)!.deadlock = true;
        break;
      case "cancelled wait":
        if (thread.asleep.length > 0) thread.asleep.at(-1)!.cancelled = true;
        break;
      case "acquire":
        lockOf(object).acquire(thread, ms);
        break;
      case "release":
        for (let n = 0; n < placesGivenBack(event, objects); n++) {
          lockOf(object).release(thread, ms);
        }
        break;
      case "read":
      case "write":
        thread.access(event);
    }
  }
  const lanes = [...byId.values()].map((thread): Lane => {
    const { name, partial, tasks, waits, holds, accesses } = thread;
    const from = Math.min(thread.from, end);
    const to = thread.ended ? thread.to : end;
    for (const span of [...tasks, ...waits, ...holds]) if (span.to === Infinity) span.to = to;
    return { name, partial, from, to, tasks, waits, holds, accesses, lost: [] };
  });
  const nameOf = (object: number) => objects[object]!.name;
  const inOrder = [...locks.values()].sort((a, b) => byName(nameOf(a.object), nameOf(b.object)));
  const held = new Map(inOrder.map(({ object, holds }) => [object, holds]));
  return { lanes, held };
}
