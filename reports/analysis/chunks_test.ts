import { assertAlmostEquals, assertEquals } from "@std/assert";
import { syntheticKernel } from "../synthetic_report.ts";
import { analyseChunks } from "./chunks.ts";
import { seededRandom } from "./random.ts";

Deno.test("analyseChunks() finds the size of the model among those as good", () => {
  // 1 + 0.2 / c + 0.002 c is 1.041 for 8 and 1.0445 for 16; 1.058 for 4 and 1.070 for 32.
  const { points } = syntheticKernel("sum", [1, 4], { samples: 41, noise: 0.005 }).chunkSweep!;
  const { rows, asGood } = analyseChunks(points, seededRandom(1));
  assertEquals(asGood![0] >= 8 && asGood![1] <= 16, true, String(asGood));
  assertEquals(asGood![0] <= 8 && asGood![1] >= 8, true, String(asGood));
  assertAlmostEquals(rows[0].ratio.median, 1.202 / 1.041, 0.02);
});

Deno.test("analyseChunks() stops at the first size that is worse, and needs samples", () => {
  const flat = (chunkSize: number, ms: number, samples = 6) => ({
    chunkSize,
    samplesMs: Array(samples).fill(ms),
  });
  const points = [flat(1, 5), flat(2, 9), flat(4, 5), flat(8, 5), flat(16, 6)];
  const { best, asGood } = analyseChunks(points, seededRandom(1));
  assertEquals([best, asGood], [1, [1, 1]]);
  assertEquals(analyseChunks(points.slice(2), seededRandom(1)).asGood, [4, 8]);
  assertEquals(analyseChunks([flat(1, 5, 3), flat(2, 4, 3)], seededRandom(1)).asGood, null);
});
