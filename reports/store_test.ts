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

Deno.test("reportName() tells the nodes and the tasks of a Slurm job apart", () => {
  const nameOf = (slurm: Record<string, string>) => reportName(syntheticReport(1, [1], { slurm }));
  const node = { SLURMD_NODENAME: "n7", SLURM_JOB_ID: "12" };
  assertEquals(nameOf(node), "n7-job12-20260102T030405Z");
  const task = { ...node, SLURM_ARRAY_JOB_ID: "11", SLURM_ARRAY_TASK_ID: "2" };
  assertEquals(nameOf(task), "n7-job11_2-20260102T030405Z");
});

Deno.test("programs that save into one folder at once lose nothing of the list", async () => {
  const folder = Deno.makeTempDirSync();
  const program = `
    import { saveReport } from ${JSON.stringify(import.meta.resolve("./store.ts"))};
    import { syntheticReport } from ${JSON.stringify(import.meta.resolve("./synthetic_report.ts"))};
    for (let i = 0; i < 5; i++) {
      saveReport(${JSON.stringify(folder)}, syntheticReport(1, [1], { host: Deno.pid + "." + i }));
    }
  `;
  try {
    const programs = Array.from({ length: 4 }, () => {
      const args = ["eval", "--quiet", program];
      return new Deno.Command(Deno.execPath(), { args, cwd: import.meta.dirname! }).output();
    });
    for (const { code, stderr } of await Promise.all(programs)) {
      assertEquals([code, new TextDecoder().decode(stderr)], [0, ""]);
    }
    const names = [...Deno.readDirSync(folder)].map(({ name }) => name);
    assertEquals(names.length, 41, "data and pages of 20 reports, and the list");
    const index = Deno.readTextFileSync(join(folder, "index.html"));
    for (const name of names.filter((name) => name.endsWith("Z.html"))) {
      assertStringIncludes(index, `href="${name}"`);
    }
    assertEquals(index.includes("no whole JSON"), false);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});
