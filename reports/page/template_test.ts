import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { createHash } from "node:crypto";
import { syntheticReport } from "../synthetic_report.ts";
import { renderPage } from "./template.ts";

const report = syntheticReport(2, [1, 2, 4], {}, { noise: 0 });
const page = renderPage(report, "x");

Deno.test("renderPage() gives the same bytes for the same report", () => {
  assertEquals(renderPage(structuredClone(report), "x"), page);
});

Deno.test("renderPage() allows exactly its own scripts and styles", () => {
  const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)![1];
  assertStringIncludes(policy, "default-src 'none'");
  const bodies = [...page.matchAll(/<(?:script|style)>([\s\S]*?)<\/(?:script|style)>/g)];
  const hashes = bodies.map(([, body]) =>
    `'sha256-${createHash("sha256").update(body).digest("base64")}'`
  );
  const allowed = policy.match(/'sha256-[^']*'/g)!;
  assertEquals(allowed.sort(), hashes.sort());
  assertEquals(hashes.length, 6);
});

Deno.test("renderPage() takes nothing from outside the file", () => {
  const tags = page.replace(/<(script|style)\b[^>]*>[\s\S]*?<\/\1>/g, "");
  assertEquals(/(?:src|href)="(?!data:|#)/.test(tags), false);
  assertEquals(/ style="/.test(tags), false);
  assertStringIncludes(page, "Chart.js v4.6.1");
  assertStringIncludes(page, "Released under the MIT License");
});

Deno.test("renderPage() holds every raw sample, as JSON that cannot end its element", () => {
  const hostile = syntheticReport(1, [1], { host: "</script><b>&" });
  const html = renderPage(hostile, "x");
  const json = /<script type="application\/json" id="report">(.*?)<\/script>/.exec(html)![1];
  assertEquals(JSON.parse(json), hostile);
  assertEquals(html.includes("</script><b>"), false);
  assertStringIncludes(html, "&lt;/script&gt;&lt;b&gt;&amp;");
});

Deno.test("renderPage() names each canvas by its finding, and has a table of the same figures", () => {
  assertMatch(
    page,
    /<canvas id="monte-carlo-pi-speedup" role="img" aria-label="[^"]*1\.96 times on 2 workers[^"]*"/,
  );
  assertMatch(page, /<details[^>]*>.*<caption><span>Monte-Carlo pi: scaling<\/span>/s);
  assertStringIncludes(page, "1.96 (1.96 to 1.96)");
});

Deno.test("renderPage() sets the published table beside Monte-Carlo pi", () => {
  for (const figure of ["402 s", "109.5 s", "60.5 s", "32.5 s", "12.37"]) {
    assertStringIncludes(page, figure);
  }
  assertEquals(page.match(/Beside the published table/g)?.length, 1);
});

Deno.test("renderPage() says which values could not be read", () => {
  const html = renderPage(syntheticReport(1, [1], { cpu: null }), "x");
  assertStringIncludes(html, '<dt>Processor</dt><dd class="missing">not readable</dd>');
});

Deno.test("renderPage() draws no speedup where there is one worker alone", () => {
  const html = renderPage(syntheticReport(1, [1]), "x");
  assertEquals(html.includes('id="monte-carlo-pi-speedup"'), false);
  assertStringIncludes(html, 'id="monte-carlo-pi-time"');
});

Deno.test("renderPage() says at the top that a run is incomplete, and what it lacks", () => {
  const cut = { ...syntheticReport(4, [1, 2, 4]), complete: false };
  cut.kernels[1].runs.pop();
  const html = renderPage(cut, "x");
  const note = html.indexOf("This run is incomplete.");
  assertEquals(note > 0 && note < html.indexOf('class="findings"'), true);
  assertStringIncludes(html, "The dot product lacks some numbers of workers.");
  assertEquals(page.includes("incomplete."), false);
});

Deno.test("renderPage() goes from the findings to the machine, the warnings, the charts, the tables", () => {
  const html = renderPage(syntheticReport(2, [1, 2, 4]), "x");
  const order = [
    "<h1>",
    'class="findings"',
    "The machine</h2>",
    "Read with care",
    "<canvas",
    "<table",
  ];
  const places = order.map((part) => html.indexOf(part));
  assertEquals(places.every((at, i) => at > (places[i - 1] ?? 0)), true, String(places));
});

Deno.test("renderPage() lists a language that is missing with the reason", () => {
  assertMatch(page, /the same loop in Python with Numba[^]*?missing: numba is not installed/);
});

Deno.test("renderPage() leads to a comparison", () => {
  const html = renderPage(report, "x", { href: "c.html", sentence: "Nothing changed." });
  assertMatch(html, /Nothing changed\.\s+<a href="c.html">/);
});

Deno.test("renderPage() says what was not measured, and bears a run without any kernel", () => {
  const bare = structuredClone(report);
  Object.assign(bare.kernels[0], { weakRuns: [], chunkSweep: null, taskSweep: null });
  assertMatch(
    renderPage(bare, "x"),
    /Not measured in this run: weak scaling, the size of the chunks and the size of\s+the tasks/,
  );
  const none = { ...report, kernels: [], startup: [], complete: false };
  assertStringIncludes(renderPage(none, "x"), "No kernel was measured.");
});

Deno.test("renderPage() folds warnings about the same matter into one", () => {
  const few = syntheticReport(2, [1, 2], {}, { samples: 3 });
  const html = renderPage(few, "x");
  assertEquals(html.match(/<strong>Too few samples<\/strong>/g)?.length, 1);
});
