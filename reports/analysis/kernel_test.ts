import { assertAlmostEquals, assertEquals } from "@std/assert";
import type { Kernel } from "../schema.ts";
import { syntheticKernel } from "../synthetic_report.ts";
import { analyseKernel } from "./kernel.ts";

const line = { threads: 1, missing: null, result: null };
const kernel: Kernel = {
  name: "k",
  title: "K",
  about: "",
  unit: "things",
  result: "",
  size: 1,
  variant: "fast",
  bytesPerUnit: null,
  flopsPerUnit: null,
  baseLines: [
    { ...line, name: "slow", title: "Slow loop", samplesMs: [130] },
    { ...line, name: "fast", title: "Fast loop", samplesMs: [90, 90, 90, 90, 90, 90] },
    { ...line, name: "openmp", title: "OpenMP", threads: 4, samplesMs: [20] },
    { ...line, name: "numba", title: "Numba", missing: "numba is not installed", samplesMs: [] },
  ],
  runs: [
    { workers: 1, samplesMs: [100, 101, 99, 102, 98, 100], workerTimes: null },
    { workers: 4, samplesMs: [25, 26, 24, 28, 22, 25], workerTimes: null },
  ],
  weakRuns: [],
  chunkSweep: null,
  taskSweep: null,
};

Deno.test("analyseKernel() takes both bases, and the serial one on one thread", () => {
  const { rows, bestSerial, baseLines } = analyseKernel(kernel);
  assertEquals(baseLines.map((row) => row.name), ["slow", "fast", "openmp"]);
  assertEquals(rows.map((row) => row.workers), [1, 4]);
  assertEquals(bestSerial?.name, "fast");
  assertEquals(rows[1].speedup?.median, 4);
  assertEquals(rows[1].serialSpeedup?.median, 3.6);
  assertEquals(rows[1].efficiency?.median, 1);
  assertEquals(rows[1].karpFlatt, 0);
});

Deno.test("analyseKernel() takes the interval of a speedup from the bootstrap", () => {
  const { speedup, efficiency } = analyseKernel(kernel).rows[1];
  // It lies within the far ends of both times, and around the quotient.
  assertEquals(speedup!.low! > 98 / 28 && speedup!.low! < 4, true);
  assertEquals(speedup!.high! < 102 / 22 && speedup!.high! > 4, true);
  assertAlmostEquals(efficiency!.low!, speedup!.low! / 4, 1e-12);
});

Deno.test("analyseKernel() gives the same figures to the last bit, whatever else is in a kernel", () => {
  const full = syntheticKernel("sum", [1, 2, 4, 8]);
  const text = (of: Kernel) => JSON.stringify(analyseKernel(of).rows);
  assertEquals(text(full), text(structuredClone(full)));
  assertEquals(text(full), text({ ...full, weakRuns: [], chunkSweep: null, taskSweep: null }));
});

Deno.test("analyseKernel() finds the serial fraction that the report was made with", () => {
  for (const workers of [[1, 2, 4, 8], [1, 2, 4, 8, 16, 32, 64, 128]]) {
    const full = syntheticKernel("sum", workers, { contention: 0.05, samples: 31 });
    const { amdahl, usl } = analyseKernel(full);
    if (typeof amdahl === "string" || typeof usl === "string") throw new Error("no fit");
    assertEquals(amdahl.serial.low! < 0.05 && amdahl.serial.high! > 0.05, true);
    assertEquals(usl.coherency.low, 0);
  }
});

Deno.test("analyseKernel() leaves workers beyond the cores out of the laws", () => {
  const full = syntheticKernel("sum", [1, 2, 4, 8, 16], { contention: 0.05, noise: 0 });
  // On 8 cores, 16 workers are no faster than 8.
  full.runs[4].samplesMs = full.runs[3].samplesMs;
  full.weakRuns[4].samplesMs = full.weakRuns[4].samplesMs.map((ms) => ms * 2);
  const { amdahl, gustafson } = analyseKernel(full, { cores: 8, roof: null });
  if (typeof amdahl === "string" || typeof gustafson === "string") throw new Error("no fit");
  assertAlmostEquals(amdahl.serial.value, 0.05, 1e-9);
  assertEquals(amdahl.largest, 8);
  assertEquals(gustafson.serial.value < 0.35, true);
});

Deno.test("analyseKernel() leaves empty what was not measured", () => {
  const empty = analyseKernel({ ...kernel, runs: [] });
  const { rows, weakRows, workerShares, chunks, crossover, roofline } = empty;
  assertEquals([rows, weakRows, workerShares], [[], [], []]);
  assertEquals([chunks, crossover, roofline], [null, null, null]);
  assertEquals(
    [empty.amdahl, empty.usl, empty.gustafson].every((x) => typeof x === "string"),
    true,
  );
});

Deno.test("analyseKernel() gives no speedup against a run that was not made", () => {
  const { rows, bestSerial } = analyseKernel({
    ...kernel,
    baseLines: [],
    runs: [{ workers: 2, samplesMs: [5], workerTimes: null }],
  });
  assertEquals([bestSerial, rows[0].speedup, rows[0].serialSpeedup], [null, null, null]);
  assertEquals([rows[0].efficiency, rows[0].karpFlatt], [null, null]);
});
