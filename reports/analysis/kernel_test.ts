import { assertAlmostEquals, assertEquals } from "@std/assert";
import type { Kernel } from "../schema.ts";
import { analyseKernel } from "./kernel.ts";

const kernel: Kernel = {
  name: "k",
  title: "K",
  about: "",
  size: 1,
  unit: "things",
  result: "",
  baseLines: [
    { name: "slow", title: "Slow loop", samplesMs: [130] },
    { name: "fast", title: "Fast loop", samplesMs: [90, 90, 90, 90, 90, 90] },
  ],
  runs: [
    { workers: 4, samplesMs: [25, 26, 24, 28, 22, 25] },
    { workers: 1, samplesMs: [100, 101, 99, 102, 98, 100] },
  ],
};

Deno.test("analyseKernel() sorts by workers and takes both bases", () => {
  const { rows, bestSerial } = analyseKernel(kernel);
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
    runs: [{ workers: 2, samplesMs: [5] }],
  });
  assertEquals([bestSerial, rows[0].speedup, rows[0].serialSpeedup], [null, null, null]);
  assertEquals([rows[0].efficiency, rows[0].karpFlatt], [null, null]);
});
