import { assertEquals } from "@std/assert";
import { criticalPath, type Step } from "./critical_path.js";
import { type Lane, modelOf, MOST_ACCESSES } from "./model.ts";
import { crossedLocks, lostUpdate, TraceBuilder } from "./testing/trace_builder.ts";

const crossed = modelOf(crossedLocks());

/** A step as "P1 runs 5-10.5". */
function short({ lane, from, to, what }: Step): string {
  return `${crossed.lanes[lane]!.name} ${what} ${from}-${to}`;
}

Deno.test("modelOf() gives each thread its tasks, waits and locks", () => {
  assertEquals(crossed.lanes.map(({ name, from, to }) => [name, from, to]), [
    ["P1", 0, 17],
    ["P2", 0, 17],
    ["P3", 0, 17],
    ["W", 0, 17],
  ]);
  const worker = crossed.lanes[3]!;
  assertEquals(worker.tasks.map(({ number, from, to }) => [number, from, to]), [
    [1, 1, 3],
    [2, 13, 14],
  ]);
  assertEquals(worker.waits.map(({ from, to, open }) => [from, to, open]), [[3, 12.5, false]]);
  const p1 = crossed.lanes[0]!.holds.map(({ object, from, to, row }) => [object, from, to, row]);
  assertEquals(p1, [[0, 1, 14, 0], [1, 10.5, 13, 1]]);
});

Deno.test("modelOf() gives each lock its owners in order", () => {
  const owners = (object: number) =>
    crossed.held.get(object)!.map(({ lane, from, to }) => [crossed.lanes[lane]!.name, from, to]);
  assertEquals(owners(0), [["P1", 1, 14], ["P3", 14.5, 16]]);
  assertEquals(owners(1), [["P2", 2, 10], ["P1", 10.5, 13]]);
});

Deno.test("modelOf() knows who ended a wait", () => {
  const wakers = crossed.lanes.flatMap(({ name, waits }) =>
    waits.map(({ waker }) => [name, waker && crossed.lanes[waker.lane]!.name, waker?.ms])
  );
  assertEquals(wakers, [["P1", "P2", 10], ["P2", null, undefined], ["P3", "P1", 14], [
    "W",
    "P1",
    12,
  ]]);
});

Deno.test("criticalPath() goes back from holder to holder without a gap", () => {
  const [wait] = crossed.lanes[2]!.waits;
  assertEquals(criticalPath(crossed.lanes, wait!).map(short), [
    "P2 runs 3-5",
    "P2 sleeps 5-9",
    "P2 runs 9-10",
    "P1 wakes 10-10.5",
    "P1 runs 10.5-14",
    "P3 wakes 14-14.5",
  ]);
});

Deno.test("modelOf() joins the ends of a message, and tells a deadlock's circle", () => {
  assertEquals(crossed.messages, [{
    object: 2,
    number: 1,
    from: 0,
    sent: 12,
    to: 3,
    received: 12.6,
  }]);
  assertEquals(crossed.deadlocks, [{
    ms: 9,
    told: 1,
    circle: true,
    members: [{ lane: 1, object: 0 }, { lane: 0, object: 1 }],
  }]);
});

Deno.test("modelOf() counts a lost update and marks both writes", () => {
  const { lanes, lostUpdates } = modelOf(lostUpdate());
  const example = { from: 1, to: 4, lane: 0, ms: 3 };
  assertEquals(lostUpdates, [{ object: 0, lost: 1, writes: 4, example }]);
  const marks = lanes.map(({ accesses }) => accesses.map(({ lost }) => lost));
  assertEquals(marks, [["", "overwritten", "", ""], ["", "overwrites", "", ""]]);
});

Deno.test("modelOf() sees all updates lost that came between a read and its write", () => {
  const t = new TraceBuilder();
  const count = t.object("Value", "count");
  t.at(0, "slow", "read", count, 5);
  for (let n = 0; n < 3; n++) {
    t.at(1 + 2 * n, "fast", "read", count, 5 + n).at(2 + 2 * n, "fast", "write", count, 6 + n);
  }
  t.at(9, "slow", "write", count, 6);
  const example = { from: 0, to: 9, lane: 1, ms: 2 };
  assertEquals(modelOf(t.trace()).lostUpdates, [{ object: 0, lost: 3, writes: 4, example }]);
});

Deno.test("modelOf() keeps the newest reads and writes, and those of a lost update", () => {
  const t = new TraceBuilder();
  const count = t.object("Value", "count");
  t.at(0, "A", "read", count, 8);
  t.at(5, "A", "read", count, 0).at(5.1, "B", "read", count, 0);
  t.at(5.2, "A", "write", count, 1).at(5.3, "B", "write", count, 1);
  for (let n = 0; n < MOST_ACCESSES; n++) t.at(9, "A", "read", count, 1);
  const [{ accesses, lost }] = modelOf(t.trace()).lanes as [Lane];
  assertEquals(accesses.length, MOST_ACCESSES + 2);
  assertEquals([accesses[0]!.ms, accesses[1]!.ms, accesses[2]!.ms, lost], [5, 5.2, 9, [5.2]]);
});

Deno.test("modelOf() believes the values where the notes of two threads overlap", () => {
  const t = new TraceBuilder();
  const count = t.object("Value", "count");
  t.at(0, "A", "read", count, 0).at(0.1, "B", "read", count, 1);
  t.at(0.2, "B", "write", count, 2).at(0.3, "A", "write", count, 1);
  t.at(4, "A", "read", count, 2).at(5, "A", "write", count, 3);
  assertEquals(modelOf(t.trace()).lostUpdates, []);
});

Deno.test("modelOf() takes what was set, and what was added in one step, for no update of the old value", () => {
  const t = new TraceBuilder();
  const count = t.object("Value", "count");
  t.at(0, "A", "read", count, 7).at(1, "B", "write", count, 8).at(2, "A", "read", count, 8);
  t.at(3, "B", "write", count, 0).at(4, "B", "write", count, 1).at(5, "A", "read", count, 1);
  assertEquals(modelOf(t.trace()).lostUpdates, []);
  t.at(6, "B", "write", count, 2).at(7, "A", "write", count, 2);
  assertEquals(modelOf(t.trace()).lostUpdates.map(({ lost, writes }) => [lost, writes]), [[1, 5]]);
});

Deno.test("modelOf() looks for lost updates where all writers were recorded, if events were overwritten", () => {
  const t = new TraceBuilder();
  const count = t.object("Value", "count");
  t.at(0, "A", "read", count, 5).at(1, "A", "write", count, 6);
  t.at(2, "A", "read", count, 90).at(3, "B", "read", count, 90); // B's older ones are gone
  t.at(4, "A", "write", count, 91).at(5, "B", "write", count, 91);
  const { lanes, lostUpdates } = modelOf(t.trace({ lost: { B: 9 } }));
  assertEquals(lanes.map(({ partial }) => partial), [false, true]);
  assertEquals(lostUpdates.map(({ lost, writes }) => [lost, writes]), [[1, 2]]);
});

Deno.test("modelOf() gives each holder of a semaphore a place", () => {
  const t = new TraceBuilder();
  const doors = t.object("Semaphore", "doors");
  t.at(4, "A", "acquire", doors).at(5, "B", "acquire", doors);
  t.at(6, "A", "release", doors).at(7, "C", "acquire", doors).at(8, "B", "release", doors);
  t.at(9, "A", "acquire", doors).at(9, "A", "acquire", doors).at(10, "B", "release", doors, 2);
  const { held } = modelOf(t.trace());
  assertEquals(held.get(doors)!.map(({ lane, from, to, place }) => [lane, from, to, place]), [
    [0, 4, 6, 0],
    [1, 5, 8, 1],
    [2, 7, 10, 0], // who has held longest lets go when another thread releases
    [0, 9, 10, 1],
    [0, 9, 10, 2], // nobody released it
  ]);
});

Deno.test("modelOf() ends at the recording's end what nothing ended, and bears a lost beginning", () => {
  const t = new TraceBuilder();
  const lock = t.object("Lock", "lock");
  t.at(1, "A", "wait end", lock).at(2, "A", "release", lock).at(3, "A", "task end", -1, 1);
  t.at(4, "A", "receive", lock, 9).at(5, "A", "wait", lock).at(9, "B", "acquire", lock);
  const { lanes, messages, end } = modelOf(t.trace({ lost: { A: 3 } }));
  assertEquals([lanes[0]!.tasks, messages, end], [[], [], 9]);
  assertEquals(lanes[0]!.waits.map(({ from, to, open }) => [from, to, open]), [[5, 9, true]]);
  assertEquals(modelOf({ ...t.trace(), events: [], threads: [] }).lanes, []);
  assertEquals(modelOf(t.trace(), 20).lanes[0]!.waits[0]!.to, 20);
});
