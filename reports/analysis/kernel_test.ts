import { assertAlmostEquals, assertEquals } from "@std/assert";
import type { Kernel } from "../schema.ts";
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

Deno.test("analyseKernel() takes the interval of a speedup from the far ends of both times", () => {
  const { speedup } = analyseKernel(kernel).rows[1];
  assertAlmostEquals(speedup!.low!, 98 / 28);
  assertAlmostEquals(speedup!.high!, 102 / 22);
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
