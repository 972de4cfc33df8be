import { assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { reportName, saveReport } from "./store.ts";
import { syntheticReport } from "./synthetic_report.ts";
import { parseReport } from "./validate.ts";

Deno.test("saveReport() writes data, page and list, and lists what is damaged", () => {
  const folder = Deno.makeTempDirSync();
  try {
    const out = join(folder, "new", "out");
    const report = syntheticReport(2, [1, 2]);
    const files = saveReport(out, report);
    assertEquals(files.html, join(out, "node-1-20260102T030405Z.html"));
    assertEquals(parseReport(Deno.readTextFileSync(files.json), files.json), report);
    assertStringIncludes(Deno.readTextFileSync(files.html), "<!DOCTYPE html>");

    Deno.writeTextFileSync(join(out, "half.json"), '{"format"');
    saveReport(out, { ...report, createdAt: "2026-01-02T03:04:06.000Z" });
    const index = Deno.readTextFileSync(join(out, "index.html"));
    for (const name of ["node-1-20260102T030405Z.html", "node-1-20260102T030406Z.html"]) {
      assertStringIncludes(index, `href="${name}"`);
    }
    assertStringIncludes(index, "no whole JSON");
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

Deno.test("reportName() keeps no character that a file system or a shell minds", () => {
  const report = syntheticReport(1, [1], { host: "../a b;c" });
  assertEquals(reportName(report), "..-a-b-c-20260102T030405Z");
  assertEquals(
    reportName(syntheticReport(1, [1], { host: null })).startsWith("unknown-host-"),
    true,
  );
});
