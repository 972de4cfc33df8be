import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { syntheticReport } from "../synthetic_report.ts";
import { renderIndex } from "./index_page.ts";
import { sparkline } from "./sparkline.ts";

const at = (day: string, host: string, oneMs: number) => ({
  name: `${host}-${day}`,
  report: {
    ...syntheticReport(4, [1, 2, 4], { host }, { oneMs, noise: 0, contention: 0 }),
    createdAt: `2026-02-${day}T00:00:00Z`,
  },
});

Deno.test("renderIndex() lists the latest first and says what is damaged", () => {
  const html = renderIndex([
    { name: "bad", report: "Cannot use it" },
    at("01", "a", 1000),
    { ...at("03", "a", 1000), name: "b&" },
  ]);
  const order = ["b%26.html", "a-01.html", "bad.json", "Cannot use it."].map((part) =>
    html.indexOf(part)
  );
  assertEquals(order.every((at, i) => at > (order[i - 1] ?? 0)), true, String(order));
  assertStringIncludes(renderIndex([]), "no report yet");
});

Deno.test("renderIndex() has a history for each machine, and a trend for each kernel and size", () => {
  const html = renderIndex([
    at("01", "a", 1000),
    at("02", "a", 1200),
    at("04", "a", 1600),
    at("03", "b", 2000),
  ]);
  assertEquals([...html.matchAll(/<h2>(.*?)<\/h2>/g)].map(([, host]) => host), ["a", "b"]);
  // Four workers, so a quarter of the time: the latest, and the least and the most.
  const row = (latest: string, rest: string) =>
    assertMatch(html, new RegExp(`<td>${latest}</td><td>\\s*<svg[^]*?</svg>\\s*</td>${rest}`));
  row("400 ms", "<td>250 ms to 400 ms</td><td>3</td>");
  row("500 ms", "<td>–</td><td>1</td>");
});

Deno.test("renderIndex() marks an incomplete run", () => {
  const { name, report } = at("01", "a", 1000);
  assertStringIncludes(
    renderIndex([{ name, report: { ...report, complete: false } }]),
    ">incomplete<",
  );
});

Deno.test("sparkline() stays in its picture and shows small changes as small", () => {
  const exact = (median: number) => ({ median, low: median, high: median });
  const heights = (values: number[]) =>
    [...sparkline(values.map(exact)).text.matchAll(/cy="([\d.]+)"/g)].map(([, y]) => Number(y));
  const [a, b] = heights([100, 101]);
  assertEquals(a - b > 0 && a - b < 3, true);
  const [low, high] = heights([1, 1000]);
  assertEquals([low > 25 && low <= 30, high >= 6 && high < 10], [true, true]);
  assertEquals(heights(Array(100).fill(5)).length, 40);
});
