/**
 * What the charts of a page show: plain data, computed here, drawn by `script.js`.
 *
 * @module
 */
import type { KernelAnalysis, ScalingRow } from "../analysis/kernel.ts";
import type { Estimate } from "../analysis/statistics.ts";
import { formatList, formatMs, formatPercent, significant } from "../format.ts";
import type { PublishedTable } from "../published.ts";
import type { Machine } from "../schema.ts";
import { type Axis, linearAxis, logAxis, workersAxis } from "./ticks.ts";

/** One point of a line. */
export interface Point {
  /** Number of workers. */
  x: number;
  /** The value. */
  y: number;
  /** The ends of its interval, where it has one. */
  interval?: [number, number];
  /** The point in words, in lines, shown when it is pointed at; points without it stay silent. */
  label?: string;
}

/** One line of a chart; the role decides colour, shape and dash. */
export interface Series {
  /** What the legend says. */
  name: string;
  /** Its part in the chart. */
  role: "pool" | "serial" | "ideal" | "published" | "sample";
  /** Its points. */
  points: Point[];
}

/** A part of the x axis where results mean something else. */
export interface Zone {
  /** Where it begins. */
  from: number;
  /** What the legend says of it. */
  label: string;
}

/** One chart. */
export interface Chart {
  /** The id of its canvas. */
  id: string;
  /** Its heading. */
  title: string;
  /** The finding in words, for those who cannot see it. */
  description: string;
  /** The names of the axes. */
  axes: { x: string; y: string };
  /** The x axis. */
  x: Axis;
  /** The y axis. */
  y: Axis;
  /** The lines. */
  series: Series[];
  /** The zones. */
  zones: Zone[];
}

/**
 * The three charts of a kernel: time, speedup and efficiency.
 *
 * @param analysis The kernel's figures.
 * @param machine The machine, for the zones.
 * @returns The charts that the figures allow.
 */
export function kernelCharts(analysis: KernelAnalysis, machine: Machine): Chart[] {
  if (analysis.rows.length === 0) return [];
  const zones = zonesOf(machine, analysis.rows.at(-1)!.workers);
  const charts = [timeChart(analysis, zones)];
  if (analysis.rows.some((row) => row.workers > 1 && (row.speedup || row.serialSpeedup))) {
    charts.push(speedupChart(analysis, zones), efficiencyChart(analysis, zones));
  }
  return charts;
}

function timeChart({ kernel, rows, bestSerial }: KernelAnalysis, zones: Zone[]): Chart {
  const workers = rows.map((row) => row.workers);
  const x = workersAxis(workers, "logarithmic");
  const series: Series[] = [{
    name: "median and its 95 % interval",
    role: "pool",
    points: rows.map((row) => point(row, row.time, formatMs)),
  }];
  if (rows[0].workers === 1 && rows.length > 1) {
    const one = rows[0].time.median;
    series.push({
      name: "ideal: the time of one worker, divided",
      role: "ideal",
      points: between(1, workers.at(-1)!).map((p) => ({ x: p, y: one / p })),
    });
  }
  if (bestSerial) {
    const y = bestSerial.time.median;
    const label = `${bestSerial.title}: ${formatMs(y)}`;
    series.push({
      name: bestSerial.title,
      role: "serial",
      points: [{ x: x.min, y }, { x: workers[0], y, label }, { x: x.max, y }],
    });
  }
  series.push({
    name: "every sample",
    role: "sample",
    points: kernel.runs.flatMap((run) => run.samplesMs.map((y) => ({ x: run.workers, y }))),
  });
  const values = series.flatMap((line) => line.points.map((p) => p.y));
  const [low, high] = [Math.min(...values), Math.max(...values)];
  // Over a wide range a linear axis would press the short times together.
  const y = high / low > 6 ? logAxis(low, high, axisMs) : linearAxis(high, axisMs);
  return {
    id: `${kernel.name}-time`,
    title: "Time",
    description: `Time of ${kernel.title}: ${inWords(rows, (row) => formatMs(row.time.median))}.`,
    axes: { x: "workers", y: y.scale === "linear" ? "time" : "time (logarithmic)" },
    x,
    y,
    series,
    zones,
  };
}

function speedupChart({ kernel, rows, bestSerial }: KernelAnalysis, zones: Zone[]): Chart {
  const last = rows.at(-1)!.workers;
  const times = (value: number) => `${significant(value)} times`;
  const series: Series[] = [
    ...line("against one worker", "pool", rows, (row) => row.speedup, times),
    ...line(`against ${bestSerial?.title}`, "serial", rows, (row) => row.serialSpeedup, times),
    { name: "ideal", role: "ideal", points: [{ x: 0, y: 0 }, { x: last, y: last }] },
  ];
  const base = rows.some((row) => row.speedup) ? "one worker" : bestSerial!.title;
  const said = inWords(rows, (row) => times((row.speedup ?? row.serialSpeedup)!.median));
  return {
    id: `${kernel.name}-speedup`,
    title: "Speedup",
    description: `Speedup of ${kernel.title} against ${base}: ${said}.`,
    axes: { x: "workers", y: "times as fast" },
    x: workersAxis(rows.map((row) => row.workers), "linear"),
    y: linearAxis(highest(series), (value) => String(value)),
    series,
    zones,
  };
}

function efficiencyChart({ kernel, rows, bestSerial }: KernelAnalysis, zones: Zone[]): Chart {
  const x = workersAxis(rows.map((row) => row.workers), "logarithmic");
  const ofSerial = (row: ScalingRow): Estimate | null => {
    const { workers, serialSpeedup: times } = row;
    return times && {
      median: times.median / workers,
      low: times.low === null ? null : times.low / workers,
      high: times.high === null ? null : times.high / workers,
    };
  };
  const series: Series[] = [
    ...line("against one worker", "pool", rows, (row) => row.efficiency, formatPercent),
    ...line(`against ${bestSerial?.title}`, "serial", rows, ofSerial, formatPercent),
    { name: "ideal", role: "ideal", points: [{ x: x.min, y: 1 }, { x: x.max, y: 1 }] },
  ];
  const said = inWords(rows, (row) => formatPercent((row.efficiency ?? ofSerial(row))!.median));
  return {
    id: `${kernel.name}-efficiency`,
    title: "Efficiency",
    description: `Efficiency of ${kernel.title}: ${said}.`,
    axes: { x: "workers", y: "share of the ideal" },
    x,
    y: linearAxis(Math.max(1.1, highest(series)), (value) => `${Math.round(value * 100)} %`),
    series,
    zones,
  };
}

/**
 * Our speedup beside a published one.
 *
 * @param analysis The kernel's figures.
 * @param table The published table for the same problem.
 * @returns The chart.
 */
export function publishedChart({ kernel, rows }: KernelAnalysis, table: PublishedTable): Chart {
  const times = (value: number) => `${significant(value)} times`;
  const base = table.rows[0].seconds;
  const published = table.rows.map(({ cores, seconds }) => ({
    x: cores,
    y: base / seconds,
    label: `published, ${cores} cores: ${times(base / seconds)}`,
  }));
  const workers = [...rows.map((row) => row.workers), ...table.rows.map((row) => row.cores)];
  const all = [...new Set(workers)].sort((a, b) => a - b);
  const last = all.at(-1)!;
  const series: Series[] = [
    ...line("this run", "pool", rows, (row) => row.speedup, times),
    { name: "published, Python", role: "published", points: published },
    { name: "ideal", role: "ideal", points: [{ x: 0, y: 0 }, { x: last, y: last }] },
  ];
  return {
    id: `${kernel.name}-published`,
    title: "Speedup beside the published one",
    description: `Published speedup: ${published.map((p) => p.label).join("; ")}. This run: ` +
      `${inWords(rows, (row) => row.speedup ? times(row.speedup.median) : "not known")}.`,
    axes: { x: "workers or cores", y: "times as fast as one" },
    x: workersAxis(all, "linear"),
    y: linearAxis(highest(series), (value) => String(value)),
    series,
    zones: [],
  };
}

/** A line over the rows that have the value; none if no row has it. */
function line(
  name: string,
  role: Series["role"],
  rows: ScalingRow[],
  value: (row: ScalingRow) => Estimate | null,
  text: (value: number) => string,
): Series[] {
  const points = rows.flatMap((row) => {
    const estimate = value(row);
    return estimate ? [point(row, estimate, text)] : [];
  });
  return points.length > 0 ? [{ name, role, points }] : [];
}

function point(row: ScalingRow, value: Estimate, text: (value: number) => string): Point {
  const { median, low, high } = value;
  const label = `${workersInWords(row.workers)}: ${text(median)}`;
  if (low === null || high === null) return { x: row.workers, y: median, label };
  return {
    x: row.workers,
    y: median,
    interval: [low, high],
    label: `${label}\n95 % interval: ${text(low)} to ${text(high)}`,
  };
}

function zonesOf({ allowedCores, physicalCores }: Machine, last: number): Zone[] {
  const zones: Zone[] = [];
  if (physicalCores !== null && physicalCores < Math.min(last, allowedCores ?? last)) {
    zones.push({ from: physicalCores + 0.5, label: "threads share a core" });
  }
  if (allowedCores !== null && allowedCores < last) {
    zones.push({ from: allowedCores + 0.5, label: "more workers than cores" });
  }
  return zones;
}

function highest(series: Series[]): number {
  return Math.max(...series.flatMap((s) => s.points.map((p) => p.interval?.[1] ?? p.y)));
}

/** Places close enough for a curve to look smooth, on any axis. */
function between(first: number, last: number): number[] {
  const steps = 32;
  return Array.from({ length: steps + 1 }, (_, i) => first * (last / first) ** (i / steps));
}

/** An axis mark: round values need no three digits. */
function axisMs(ms: number): string {
  if (ms === 0) return "0";
  const [value, unit] = formatMs(ms).split(" ");
  return `${Number(value)} ${unit}`;
}

function inWords(rows: ScalingRow[], value: (row: ScalingRow) => string): string {
  return formatList(rows.map((row) => `${value(row)} on ${workersInWords(row.workers)}`));
}

function workersInWords(workers: number): string {
  return workers === 1 ? "1 worker" : `${workers} workers`;
}
