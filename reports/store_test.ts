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

/** Run a function while one of Deno's is another. */
function replacing<K extends keyof typeof Deno>(name: K, other: typeof Deno[K], run: () => void) {
  const original = Deno[name];
  Deno[name] = other;
  try {
    run();
  } finally {
    Deno[name] = original;
  }
}

Deno.test("a report that another program saves while the list is made is in the list", () => {
  const folder = Deno.makeTempDirSync();
  const { readTextFileSync } = Deno;
  let others = 1;
  const read: typeof Deno.readTextFileSync = (path) => {
    if (others-- > 0) saveReport(folder, syntheticReport(1, [1], { host: "other" }));
    return readTextFileSync(path);
  };
  try {
    replacing("readTextFileSync", read, () => saveReport(folder, syntheticReport(1, [1])));
    const index = Deno.readTextFileSync(join(folder, "index.html"));
    for (const host of ["node-1", "other"]) {
      assertStringIncludes(index, `href="${host}-20260102T030405Z.html"`);
    }
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

Deno.test("nobody reads half a report", () => {
  const folder = Deno.makeTempDirSync();
  const { writeTextFileSync } = Deno;
  const write: typeof Deno.writeTextFileSync = (path, text) => {
    writeTextFileSync(path, `${text}`.slice(0, 100));
    for (const { name } of Deno.readDirSync(folder)) {
      const whole = !/\.(json|html)$/.test(name) || Deno.statSync(join(folder, name)).size > 100;
      assertEquals(whole, true, name);
    }
    writeTextFileSync(path, text);
  };
  try {
    replacing("writeTextFileSync", write, () => saveReport(folder, syntheticReport(1, [1])));
    assertEquals([...Deno.readDirSync(folder)].length, 3);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});
