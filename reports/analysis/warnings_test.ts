import { assertEquals } from "@std/assert";
import type { Report } from "../schema.ts";
import { syntheticMachine, syntheticReport } from "../synthetic_report.ts";
import { analyseReport } from "./report.ts";
import { warningsOf } from "./warnings.ts";

const warnings = (report: Report) => warningsOf(report, analyseReport(report).kernels);
const firstWords = (report: Report) => warnings(report).map((text) => text.split(":")[0]);

Deno.test("warningsOf() is silent for a clean run", () => {
  assertEquals(warnings(syntheticReport(16, [1, 2, 16])), []);
});

Deno.test("warningsOf() names the workers that are too many", () => {
  assertEquals(
    warnings(syntheticReport(2, [1, 2, 4, 8]))[0],
    "More workers than cores: the program may use 2 cores, so 4 and 8 workers take turns, and no " +
      "further speedup can be expected of them.",
  );
});

Deno.test("warningsOf() sees the load, the clock, the quota and shared cores", () => {
  const busy = { loadStart: 3, governor: "powersave", cgroupQuota: "1.5 CPUs", physicalCores: 2 };
  assertEquals(firstWords(syntheticReport(4, [1, 4], busy)), [
    "Shared cores",
    "Busy machine",
    "Changing clock",
    "Limited processor time",
  ]);
});

Deno.test("warningsOf() sees a load at the end that the workers do not explain", () => {
  assertEquals(warnings(syntheticReport(2, [1, 2], { loadEnd: 2.9 })), []);
  assertEquals(firstWords(syntheticReport(2, [1, 2], { loadEnd: 3.1 })), ["Busy machine"]);
});

Deno.test("warningsOf() says nothing of what could not be read", () => {
  const unknown = syntheticMachine(2);
  for (const key of Object.keys(unknown)) Object.assign(unknown, { [key]: null });
  assertEquals(warnings({ ...syntheticReport(2, [1, 2, 64]), machine: unknown }), []);
});

Deno.test("warningsOf() counts the samples and looks at their spread", () => {
  const report = syntheticReport(2, [1, 2]);
  report.kernels[0].runs[0].samplesMs.length = 5;
  report.kernels[1].runs[1].samplesMs = [1, 1, 1, 2, 2, 2];
  assertEquals(firstWords(report), ["Too few samples", "Unsteady times"]);
});

Deno.test("warningsOf() says where the asked precision was not reached", () => {
  const report = syntheticReport(2, [1, 2]);
  Object.assign(report.settings, { precision: 0.05, budgetMs: 10_000 });
  report.kernels[1].runs[0].samplesMs = [10, 10, 10, 10.5, 11, 11, 11];
  assertEquals(warnings(report), [
    "Precision not reached: intervals 5.0 % of the median wide were asked for, and within 10 s for " +
    "the whole run they are still up to 9.5 % for the dot product.",
  ]);
});

Deno.test("warningsOf() sees a machine that did other things", () => {
  const report = syntheticReport(2, [1, 2]);
  const [one, two] = report.kernels[1].runs;
  // The machine slows down by a third, evenly.
  one.samplesMs = one.samplesMs.map((_, i) => 9 + 3 * i / 20);
  assertEquals(firstWords(report), ["Noisy machine"]);
  assertEquals(
    warnings(report)[0].includes("on 1 worker the quarters of the run of the dot"),
    true,
  );
  // Every fifth sample is ten times as long: the quarters keep their medians.
  one.samplesMs = one.samplesMs.map((_, i) => i % 5 === 2 ? 90 : 9 + i % 2 / 100);
  two.samplesMs = one.samplesMs;
  assertEquals(warnings(report), [
    "Noisy machine: 19 % of the samples of the dot product are severe outliers; they are kept, and " +
    "the medians hardly feel them.",
  ]);
});

Deno.test("warningsOf() tells of an incomplete run, other results, no pinning, a coarse timer", () => {
  const report = syntheticReport(2, [1, 2], {
    pinning: "none",
    timerNs: { cost: 40, resolution: 1e6 },
  });
  report.complete = false;
  report.kernels[0].baseLines[0].result = "3.2";
  assertEquals(firstWords(report), [
    "Incomplete run",
    "Different results",
    "Coarse timer",
    "Not pinned",
  ]);
  assertEquals(
    warnings(report)[1],
    'Different results: for Monte-Carlo pi, the plain loop without a pool gave "3.2" where the pool ' +
      'gave "3.14159", so the two did not solve the same problem.',
  );
});

Deno.test("warningsOf() says nothing of a quota that leaves all cores", () => {
  assertEquals(warnings(syntheticReport(2, [1, 2], { cgroupQuota: "2 CPUs" })), []);
  assertEquals(
    warnings(syntheticReport(2, [1, 2], { cgroupQuota: "1.5 CPUs" })),
    [
      "Limited processor time: the cgroup grants 1.5 CPUs, fewer than the 2 cores; a run above that " +
      "is stopped for the rest of each period.",
    ],
  );
});
