import { assertEquals } from "@std/assert";
import {
  costSentence,
  deadlockSentence,
  findingsOf,
  longestWaits,
  waitSentence,
} from "./findings.ts";
import { modelOf } from "./model.ts";
import { crossedLocks, lostUpdate, TraceBuilder } from "./testing/trace_builder.ts";

const crossed = modelOf(crossedLocks());

Deno.test("findingsOf() names the deadlock's circle, then the longest wait and why it was so long", () => {
  assertEquals(findingsOf(crossed), [
    "A deadlock: P2 waited for lock A, which P1 held while it waited for lock B, which P2 held. P2 was told.",
    "P3 waited longest: 11.5 ms for lock A, which P1 held while it waited for lock B.",
  ]);
});

Deno.test("findingsOf() tells of a thread that waits for what it has, and of a circle of no locks", () => {
  const t = new TraceBuilder();
  const [lock, queue] = [t.object("Lock", "the lock"), t.object("Queue", "q")];
  t.at(0, "A", "acquire", lock).at(1, "A", "wait", lock).at(2, "A", "deadlock", lock);
  t.at(2, "A", "cancelled wait", lock).at(3, "A", "wait end", lock).at(3, "A", "release", lock);
  t.at(4, "A", "wait", queue).at(4, "B", "wait", queue);
  t.at(9, "A", "deadlock", queue).at(9, "B", "deadlock", queue).at(9, "B", "cancelled wait", queue);
  const model = modelOf(t.at(9, "B", "wait end", queue).trace());
  assertEquals(model.deadlocks.map((deadlock) => deadlockSentence(model, deadlock)), [
    "A deadlock: A waited for the lock, which it already held. A was told.",
    "A deadlock: nobody could go on: A waited for q and B waited for q. B was told.",
  ]);
});

Deno.test("findingsOf() counts lost updates, and says so where nobody waited", () => {
  assertEquals(findingsOf(modelOf(lostUpdate())), [
    "One update of count was lost, of 4 that were recorded: another thread had read the value " +
    "before and wrote over it.",
  ]);
  const t = new TraceBuilder().at(0, "A", "begin").at(3, "A", "end");
  assertEquals(findingsOf(modelOf(t.trace())), [
    "1 thread ran for 3.00 ms. None waited for another one.",
  ]);
});

Deno.test("longestWaits() has locks first, and leaves out who had nothing to do", () => {
  const t = new TraceBuilder();
  const [queue, lock, tasks] = [
    t.object("Queue", "q"),
    t.object("Lock", "l"),
    t.object("tasks", "t"),
  ];
  t.at(0, "A", "wait", queue).at(9, "A", "wait end", queue);
  t.at(0, "B", "wait", lock).at(1, "B", "wait end", lock).at(2, "B", "wait", lock);
  t.at(0, "C", "wait", tasks).at(20, "C", "wait end", tasks);
  const model = modelOf(t.trace());
  assertEquals(longestWaits(model).map((wait) => waitSentence(model, wait)), [
    "B waited 18.0 ms for l, and the recording ended first.",
    "B waited 1.00 ms for l.",
    "A waited 9.00 ms for q.",
  ]);
});

Deno.test("waitSentence() names who held the lock for most of the wait, or all that did in turns", () => {
  const t = new TraceBuilder();
  const lock = t.object("Lock", "the lock");
  t.at(0, "W", "wait", lock);
  const held = (name: string, from: number, to: number) =>
    t.at(from, name, "acquire", lock).at(to, name, "release", lock);
  const sentence = (to: number) => {
    const model = modelOf(t.at(to, "W", "wait end", lock).trace());
    return waitSentence(model, model.lanes[0]!.waits[0]!);
  };
  held("A", 0, 4), held("B", 4, 7), held("A", 7, 9);
  assertEquals(sentence(10), "W waited 10.0 ms for the lock, which A and B held 3 times.");
  t.at(20, "W", "wait", lock);
  held("B", 21, 28);
  t.at(29, "W", "wait end", lock);
  const model = modelOf(t.trace());
  const [, second] = model.lanes[0]!.waits;
  assertEquals(waitSentence(model, second!), "W waited 9.00 ms for the lock, which B held.");
});

Deno.test("waitSentence() says who sent what was waited for", () => {
  const wait = crossed.lanes[3]!.waits[0]!;
  assertEquals(waitSentence(crossed, wait), "W waited 9.50 ms for news, until P1 sent something.");
});

Deno.test("costSentence() counts what was overwritten, too", () => {
  assertEquals(
    costSentence(crossed),
    "Recording took 50 ns for each of 33 events, 1.65 µs in all or less than 0.1 % of the threads' time. " +
      "None was lost.",
  );
  const lossy = modelOf({ ...crossedLocks(), lost: 1e6 });
  assertEquals(
    costSentence(lossy).split(". ")[1],
    "1,000,000 older ones were overwritten, since a " +
      "thread keeps its newest only: what is counted here is the least that happened.",
  );
});
