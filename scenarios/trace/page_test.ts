import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { createHash } from "node:crypto";
import { modelOf, MOST_ACCESSES } from "./model.ts";
import { type PageData, pageData } from "./page_data.ts";
import { tracePage } from "./page.ts";
import { crossedLocks, lostUpdate, TraceBuilder } from "./testing/trace_builder.ts";

const page = tracePage(modelOf(crossedLocks()), "deadlock");

function dataOf(html: string): PageData {
  return JSON.parse(/<script type="application\/json" id="trace">(.*?)<\/script>/s.exec(html)![1]!);
}

Deno.test("tracePage() gives the same bytes for the same trace", () => {
  assertEquals(tracePage(modelOf(structuredClone(crossedLocks())), "deadlock"), page);
});

Deno.test("tracePage() allows exactly its own scripts and styles, and takes nothing from outside", () => {
  const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)![1]!;
  assertStringIncludes(policy, "default-src 'none'");
  const bodies = [...page.matchAll(/<(?:script|style)>([\s\S]*?)<\/(?:script|style)>/g)];
  const hashes = bodies.map(([, body]) =>
    `'sha256-${createHash("sha256").update(body!).digest("base64")}'`
  );
  assertEquals(policy.match(/'sha256-[^']*'/g)!.sort(), hashes.sort());
  const tags = page.replace(/<(script|style)\b[^>]*>[\s\S]*?<\/\1>/g, "");
  assertEquals(/(?:src|href)="(?!data:)| style="/.test(tags), false);
});

Deno.test("tracePage() says on top what is seen, and what recording cost", () => {
  assert(page.indexOf("A deadlock: P2 waited") < page.indexOf("<canvas"));
  assertStringIncludes(page, "P3 waited longest: 11.5 ms for lock A");
  assertStringIncludes(page, "Recording took 50 ns for each of 33 events");
});

Deno.test("tracePage() has tables of waits, threads, locks, deadlocks and lost updates", () => {
  for (
    const caption of ["The waits, the longest first", "What each thread did", "How often each"]
  ) {
    assertStringIncludes(page, caption);
  }
  assertStringIncludes(page, '<button type="button" data-wait="2 0">Show</button>');
  assertEquals(page.includes("Lost updates"), false);
  assertStringIncludes(tracePage(modelOf(lostUpdate()), "race"), "Lost updates");
});

Deno.test("tracePage() escapes names, also in its data", () => {
  const t = new TraceBuilder();
  const lock = t.object("Lock", "</script><b>");
  t.at(0, "<i>", "begin").at(1, "<i>", "acquire", lock).at(2, "<i>", "end");
  const html = tracePage(modelOf(t.trace()), "x");
  assertEquals(html.includes("<i>") || html.includes("</script><b>"), false);
  assertEquals([dataOf(html).names, dataOf(html).objects[0]!.name], [["<i>"], "</script><b>"]);
});

Deno.test("pageData() tells each time as what came since the one before, in 10 ns", () => {
  const { lanes, messages, deadlocks, end } = dataOf(page);
  assertEquals(end, 17e5);
  assertEquals(lanes[3]!.tasks, [1e5, 2e5, 1, 12e5, 1e5, 2]);
  // P1 waits from 4 to 10.5 for lock B, in a deadlock, until P2 releases it half a ms before the end.
  assertEquals(lanes[0]!.waits, [4e5, 6.5e5, 1, 4, 1, 0.5e5]);
  assertEquals(messages, [12e5, 0.6e5, 2, 1, 0, 3]);
  assertEquals(deadlocks.map(({ at }) => at), [9e5]);
});

Deno.test("pageData() has a lost update to look at: both reads and both writes", () => {
  assertEquals(pageData(modelOf(lostUpdate())).lost, { from: 1e5, to: 4e5, lane: 0, at: 3e5 });
  assertEquals(dataOf(page).lost, null);
});

Deno.test("pageData() keeps the newest of very many reads and writes", () => {
  const t = new TraceBuilder();
  const count = t.object("Value", "count");
  for (let n = 0; n < MOST_ACCESSES + 5; n++) t.at(n, "A", "read", count, n);
  const [{ accesses }] = pageData(modelOf(t.trace())).lanes as [PageData["lanes"][0]];
  assertEquals([accesses.length / 4, accesses[0], accesses[3]], [MOST_ACCESSES, 5e5, 5]);
});

Deno.test("tracePage() bears an empty trace", () => {
  const empty = { threads: [], objects: [], events: [], lost: 0, nsPerEvent: 50 };
  assertStringIncludes(tracePage(modelOf(empty), "nothing"), "0 threads ran");
});
