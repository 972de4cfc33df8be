import { assertEquals, assertMatch, assertStringIncludes, assertThrows } from "@std/assert";
import { compareNamed, comparisonSentence, comparisonText } from "./comparison.ts";
import { renderComparison } from "./page/compare_page.ts";
import type { Machine, Report } from "./schema.ts";
import { syntheticReport } from "./synthetic_report.ts";
import { ReportError } from "./validate.ts";

const WORKERS = [1, 2, 4, 8];
const named = (name: string, report: Report) => ({ name, report });
const before = named("before", syntheticReport(8, WORKERS, {}, { samples: 15 }));
// More contention alone: one worker is as fast as before, and many are slower.
const after = named(
  "after",
  syntheticReport(8, WORKERS, {}, { samples: 15, seed: 9, contention: 0.4 }),
);

Deno.test("compareNamed() finds what became slower, and the page and the table say so", () => {
  const compared = compareNamed(before, after);
  const text = comparisonText(compared);
  assertMatch(text, /8 workers .* slower$/m);
  assertMatch(text, /1 worker .* no change$/m);
  assertMatch(
    text.split("\n").at(-1)!,
    /^Of 8 measurements, \d+ are slower; \d+ did not change\.$/,
  );
  const html = renderComparison(compared, "x");
  assertEquals(renderComparison(compareNamed(before, after), "x"), html);
  assertStringIncludes(html, '<a href="before.html">before</a>');
  assertStringIncludes(html, '<span class="worse">slower</span>');
  assertEquals(html.includes("<script"), false);
});

Deno.test("compareNamed() finds nothing between two runs of one model", () => {
  const again = syntheticReport(8, WORKERS, {}, { samples: 15, seed: 33 });
  const twin = syntheticReport(8, WORKERS, {}, { samples: 15, seed: 34 });
  assertMatch(
    comparisonSentence(compareNamed(named("a", again), named("b", twin))),
    /^Nothing changed: of 8 measurements none is beyond/,
  );
});

Deno.test("compareNamed() refuses two machines by what differs, unless asked to", () => {
  const other = (machine: Partial<Machine>) => named("other", syntheticReport(8, WORKERS, machine));
  const error = assertThrows(
    () => compareNamed(before, other({ cpu: "Other", kernel: "Linux 7.0" })),
    ReportError,
  );
  assertEquals(
    error.message,
    'Cannot compare "before" with "other": the machines differ in processor (Model CPU; Other) and ' +
      "kernel (Linux 6.1.0; Linux 7.0); --anyway compares them all the same",
  );
  const compared = compareNamed(before, other({ cpu: "Other" }), true);
  assertStringIncludes(renderComparison(compared, "x"), "processor (Model CPU; Other)");
});

Deno.test("compareNamed() refuses reports with nothing in common", () => {
  const other = syntheticReport(8, WORKERS);
  for (const kernel of other.kernels) kernel.size = 5;
  assertThrows(() => compareNamed(before, named("o", other)), ReportError, "its size differs");
  assertThrows(
    () => compareNamed(before, named("o", { ...other, kernels: [] })),
    ReportError,
    "no kernel in common",
  );
});
