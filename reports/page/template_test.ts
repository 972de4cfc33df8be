import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { createHash } from "node:crypto";
import { syntheticReport } from "../synthetic_report.ts";
import { renderIndex } from "./index_page.ts";
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
  assertEquals(hashes.length, 4);
});

Deno.test("renderPage() takes nothing from outside the file", () => {
  const tags = page.replace(/<(script|style)\b[^>]*>[\s\S]*?<\/\1>/g, "");
  assertEquals(/(?:src|href)="(?!data:)/.test(tags), false);
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
  assertMatch(page, /<details[^>]*>.*<caption>Monte-Carlo pi: scaling<\/caption>/s);
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

Deno.test("renderIndex() lists the latest first and says what is damaged", () => {
  const later = { ...syntheticReport(2, [1]), createdAt: "2026-02-03T00:00:00Z" };
  const html = renderIndex([
    { name: "bad", report: "Cannot use it" },
    { name: "a", report },
    { name: "b&", report: later },
  ]);
  const order = ["b%26.html", "a.html", "Cannot use it."].map((part) => html.indexOf(part));
  assertEquals(order.every((at, i) => at > (order[i - 1] ?? 0)), true, String(order));
  assertStringIncludes(renderIndex([]), "no report yet");
});
