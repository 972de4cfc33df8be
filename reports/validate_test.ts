import { assertEquals, assertThrows } from "@std/assert";
import { syntheticReport } from "./synthetic_report.ts";
import { parseReport, ReportError, validateReport } from "./validate.ts";

/** A good report with one field damaged. */
// deno-lint-ignore no-explicit-any
function damaged(change: (report: any) => void): unknown {
  const report = structuredClone(syntheticReport(2, [1, 2]));
  change(report);
  return report;
}

function messageOf(value: unknown): string {
  return assertThrows(() => validateReport(value, "x.json"), ReportError).message;
}

Deno.test("validateReport() accepts what the bench writes, with nothing lost", () => {
  const report = syntheticReport(2, [1, 2], { cpu: null, slurm: null });
  assertEquals(parseReport(JSON.stringify(report), "x.json"), report);
});

Deno.test("validateReport() names the field, the value and what is expected", () => {
  assertEquals(
    messageOf(damaged((report) => report.kernels[0].runs[1].samplesMs[3] = -5)),
    'Cannot use the report "x.json": kernels[0].runs[1].samplesMs[3] is -5, and a time above 0 is expected: ' +
      "repair that field or run the bench again",
  );
});

Deno.test("validateReport() says one sentence for each kind of damage", () => {
  const cases: [unknown, string][] = [
    [3, "the whole file is 3"],
    [null, "the whole file is null"],
    [damaged((r) => delete r.machine), "machine is missing, and an object is expected"],
    [damaged((r) => delete r.kernels[1].runs[0].workers), "kernels[1].runs[0].workers is missing"],
    [damaged((r) => r.format = "other"), 'format is "other", and "polycore-report" is expected'],
    [damaged((r) => r.kernels = []), "kernels is [], and a list of at least one entry is"],
    [damaged((r) => r.kernels[0].runs[0].samplesMs = []), "kernels[0].runs[0].samplesMs is []"],
    [damaged((r) => r.kernels[1].runs[0].workers = 1.5), "workers is 1.5, and a whole number of 1"],
    [damaged((r) => r.kernels[0].runs[1].workers = 1), "and each number of workers once is"],
    [damaged((r) => r.createdAt = "yesterday"), 'createdAt is "yesterday", and a time such as'],
    [damaged((r) => r.machine.slurm = { A: 1 }), "machine.slurm.A is 1, and a text is expected"],
    [damaged((r) => r.machine.loadEnd = "x"), 'machine.loadEnd is "x", and a number of 0 or more'],
  ];
  for (const [value, part] of cases) {
    const message = messageOf(value);
    assertEquals(message.includes(part), true, `${message} has no "${part}"`);
    assertEquals(message.includes("\n"), false);
  }
});

Deno.test("validateReport() tells a newer version from a damaged file", () => {
  assertThrows(
    () => validateReport(damaged((report) => report.version = 2), "x.json"),
    ReportError,
    "it has version 2, and this program reads version 1",
  );
});

Deno.test("parseReport() names the file that ends too early", () => {
  const half = JSON.stringify(syntheticReport(1, [1])).slice(0, 200);
  assertThrows(
    () => parseReport(half, "half.json"),
    ReportError,
    '"half.json": it is no whole JSON',
  );
});
