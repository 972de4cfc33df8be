/**
 * Traces made by hand, for the tests.
 *
 * @module
 */
import type { Trace, TraceEvent } from "../model.ts";

/** Collects events; threads come into being with their first event. */
export class TraceBuilder {
  readonly #threads: string[] = [];
  readonly #objects: { kind: string; name: string }[] = [];
  readonly #events: TraceEvent[] = [];

  /** A lock, queue or value; gives its number. */
  object(kind: string, name: string): number {
    return this.#objects.push({ kind, name }) - 1;
  }

  /** An event; they may come in any order. */
  at(ms: number, name: string, what: TraceEvent["what"], object = -1, value = 0): this {
    if (!this.#threads.includes(name)) this.#threads.push(name);
    // Threads have the numbers 7, 8, 9 ..., so that nobody takes a number for a place.
    this.#events.push({ thread: 7 + this.#threads.indexOf(name), ms, what, object, value });
    return this;
  }

  /** The trace; `lost` says how many events of which threads were overwritten. */
  trace({ lost = {} }: { lost?: Record<string, number> } = {}): Trace {
    const threads = this.#threads.map((name, i) => ({ id: 7 + i, name, lost: lost[name] ?? 0 }));
    const events = this.#events.toSorted((a, b) => a.ms - b.ms);
    const all = threads.reduce((sum, { lost }) => sum + lost, 0);
    return { threads, objects: this.#objects, events, lost: all, nsPerEvent: 50 };
  }
}

/**
 * P1 and P2 take two locks crosswise; P3 waits for the first one as well. P2 is told, lets go, and
 * the others go on. A pool's worker W runs two tasks, the second after a message of P1.
 */
export function crossedLocks(): Trace {
  const t = new TraceBuilder();
  const [a, b] = [t.object("Lock", "lock A"), t.object("Lock", "lock B")];
  const news = t.object("Queue", "news");
  t.at(0, "P1", "begin").at(0, "P2", "begin").at(0, "P3", "begin").at(0, "W", "begin");
  t.at(1, "P1", "acquire", a).at(2, "P2", "acquire", b).at(3, "P3", "wait", a);
  t.at(4, "P1", "wait", b).at(5, "P2", "wait", a);
  t.at(1, "W", "task", -1, 1).at(3, "W", "task end", -1, 1).at(3, "W", "wait", news);
  t.at(9, "P1", "deadlock", b).at(9, "P2", "deadlock", a).at(9, "P2", "cancelled wait", a);
  t.at(9, "P2", "wait end", a).at(10, "P2", "release", b);
  t.at(10.5, "P1", "wait end", b).at(10.5, "P1", "acquire", b);
  t.at(12, "P1", "send", news, 1).at(12.5, "W", "wait end", news).at(12.6, "W", "receive", news, 1);
  t.at(13, "W", "task", -1, 2).at(14, "W", "task end", -1, 2);
  t.at(13, "P1", "release", b).at(14, "P1", "release", a);
  t.at(14.5, "P3", "wait end", a).at(14.5, "P3", "acquire", a).at(16, "P3", "release", a);
  for (const name of ["P1", "P2", "P3", "W"]) t.at(17, name, "end");
  return t.trace();
}

/** Two workers read 0 and both write 1; then both add once more, one after the other. */
export function lostUpdate(): Trace {
  const t = new TraceBuilder();
  const count = t.object("Value", "count");
  t.at(0, "W1", "begin").at(0, "W2", "begin");
  t.at(1, "W1", "read", count, 0).at(2, "W2", "read", count, 0);
  t.at(3, "W1", "write", count, 1).at(4, "W2", "write", count, 1);
  t.at(5, "W1", "read", count, 1).at(6, "W1", "write", count, 2);
  t.at(7, "W2", "read", count, 2).at(8, "W2", "write", count, 3);
  return t.at(9, "W1", "end").at(9, "W2", "end").trace();
}
