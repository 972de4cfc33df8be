import { assertAlmostEquals, assertEquals } from "@std/assert";
import { syntheticKernel, syntheticReport } from "../synthetic_report.ts";
import { analyseReport } from "./report.ts";

Deno.test("analyseReport() places each kernel under the roof of the same report's triad", () => {
  const report = syntheticReport(4, [1, 2, 4]);
  // 24 bytes for each of 10 million elements in 10 ms on 4 workers: 24 GB/s.
  const triad = syntheticKernel("triad", [1, 2, 4], {
    oneMs: 40,
    contention: 0,
    noise: 0,
    size: 1e7,
  });
  report.kernels.push({ ...triad, bytesPerUnit: 24 });
  const [pi, dot, itself] = analyseReport(report).kernels;
  assertEquals(pi.roofline, null);
  assertAlmostEquals(dot.roofline!.roof!.bytesPerSecond, 24e9, 1);
  assertEquals(itself.roofline!.rows[2].share, { median: 1, low: 1, high: 1 });
  // 64 MB in 9 ms * (0.15 + 0.85 / 4) are 19.6 GB/s, 82 % of it.
  assertAlmostEquals(dot.roofline!.rows[2].share!.median, 0.8175, 0.01);
});

Deno.test("analyseReport() gives the same bytes for 1, 2 and 128 cores", () => {
  for (const [cores, workers] of [[1, [1]], [2, [1, 2]], [128, [1, 2, 4, 8, 16, 32, 64, 128]]]) {
    const text = () =>
      JSON.stringify(analyseReport(syntheticReport(cores as number, workers as number[])));
    assertEquals(text(), text());
  }
});

Deno.test("analyseReport() finds the contention of the report on 2 and on 128 cores", () => {
  const two = syntheticReport(2, [1, 2], {}, { contention: 0.1, samples: 41 });
  const [pi] = analyseReport(two).kernels;
  assertAlmostEquals(pi.rows[1].karpFlatt!, 0.1, 0.01);
  assertEquals(typeof pi.amdahl, "string");
  const many = syntheticReport(128, [1, 2, 4, 8, 16, 32, 64, 128], {}, {
    contention: 0.02,
    coherency: 0.0005,
    samples: 41,
  });
  for (const { usl } of analyseReport(many).kernels) {
    if (typeof usl === "string") throw new Error(usl);
    assertAlmostEquals(usl.contention.value, 0.02, 0.005);
    assertAlmostEquals(usl.coherency.value, 0.0005, 0.00005);
    assertAlmostEquals(usl.peak.workers!, Math.sqrt(0.98 / 0.0005), 2);
  }
});

Deno.test("analyseReport() of one core has times and nothing to compare them with", () => {
  const [pi] = analyseReport(syntheticReport(1, [1])).kernels;
  assertEquals([pi.rows.length, pi.rows[0].speedup?.median, pi.rows[0].karpFlatt], [1, 1, null]);
  assertEquals(typeof pi.gustafson, "string");
});

Deno.test("analyseReport() gives the start of pools", () => {
  const { startup } = analyseReport(syntheticReport(2, [1, 2]));
  assertEquals(startup.map(({ workers, time }) => [workers, time.median]), [[1, 21.5], [2, 22.5]]);
});
