import { assertAlmostEquals, assertEquals } from "@std/assert";
import { analyseKernel } from "../analysis/kernel.ts";
import { publishedPi } from "../published.ts";
import { syntheticKernel, syntheticMachine } from "../synthetic_report.ts";
import { type Chart, kernelCharts, publishedChart } from "./charts.ts";

const analysis = analyseKernel(syntheticKernel("monte-carlo-pi", [1, 2, 4, 8], { noise: 0 }));
const [time, speedup, efficiency] = kernelCharts(analysis, syntheticMachine(2));

const ys = (chart: Chart, role: string) =>
  chart.series.find((line) => line.role === role)!.points.map((point) => point.y);

Deno.test("the time chart shows medians, intervals, the ideal and every sample", () => {
  assertEquals(ys(time, "pool").map((y) => y.toFixed(1)), ["1000.0", "510.0", "265.0", "142.5"]);
  assertEquals(time.series.find((line) => line.role === "pool")!.points[0].interval, [1000, 1000]);
  assertEquals(ys(time, "sample").length, 4 * 9);
  assertAlmostEquals(ys(time, "ideal").at(-1)!, 1000 / 8);
  assertEquals(time.y.scale, "logarithmic");
});

Deno.test("the speedup chart starts at 0 and has a straight ideal line", () => {
  assertEquals([speedup.x.min, speedup.y.min, speedup.x.scale], [0, 0, "linear"]);
  assertEquals(ys(speedup, "ideal"), [0, 8]);
  assertAlmostEquals(ys(speedup, "pool")[1], 1000 / 510);
  assertAlmostEquals(ys(speedup, "serial")[1], 980 / 510);
});

Deno.test("the efficiency chart divides both speedups", () => {
  assertAlmostEquals(ys(efficiency, "pool")[3], 1000 / 142.5 / 8);
  assertAlmostEquals(ys(efficiency, "serial")[3], 980 / 142.5 / 8);
});

Deno.test("workers beyond the cores stand in a zone of their own", () => {
  assertEquals(time.zones, [{ from: 2.5, label: "more workers than cores" }]);
  const smt = syntheticMachine(4, { physicalCores: 2 });
  assertEquals(kernelCharts(analysis, smt)[0].zones.map((zone) => zone.from), [2.5, 4.5]);
  assertEquals(kernelCharts(analysis, syntheticMachine(8))[0].zones, []);
});

Deno.test("every axis encloses what is drawn on it", () => {
  for (const workers of [[1], [1, 2], [2, 3], [1, 2, 4, 8, 16, 32, 64, 128]]) {
    const kernel = analyseKernel(syntheticKernel("monte-carlo-pi", workers, { oneMs: 3 }));
    const charts = [
      ...kernelCharts(kernel, syntheticMachine(2)),
      publishedChart(kernel, publishedPi),
    ];
    for (const { id, x, y, series } of charts) {
      for (const point of series.flatMap((line) => line.points)) {
        const inside = point.x >= x.min && point.x <= x.max && point.y >= y.min &&
          point.y <= y.max + 1e-9;
        assertEquals(inside, true, `${id} ${JSON.stringify(point)}`);
      }
    }
  }
});

Deno.test("the published chart has both speedups", () => {
  const chart = publishedChart(analysis, publishedPi);
  assertEquals(ys(chart, "published").map((y) => y.toFixed(2)), ["1.00", "3.67", "6.64", "12.37"]);
  assertEquals(chart.x.ticks.map((tick) => tick.value), [1, 2, 4, 8, 16]);
});
