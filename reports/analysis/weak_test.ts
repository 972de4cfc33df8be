import { assertAlmostEquals, assertEquals } from "@std/assert";
import { syntheticKernel } from "../synthetic_report.ts";
import { resampleMedian } from "./bootstrap.ts";
import { fitGustafson, gustafsonSpeedup } from "./gustafson.ts";
import { seededRandom } from "./random.ts";
import { type WeakPoint, weakRows } from "./weak.ts";

/** Times of a law with this serial fraction. */
function points(serial: number, workers: number[]): WeakPoint[] {
  return workers.map((n) => ({
    workers: n,
    size: 10 * n,
    time: { median: 100 * n / gustafsonSpeedup(serial, n), draws: null },
  }));
}

Deno.test("gustafsonSpeedup() gives the published speedups", () => {
  // Gustafson 1988: 1020 and 1016 on 1024 processors, for serial fractions of 0.4 and 0.8 %.
  assertEquals(Math.round(gustafsonSpeedup(0.004, 1024)), 1020);
  assertEquals(Math.round(gustafsonSpeedup(0.008, 1024)), 1016);
});

Deno.test("fitGustafson() finds the fraction of the law", () => {
  for (const serial of [0, 0.004, 0.3, 1]) {
    const fit = fitGustafson(points(serial, [1, 2, 4, 8, 1024]));
    if (typeof fit === "string") throw new Error(fit);
    assertAlmostEquals(fit.serial.value, serial, 1e-12);
  }
});

Deno.test("fitGustafson() has an interval that holds the fraction of the model", () => {
  const random = seededRandom(2);
  // The work grows by 3 % for each further worker, so two workers lose 2.9 %, and eight 17 %.
  const { weakRuns } = syntheticKernel("sum", [1, 2, 4, 8], { contention: 0.03, samples: 31 });
  const fit = fitGustafson(
    weakRuns.map(({ workers, size, samplesMs }) => ({
      workers,
      size,
      time: resampleMedian(samplesMs, random),
    })),
  );
  if (typeof fit === "string") throw new Error(fit);
  // By hand from the efficiencies 1 / (1 + 0.03 (n - 1)) for x = 1/2, 3/4, 7/8.
  const truth = (0.5 * (1 - 1 / 1.03) + 0.75 * (1 - 1 / 1.09) + 0.875 * (1 - 1 / 1.21)) /
    (0.25 + 0.5625 + 0.765625);
  const { low, high } = fit.serial;
  assertEquals(low! < truth && truth < high! && high! - low! < 0.05, true, `${low} ${high}`);
});

Deno.test("fitGustafson() says why there is no fit", () => {
  assertEquals(
    fitGustafson(points(0.1, [1, 2])),
    "Gustafson's law needs at least 3 numbers of workers within the cores, and 2 were measured",
  );
  assertEquals(
    fitGustafson(points(0.1, [2, 4, 8])),
    "Gustafson's law needs a run on one worker, and there is none",
  );
});

Deno.test("weakRows() compares rates where the size did not grow exactly", () => {
  const time = { median: 100, draws: null };
  const rows = weakRows([{ workers: 1, size: 10, time }, { workers: 3, size: 27, time }]);
  assertAlmostEquals(rows[1].speedup!.median, 2.7);
  assertAlmostEquals(rows[1].efficiency!.median, 0.9);
  assertEquals(weakRows([{ workers: 2, size: 1, time }])[0].efficiency, null);
});
