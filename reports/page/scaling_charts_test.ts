import { assertAlmostEquals, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { analyseReport } from "../analysis/report.ts";
import { publishedPi } from "../published.ts";
import { syntheticReport } from "../synthetic_report.ts";
import type { Chart } from "./chart.ts";
import { sampleChart } from "./sample_chart.ts";
import {
  efficiencyChart,
  karpFlattChart,
  publishedChart,
  speedupChart,
  timeChart,
  weakChart,
} from "./scaling_charts.ts";
import { chunkChart, startUpChart, taskChart } from "./sweep_charts.ts";
import { workerTimeCharts } from "./worker_charts.ts";

function analysed(cores: number, workers: number[], changes = {}, model = {}) {
  const report = syntheticReport(cores, workers, changes, { noise: 0, ...model });
  return {
    report,
    analysis: analyseReport(report).kernels[0],
    startup: analyseReport(report).startup,
  };
}

const { report: { machine }, analysis } = analysed(2, [1, 2, 4, 8]);
const time = timeChart(analysis, machine);
const speedup = speedupChart(analysis, machine)!;

const line = (chart: Chart, role: string) => chart.series.find((line) => line.role === role)!;
const ys = (chart: Chart, role: string) => line(chart, role).points.map((point) => point.y);

Deno.test("the time chart shows medians, intervals and the ideal", () => {
  assertEquals(ys(time, "pool").map((y) => y.toFixed(1)), ["1000.0", "510.0", "265.0", "142.5"]);
  assertEquals(line(time, "pool").points[0].interval, [1000, 1000]);
  assertAlmostEquals(ys(time, "ideal").at(-1)!, 1000 / 8);
  assertEquals(time.y.scale, "logarithmic");
});

Deno.test("the speedup chart starts at 0 and has a straight ideal line", () => {
  assertEquals([speedup.x.min, speedup.y.min, speedup.x.scale], [0, 0, "linear"]);
  assertEquals(ys(speedup, "ideal"), [0, 8]);
  assertAlmostEquals(ys(speedup, "pool")[1], 1000 / 510);
  assertAlmostEquals(ys(speedup, "serial")[1], 980 / 510);
});

Deno.test("the efficiency chart divides both speedups, and Karp-Flatt finds the serial share", () => {
  const efficiency = efficiencyChart(analysis, machine)!;
  assertAlmostEquals(ys(efficiency, "pool")[3], 1000 / 142.5 / 8);
  assertAlmostEquals(ys(efficiency, "serial")[3], 980 / 142.5 / 8);
  for (const share of ys(karpFlattChart(analysis, machine)!, "pool")) {
    assertAlmostEquals(share, 0.02);
  }
});

Deno.test("the curves of the laws meet the points, and go on dashed, at most to twice the largest", () => {
  for (const workers of [[1, 2, 4, 8], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 24]]) {
    const { report, analysis } = analysed(8, workers);
    const chart = speedupChart(analysis, report.machine)!;
    for (const role of ["amdahl", "usl"]) {
      const { points } = line(chart, role);
      const at4 = points.reduce((a, b) => Math.abs(b.x - 4) < Math.abs(a.x - 4) ? b : a);
      assertAlmostEquals(at4.y, at4.x / (1 + 0.02 * (at4.x - 1)), 1e-6, role);
      assertEquals(Math.max(...points.map((p) => p.x)) <= 16, true);
      for (const p of points) assertEquals(p.on, p.x >= 8 ? "beyond" : undefined, `${role} ${p.x}`);
    }
  }
  assertMatch(
    speedupChart(analysed(8, [1, 2, 4, 8]).analysis, machine)!.note!,
    /^Dashed beyond 8 /,
  );
  // With runs beyond the cores, the axis goes on anyhow.
  const over = speedupChart(
    analysed(8, [1, 2, 4, 8, 12]).analysis,
    analysed(8, [1]).report.machine,
  )!;
  assertMatch(over.note!, /^Dashed beyond 8 /);
  assertEquals(speedupChart(analysed(2, [1, 2]).analysis, machine)!.note, null);
});

Deno.test("workers beyond the cores stand in zones of their own, and no line leads there", () => {
  assertEquals(time.zones.map(({ from, to, kind }) => [from, to, kind]), [
    [0, 2.5, "own"],
    [2.5, null, "over"],
  ]);
  const smt = analysed(8, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], { physicalCores: 4, smt: "on" });
  const chart = timeChart(smt.analysis, smt.report.machine);
  assertEquals(chart.zones.map((zone) => zone.from), [0, 4.5, 8.5]);
  const gaps = line(chart, "pool").points.filter((p) => p.on === "gap").map((p) => p.x);
  assertEquals(gaps, [4, 8]);
  assertEquals(timeChart(analysis, analysed(8, [1]).report.machine).zones, []);
});

Deno.test("two points are not joined", () => {
  const { report, analysis } = analysed(2, [1, 2]);
  assertEquals(line(timeChart(analysis, report.machine), "pool").points[0].on, "gap");
});

Deno.test("every axis encloses what is drawn on it", () => {
  for (const workers of [[1], [1, 2], [2, 3], [1, 2, 4, 8, 16, 32, 64, 128]]) {
    const { report, analysis, startup } = analysed(16, workers, {}, { oneMs: 3, noise: 0.2 });
    const charts = [
      timeChart(analysis, report.machine),
      speedupChart(analysis, report.machine),
      efficiencyChart(analysis, report.machine),
      karpFlattChart(analysis, report.machine),
      weakChart(analysis, report.machine),
      publishedChart(analysis, publishedPi),
      sampleChart(analysis),
      chunkChart(analysis),
      taskChart(analysis),
      startUpChart(startup, report.machine),
      ...workerTimeCharts(analysis),
    ].filter((chart) => chart !== null);
    for (const { id, x, y, series } of charts) {
      for (const point of series.flatMap((line) => line.points)) {
        const [low, high] = point.interval ?? [point.y, point.y];
        const inside = point.x >= x.min && point.x <= x.max && low >= y.min && high <= y.max + 1e-9;
        assertEquals(inside, true, `${id} ${JSON.stringify(point)} ${y.min} ${y.max}`);
      }
    }
  }
});

Deno.test("the published chart has both speedups, and no run far beyond the published cores", () => {
  const chart = publishedChart(analysis, publishedPi);
  assertEquals(ys(chart, "published").map((y) => y.toFixed(2)), ["1.00", "3.67", "6.64", "12.37"]);
  assertEquals(chart.x.ticks.map((tick) => tick.value), [1, 2, 4, 8, 16]);
  const large = publishedChart(analysed(128, [1, 32, 128]).analysis, publishedPi);
  assertEquals(line(large, "pool").points.map((p) => p.x), [1, 32]);
});

Deno.test("the sample chart has every sample once, and marks the outliers", () => {
  const { report } = analysed(2, [1, 2], {}, { noise: 0.01 });
  report.kernels[0].runs[1].samplesMs[3] *= 4;
  const kernel = analyseReport(report).kernels[0];
  const chart = sampleChart(kernel);
  const drawn = ["sample", "mild", "severe"].flatMap((role) =>
    chart.series.filter((line) => line.role === role).flatMap((line) => line.points)
  );
  assertEquals(drawn.length, 3 * 9);
  assertMatch(line(chart, "severe").points[0].label!, /^2 workers, sample 4: /);
  const column = drawn.filter((p) => Math.round(p.x) === 2).sort((a, b) => a.x - b.x);
  const { median } = kernel.rows[1].time;
  assertEquals(
    column.map((p) => (p.y * median).toFixed(6)),
    report.kernels[0].runs[1].samplesMs.map((ms) => ms.toFixed(6)),
  );
});

Deno.test("the sample chart has room for a single sample, and does not magnify small noise", () => {
  for (const model of [{ samples: 1 }, { noise: 0.0001 }]) {
    const { y } = sampleChart(analysed(2, [1, 2], {}, model).analysis);
    assertEquals([y.min <= 0.98, y.max >= 1.02], [true, true]);
  }
});

Deno.test("the bars of the workers' time add up to one", () => {
  const [together, each] = workerTimeCharts(analysed(8, [1, 2, 8]).analysis);
  for (const chart of [together, each]) {
    chart.series[0].points.forEach((_, i) =>
      assertAlmostEquals(chart.series.reduce((sum, line) => sum + line.points[i].y, 0), 1)
    );
  }
  assertEquals(each.series[0].points.length, 8);
  const without = analysed(8, [1, 2]).report;
  for (const run of without.kernels[0].runs) run.workerTimes = null;
  assertEquals(workerTimeCharts(analyseReport(without).kernels[0]), []);
});

Deno.test("the task chart draws the size from which the pool wins, where it is within the sizes", () => {
  const { report } = analysed(2, [1, 2]);
  const points = report.kernels[0].taskSweep!.points;
  points.forEach((point, i) => point.poolMs = point.serialMs.map((ms) => ms * (i < 2 ? 2 : 0.5)));
  const chart = taskChart(analyseReport(report).kernels[0])!;
  const [{ x }] = line(chart, "median").points;
  assertEquals(x > 100 && x < 1000, true);
  assertStringIncludes(line(chart, "median").name, "the pool wins from about ");
  points.forEach((point) => point.poolMs = point.serialMs.map((ms) => ms * 2));
  assertEquals(taskChart(analyseReport(report).kernels[0])!.series.length, 2);
});
