/**
 * Every sample of a kernel, drawn in the order of taking, with its outliers marked.
 *
 * @module
 */
import type { KernelAnalysis } from "../analysis/kernel.ts";
import { tukeyOutliers } from "../analysis/outliers.ts";
import { estimate } from "../analysis/statistics.ts";
import { formatList, formatMs, formatPercent } from "../format.ts";
import { type Chart, type Point, type Series, workersInWords } from "./chart.ts";
import { linearAxis, logAxis } from "./ticks.ts";

/** The width of a column of samples, of 1. */
const WIDTH = 0.7;

/** How many samples a kernel has, and how many of them are outliers. */
export interface SampleCount {
  /** Number of samples. */
  samples: number;
  /** Number of outliers, mild ones and severe ones. */
  outliers: { mild: number; severe: number };
}

/**
 * Count the samples of the strong scaling of a kernel, and their outliers.
 *
 * @param analysis The kernel's figures.
 * @returns The numbers.
 */
export function countSamples(analysis: KernelAnalysis): SampleCount {
  const all = columnsOf(analysis).map(({ samplesMs }) => tukeyOutliers(samplesMs));
  const sum = (list: number[]) => list.reduce((a, b) => a + b, 0);
  return {
    samples: sum(columnsOf(analysis).map(({ samplesMs }) => samplesMs.length)),
    outliers: {
      mild: sum(all.map(({ mild }) => mild.length)),
      severe: sum(all.map(({ severe }) => severe.length)),
    },
  };
}

/**
 * Every sample as a multiple of its run's median, so that all runs share one scale.
 *
 * @param analysis The kernel's figures.
 * @returns The chart.
 */
export function sampleChart(analysis: KernelAnalysis): Chart {
  const { kernel } = analysis;
  const columns = columnsOf(analysis);
  const points: Record<"sample" | "mild" | "severe" | "median", Point[]> = {
    sample: [],
    mild: [],
    severe: [],
    median: [],
  };
  columns.forEach(({ name, samplesMs }, column) => {
    const { median } = estimate(samplesMs);
    const outliers = tukeyOutliers(samplesMs);
    samplesMs.forEach((ms, i) => {
      const kind = outliers.severe.includes(i)
        ? "severe"
        : outliers.mild.includes(i)
        ? "mild"
        : "sample";
      const x = column + WIDTH * ((i + 0.5) / samplesMs.length - 0.5);
      const label = `${name}, sample ${i + 1}: ${formatMs(ms)}`;
      points[kind].push({ x, y: ms / median, ...(kind === "sample" ? {} : { label }) });
    });
    points.median.push(
      { x: column - 0.42, y: 1 },
      { x: column + 0.42, y: 1, on: "gap" },
    );
  });
  const named: [keyof typeof points, string][] = [
    ["sample", "sample"],
    ["mild", "mild outlier"],
    ["severe", "severe outlier"],
    ["median", "median of the run"],
  ];
  const series: Series[] = named.flatMap(([role, name]) =>
    points[role].length > 0 ? [{ name, role, points: points[role] }] : []
  );
  const values = series.flatMap((line) => line.points.map((p) => p.y));
  // A quiet run looks quiet: two percent to both sides are always shown.
  const [low, high] = [Math.min(0.98, ...values), Math.max(1.02, ...values)];
  const { samples, outliers } = countSamples(analysis);
  return {
    id: `${kernel.name}-samples`,
    kind: "line",
    title: "Every sample, in the order of taking",
    description: `${samples} samples of ${kernel.title}, ${outliers.mild} mild and ` +
      `${outliers.severe} severe outliers. The longest as a share of its median: ${
        formatList(columns.map(({ name, samplesMs }) =>
          `${name} ${formatPercent(Math.max(...samplesMs) / estimate(samplesMs).median)}`
        ))
      }.`,
    axes: { x: "workers; the samples of each from left to right", y: "share of the median" },
    x: {
      scale: "linear",
      min: -0.5,
      max: columns.length - 0.5,
      ticks: columns.map(({ short }, value) => ({ value, label: short })),
    },
    y: high / low > 6
      ? logAxis(low, high, (value) => formatPercent(value))
      : linearAxis(high, (value) => `${Math.round(value * 100)} %`, low, true),
    series,
    zones: [],
    note: "Outliers lie beyond 1.5 (mild) or 3 (severe) interquartile ranges. None is dropped.",
  };
}

function columnsOf({ kernel, bestSerial }: KernelAnalysis) {
  const serial = kernel.baseLines.find((line) => line.name === bestSerial?.name);
  return [
    ...(serial ? [{ name: serial.title, short: "loop", samplesMs: serial.samplesMs }] : []),
    ...kernel.runs.map(({ workers, samplesMs }) => ({
      name: workersInWords(workers),
      short: String(workers),
      samplesMs,
    })),
  ];
}
