import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { traceFigure } from "./figure.ts";
import { crossedLocks, lostUpdate, TraceBuilder } from "./testing/trace_builder.ts";

const crossed = traceFigure(crossedLocks(), "deadlock");

Deno.test("traceFigure() gives the same text for the same trace, and needs no script or style", () => {
  assertEquals(traceFigure(structuredClone(crossedLocks()), "deadlock"), crossed);
  assertEquals(/<script|style=|href=|src=| id=/.test(crossed), false);
});

Deno.test("traceFigure() has a lane for each thread, a strip for each lock, and says what is seen", () => {
  for (const name of ["P1", "P2", "P3", "W", "lock A", "lock B"]) {
    assertMatch(crossed, new RegExp(`text-anchor="end">${name}</text>`));
  }
  for (const words of ["waits", "holds a lock", "message", "critical path", "deadlock"]) {
    assertStringIncludes(crossed, words);
  }
  assertStringIncludes(crossed, "P2 was told.");
});

Deno.test("traceFigure() marks a lost update", () => {
  const text = traceFigure(lostUpdate(), "race");
  assertStringIncludes(text, "One update of count was lost");
  assertStringIncludes(text, "lost update or deadlock");
  assertMatch(text, /fill="var\(--bad, #a3261b\)" fill-opacity="1"\s+d="M416/); // 3 of 9 ms
});

Deno.test("traceFigure() escapes names", () => {
  const t = new TraceBuilder();
  t.at(0, "<b>&", "begin").at(1, "<b>&", "end");
  const text = traceFigure(t.trace(), '"<i>');
  assert(!text.includes("<b>") && !text.includes("<i>"));
  assertStringIncludes(text, "&lt;b&gt;&amp;");
});

Deno.test("traceFigure() stays small, however many events and threads there are", () => {
  const t = new TraceBuilder();
  const lock = t.object("Lock", "lock");
  const names = Array.from({ length: 40 }, (_, i) => `W${i}`);
  for (let n = 0; n < 40_000; n++) {
    const name = names[n % names.length]!;
    t.at(n, name, "wait", lock).at(n + 0.3, name, "wait end", lock);
    t.at(n + 0.3, name, "acquire", lock).at(n + 0.6, name, "release", lock);
  }
  const text = traceFigure(t.trace(), "many");
  assert(text.match(/<(path|text|rect|g)\b/g)!.length < 2000);
  assert(text.length < 500_000, String(text.length));
  assertStringIncludes(text, "Not drawn: 16 rows of threads that did less.");
});

Deno.test("traceFigure() bears an empty trace", () => {
  const empty = { threads: [], objects: [], events: [], lost: 0, nsPerEvent: 50 };
  assertStringIncludes(traceFigure(empty, "nothing"), "0 threads ran");
});
