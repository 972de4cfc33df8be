import { assert, assertEquals } from "@std/assert";
import { type ChromeEvent, chromeEvents, chromeTrace } from "./chrome.ts";
import { modelOf } from "./model.ts";
import { crossedLocks, lostUpdate } from "./testing/trace_builder.ts";

const model = modelOf(crossedLocks());
const events = chromeEvents(model);
const of = (ph: ChromeEvent["ph"], name?: string) =>
  events.filter((event) => event.ph === ph && (name === undefined || event.name === name));

Deno.test("chromeTrace() is an object with the events, and tells what recording cost", () => {
  const file = JSON.parse(chromeTrace(model));
  assertEquals(Object.keys(file), ["traceEvents", "displayTimeUnit", "otherData"]);
  assertEquals(file.traceEvents, events);
  assertEquals(file.otherData, { recorder: "Polycore", events: 33, lost: 0, nsPerEvent: 50 });
});

Deno.test("each event has the fields that its phase asks for", () => {
  for (const event of [...events, ...chromeEvents(modelOf(lostUpdate()))]) {
    for (const key of ["name", "ph", "pid", "tid"] as const) assert(key in event, key);
    if (event.ph === "M") {
      assert(["process_name", "thread_name", "thread_sort_index"].includes(event.name));
      assert("name" in event.args! || "sort_index" in event.args!);
      continue;
    }
    assert(event.ts! >= 0 && event.cat !== undefined, event.name);
    if (event.ph === "X") assert(event.dur! >= 0);
    if (event.ph === "s" || event.ph === "f") assert(event.id! > 0);
    assertEquals(event.bp, event.ph === "f" ? "e" : undefined);
    assertEquals(event.s, event.ph === "i" ? "t" : undefined);
  }
});

Deno.test("every track has a name, and slices of one track lie within each other", () => {
  const named = new Set(of("M", "thread_name").map(({ pid, tid }) => `${pid} ${tid}`));
  const tracks = Map.groupBy(of("X"), ({ pid, tid }) => `${pid} ${tid}`);
  for (const [track, slices] of tracks) {
    assert(named.has(track), track);
    slices.sort((a, b) => a.ts! - b.ts! || b.dur! - a.dur!);
    const open: number[] = [];
    for (const { ts, dur } of slices) {
      while (open.length > 0 && open.at(-1)! <= ts!) open.pop();
      assert(open.length === 0 || ts! + dur! <= open.at(-1)!, `${track} at ${ts}`);
      open.push(ts! + dur!);
    }
  }
});

Deno.test("times are microseconds, and locks are tracks that say who has them", () => {
  const [wait] = of("X", "waits for lock B");
  assertEquals([wait!.ts, wait!.dur], [4000, 6500]);
  const lockB = of("M", "thread_name").find(({ args }) => args!.name === "lock B")!;
  const owners = of("X").filter(({ pid, tid }) => pid === lockB.pid && tid === lockB.tid);
  assertEquals(owners.map(({ name, ts, dur }) => [name, ts, dur]), [
    ["P2", 2000, 8000],
    ["P1", 10500, 2500],
  ]);
});

Deno.test("a message is a flow from a slice of its sender to one of its receiver", () => {
  const [start, end] = [...of("s"), ...of("f")];
  assertEquals([start!.id, start!.name, start!.cat], [end!.id, end!.name, end!.cat]);
  for (const { ts, tid } of [start!, end!]) {
    assert(of("X").some((x) => x.tid === tid && x.ts! <= ts! && ts! <= x.ts! + x.dur!));
  }
});

Deno.test("a value is a counter, and a lost update is in a category of its own", () => {
  const all = chromeEvents(modelOf(lostUpdate()));
  const values = all.filter(({ ph }) => ph === "C").map(({ args }) => args!.value);
  assertEquals(values.toSorted(), [1, 1, 2, 3]);
  const lost = all.filter(({ cat }) => cat === "value,lost update").map(({ args }) => args!.lost);
  assertEquals(lost, ["overwritten", "overwrites"]);
});
