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

/** Make the second entry of a list the same as the first. */
function same(list: unknown[]): void {
  list[1] = list[0];
}

function messageOf(value: unknown): string {
  return assertThrows(() => validateReport(value, "x.json"), ReportError).message;
}

Deno.test("validateReport() accepts what the bench writes, with nothing lost", () => {
  const unknown = { cpu: null, slurm: null, caches: null, timerNs: null, smt: null };
  for (const [cores, workers] of [[1, [1]], [2, [1, 2]], [128, [1, 8, 128]]] as const) {
    const report = syntheticReport(cores, [...workers], unknown);
    assertEquals(parseReport(JSON.stringify(report), "x.json"), report);
  }
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
    [damaged((r) => delete r.machine), "machine is missing: repair that"],
    [damaged((r) => delete r.kernels[1].runs[0].workers), "kernels[1].runs[0].workers is missing"],
    [damaged((r) => r.format = "other"), 'format is "other", and "polycore-report" is expected'],
    [damaged((r) => r.kernels = []), "kernels is [], and a list of at least one entry is"],
    [damaged((r) => r.kernels[0].runs[0].samplesMs = []), "kernels[0].runs[0].samplesMs is []"],
    [damaged((r) => r.kernels[1].runs[0].workers = 1.5), "workers is 1.5, and a whole number of 1"],
    [damaged((r) => r.kernels[0].runs[1].workers = 0), "kernels[0].runs[1].workers is 0, and a"],
    [damaged((r) => r.kernels[0].runs[1].samplesMs[0] = NaN), "samplesMs[0] is NaN, and a number"],
    [damaged((r) => r.kernels[0].runs[1].samplesMs[0] = Infinity), "samplesMs[0] is Infinity, and"],
    [
      damaged((r) => r.kernels[0].runs[1].samplesMs[0] = null),
      "samplesMs[0] is null, and a number",
    ],
    [
      damaged((r) => r.kernels[0].runs[1].samplesMs[0] = 0),
      "samplesMs[0] is 0, and a time above 0",
    ],
    [
      damaged((r) => same(r.kernels[0].runs)),
      "and numbers of workers in ascending order, each once",
    ],
    [damaged((r) => r.kernels[0].runs.reverse()), "and numbers of workers in ascending order"],
    [damaged((r) => same(r.kernels[0].weakRuns)), "kernels[0].weakRuns is [{"],
    [
      damaged((r) => r.kernels[0].weakRuns[0].size = 0),
      "weakRuns[0].size is 0, and a whole number",
    ],
    [
      damaged((r) => r.settings.cores = [2, 1]),
      "settings.cores is [2,1], and numbers of workers in",
    ],
    [
      damaged((r) => r.kernels[0].chunkSweep.points.reverse()),
      "and chunk sizes in ascending order",
    ],
    [damaged((r) => r.kernels[0].taskSweep.points.reverse()), "and task sizes in ascending order"],
    [damaged((r) => same(r.startup)), "startup is [{"],
    [
      damaged((r) => r.kernels[0].runs[1].workerTimes.pop()),
      "and a run with as many workerTimes as workers is expected",
    ],
    [
      damaged((r) => r.kernels[0].runs[1].workerTimes[0].idleMs = -1),
      "workerTimes[0].idleMs is -1, and a number of 0 or more is expected",
    ],
    [
      damaged((r) => r.kernels[0].baseLines[0].samplesMs = []),
      "and either samples or the reason why they are missing is expected",
    ],
    [
      damaged((r) => r.kernels[0].baseLines[1].samplesMs = [1]),
      "and either samples or the reason why they are missing is expected",
    ],
    [damaged((r) => same(r.kernels[0].baseLines)), "and each name once is expected"],
    [damaged((r) => r.kernels[0].bytesPerUnit = 0), "bytesPerUnit is 0, and a number above 0 is"],
    [
      damaged((r) => r.settings.parts = ["all"]),
      'settings.parts[0] is "all", and "strong", "weak"',
    ],
    [damaged((r) => delete r.complete), "complete is missing: repair that"],
    [damaged((r) => r.machine.smt = "yes"), 'machine.smt is "yes", and "on" or "off" is expected'],
    [damaged((r) => r.machine.caches[0].type = "L1"), 'machine.caches[0].type is "L1", and "data"'],
    [damaged((r) => r.version = "2"), 'version is "2", and 2 is expected'],
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

Deno.test("validateReport() tells another version from a damaged file", () => {
  assertEquals(
    messageOf(damaged((report) => report.version = 3)),
    'Cannot use the report "x.json": its field version is 3, and this program reads version 2: ' +
      "open it with the newer Polycore that wrote it",
  );
  assertEquals(
    messageOf(damaged((report) => report.version = 1)),
    'Cannot use the report "x.json": its field version is 1, and this program reads version 2: ' +
      "run the bench again, or open it with the older Polycore that wrote it",
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
