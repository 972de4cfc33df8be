import { assert, assertEquals } from "@std/assert";
import { alignClocks, type Timed } from "./trace_clocks.ts";
import { What } from "./trace_hook.ts";

const LOCK = 1, QUEUE = 2;

function event(thread: number, ms: number, what: number, word: number, value: number): Timed {
  return { thread, ms, what, word, value };
}

/** The order in which the threads appear in time. */
function order(events: Timed[]): number[] {
  return events.toSorted((a, b) => a.ms - b.ms).map(({ thread }) => thread);
}

Deno.test("right clocks stay as they are", () => {
  const events = [
    event(1, 1, What.send, QUEUE, 0),
    event(2, 2, What.receive, QUEUE, 0),
    event(2, 3, What.acquire, LOCK, 1),
    event(2, 4, What.release, LOCK, 1),
    event(1, 5, What.acquire, LOCK, 2),
  ];
  const before = structuredClone(events);
  alignClocks(events);
  assertEquals(events, before);
});

Deno.test("a message is sent before it is received", () => {
  const events = [
    event(1, 5, What.send, QUEUE, 0),
    event(2, 4.5, What.receive, QUEUE, 0),
    event(2, 4.6, What.read, 3, 0),
  ];
  alignClocks(events);
  const [send, receive, read] = events.map(({ ms }) => ms) as [number, number, number];
  assert(receive > send && receive < send + 1e-3);
  assert(Math.abs(read - receive - 0.1) < 1e-9); // the whole clock is moved
});

Deno.test("a lock is given back before it is taken again, over several threads", () => {
  const events = [
    event(1, 10, What.acquire, LOCK, 1),
    event(1, 11, What.release, LOCK, 1),
    event(2, 10.9, What.acquire, LOCK, 2),
    event(2, 11.2, What.release, LOCK, 2),
    event(3, 11.1, What.acquire, LOCK, 3),
  ];
  alignClocks(events);
  assertEquals(order(events), [1, 1, 2, 2, 3]);
});

Deno.test("messages that belong to other queues, and holds apart, tell nothing", () => {
  const events = [
    event(1, 5, What.send, QUEUE, 0),
    event(2, 4, What.receive, QUEUE, 1),
    event(3, 4, What.receive, LOCK, 0),
    event(1, 6, What.release, LOCK, 1),
    event(2, 5, What.acquire, LOCK, 3),
  ];
  const before = structuredClone(events);
  alignClocks(events);
  assertEquals(events, before);
});

Deno.test("orders that contradict each other end too", () => {
  const events = [
    event(1, 2, What.send, QUEUE, 0),
    event(2, 1, What.receive, QUEUE, 0),
    event(2, 2, What.send, LOCK, 0),
    event(1, 1, What.receive, LOCK, 0),
  ];
  alignClocks(events);
  assert(events.every(({ ms }) => Number.isFinite(ms)));
});
