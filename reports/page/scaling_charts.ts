/**
 * The charts of strong and weak scaling.
 *
 * @module
 */
import { amdahlMs } from "../analysis/amdahl.ts";
import { gustafsonSpeedup } from "../analysis/gustafson.ts";
import type { KernelAnalysis, ScalingRow } from "../analysis/kernel.ts";
import type { Estimate } from "../analysis/statistics.ts";
import { uslMs } from "../analysis/usl.ts";
import { formatMs, formatPercent, significant } from "../format.ts";
import type { PublishedTable } from "../published.ts";
import type { Machine } from "../schema.ts";
import {
  axisMs,
  between,
  type Chart,
  highest,
  inWords,
  lowest,
  type Point,
  point,
  type Role,
  type Series,
  speedupAxis,
  workersLine,
  zonesOf,
} from "./chart.ts";
import { linearAxis, logAxis, workersAxis } from "./ticks.ts";

/** How far the curves of the laws go on, as a multiple of what was measured; 2 is the most. */
const BEYOND = 1.5;

const times = (value: number) => `${significant(value)} times`;

/**
 * The time on each number of workers.
 *
 * @param analysis The kernel's figures.
 * @param machine The machine, for the zones.
 * @returns The chart.
 */
export function timeChart({ kernel, rows, bestSerial }: KernelAnalysis, machine: Machine): Chart {
  const workers = rows.map((row) => row.workers);
  const zones = zonesOf(machine, workers.at(-1)!);
  const x = workersAxis(workers, "logarithmic");
  const series = workersLine(
    "median and its 95 % interval",
    "pool",
    rows,
    (row) => row.time,
    formatMs,
    zones,
  );
  if (rows[0].workers === 1 && rows.length > 1) {
    const one = rows[0].time.median;
    series.push({
      name: "ideal: the time of one worker, divided",
      role: "ideal",
      points: between(1, workers.at(-1)!).map((p) => ({ x: p, y: one / p })),
    });
  }
  if (bestSerial) {
    const { title, time } = bestSerial;
    const y = time.median;
    const measured = point(workers[0], time, title, formatMs);
    series.push({
      name: title,
      role: "serial",
      points: [{ x: x.min, y }, measured, { x: x.max, y }],
    });
  }
  const [low, high] = [lowest(series), highest(series)];
  // Over a wide range a linear axis would press the short times together.
  const y = high / low > 6 ? logAxis(low, high, axisMs) : linearAxis(high, axisMs);
  return {
    id: `${kernel.name}-time`,
    kind: "line",
    title: "Time",
    description: `Time of ${kernel.title}: ${inWords(rows, (row) => formatMs(row.time.median))}.`,
    axes: { x: "workers", y: y.scale === "linear" ? "time" : "time (logarithmic)" },
    x,
    y,
    series,
    zones,
    note: null,
  };
}

/**
 * The speedup with the ideal line and the laws.
 *
 * @param analysis The kernel's figures.
 * @param machine The machine, for the zones.
 * @returns The chart; `null` where there is nothing to compare.
 */
export function speedupChart(analysis: KernelAnalysis, machine: Machine): Chart | null {
  const { kernel, rows, bestSerial } = analysis;
  if (!hasSpeedup(analysis)) return null;
  const last = rows.at(-1)!.workers;
  const zones = zonesOf(machine, last);
  const laws = lawCurves(analysis);
  const end = Math.max(last, ...laws.flatMap((law) => law.points.map((p) => p.x)));
  const series: Series[] = [
    ...workersLine("against one worker", "pool", rows, (row) => row.speedup, times, zones),
    ...workersLine(
      `against ${bestSerial?.title}`,
      "serial",
      rows,
      (row) => row.serialSpeedup,
      times,
      zones,
    ),
    ...laws,
  ];
  const { y, ideal } = speedupAxis(series, end);
  series.push(ideal);
  const base = rows.some((row) => row.speedup) ? "one worker" : bestSerial!.title;
  const said = inWords(rows, (row) => times((row.speedup ?? row.serialSpeedup)!.median));
  return {
    id: `${kernel.name}-speedup`,
    kind: "line",
    title: "Speedup",
    description: `Speedup of ${kernel.title} against ${base}: ${said}.`,
    axes: { x: "workers", y: "times as fast" },
    x: workersAxis(rows.map((row) => row.workers), "linear", end),
    y,
    series,
    zones,
    note: lawNote(analysis, end),
  };
}

/** What the dashed ends of the laws mean. */
function lawNote({ amdahl, usl }: KernelAnalysis, end: number): string | null {
  const law = typeof amdahl === "string" ? usl : amdahl;
  if (typeof law === "string" || law.largest >= end) return null;
  return `Dashed beyond ${law.largest} workers: no run there was used for the laws.`;
}

/** The curves of the laws that could be fitted. */
function lawCurves({ rows, amdahl, usl }: KernelAnalysis): Series[] {
  const one = rows.find((row) => row.workers === 1)?.time.median;
  const last = rows.at(-1)!.workers;
  if (one === undefined) return [];
  const curve = (name: string, role: Role, largest: number, ms: (n: number) => number): Series => {
    const end = Math.min(2 * largest, Math.max(last, BEYOND * largest));
    const at = (x: number): Point => ({ x, y: one / ms(x) });
    const beyond = between(largest, end, 12).map((x): Point => ({ ...at(x), on: "beyond" }));
    return { name, role, points: [...between(1, largest).slice(0, -1).map(at), ...beyond] };
  };
  const curves: Series[] = [];
  if (typeof amdahl !== "string") {
    const name = `Amdahl: ${percentMark(amdahl.serial.value)} serial`;
    curves.push(curve(name, "amdahl", amdahl.largest, (n) => amdahlMs(amdahl, n)));
  }
  if (typeof usl !== "string") {
    const { contention, coherency } = usl;
    const name = `USL: contention ${percentMark(contention.value)}, coherency ` +
      percentMark(coherency.value);
    curves.push(curve(name, "usl", usl.largest, (n) => uslMs(usl, n)));
  }
  return curves;
}

/**
 * The efficiency: speedup by workers.
 *
 * @param analysis The kernel's figures.
 * @param machine The machine, for the zones.
 * @returns The chart; `null` where there is nothing to compare.
 */
export function efficiencyChart(analysis: KernelAnalysis, machine: Machine): Chart | null {
  const { kernel, rows, bestSerial } = analysis;
  if (!hasSpeedup(analysis)) return null;
  const workers = rows.map((row) => row.workers);
  const zones = zonesOf(machine, workers.at(-1)!);
  const x = workersAxis(workers, "logarithmic");
  const ofSerial = (row: ScalingRow) => row.serialSpeedup && shared(row.serialSpeedup, row.workers);
  const series: Series[] = [
    ...workersLine(
      "against one worker",
      "pool",
      rows,
      (row) => row.efficiency,
      formatPercent,
      zones,
    ),
    ...workersLine(
      `against ${bestSerial?.title}`,
      "serial",
      rows,
      ofSerial,
      formatPercent,
      zones,
    ),
    { name: "ideal", role: "ideal", points: [{ x: x.min, y: 1 }, { x: x.max, y: 1 }] },
  ];
  const said = inWords(rows, (row) => formatPercent((row.efficiency ?? ofSerial(row))!.median));
  return {
    id: `${kernel.name}-efficiency`,
    kind: "line",
    title: "Efficiency",
    description: `Efficiency of ${kernel.title}: ${said}.`,
    axes: { x: "workers", y: "share of the ideal" },
    x,
    y: linearAxis(Math.max(1.1, highest(series)), axisPercent),
    series,
    zones,
    note: null,
  };
}

/**
 * The Karp-Flatt metric, whose slope tells a serial part from a growing cost.
 *
 * @param analysis The kernel's figures.
 * @param machine The machine, for the zones.
 * @returns The chart; `null` where it is not defined.
 */
export function karpFlattChart({ kernel, rows }: KernelAnalysis, machine: Machine): Chart | null {
  const known = rows.filter((row) => row.karpFlatt !== null);
  if (known.length === 0) return null;
  const workers = known.map((row) => row.workers);
  const zones = zonesOf(machine, workers.at(-1)!);
  const exact = (row: ScalingRow) => ({ median: row.karpFlatt!, low: null, high: null });
  const series = workersLine(
    "serial share that would explain the speedup",
    "pool",
    known,
    exact,
    formatPercent,
    zones,
  );
  return {
    id: `${kernel.name}-karp-flatt`,
    kind: "line",
    title: "Karp-Flatt metric",
    description: `Karp-Flatt metric of ${kernel.title}: ` +
      `${inWords(known, (row) => formatPercent(row.karpFlatt!))}.`,
    axes: { x: "workers", y: "serial share" },
    x: workersAxis(workers, "logarithmic"),
    y: linearAxis(Math.max(0.01, highest(series)), axisPercent, Math.min(0, lowest(series))),
    series,
    zones,
    note: "Level: a serial part of that size. Rising: the cost of being parallel grows. Below 0: " +
      "faster than ideal.",
  };
}

/**
 * Weak scaling: the share of the ideal while the size grows with the workers.
 *
 * @param analysis The kernel's figures.
 * @param machine The machine, for the zones.
 * @returns The chart; `null` where it was not measured.
 */
export function weakChart({ kernel, weakRows, gustafson }: KernelAnalysis, machine: Machine) {
  const known = weakRows.filter((row) => row.efficiency !== null);
  if (known.length < 2) return null;
  const workers = known.map((row) => row.workers);
  const last = workers.at(-1)!;
  const zones = zonesOf(machine, last);
  const x = workersAxis(workers, "logarithmic");
  const series: Series[] = [
    ...workersLine("rate by workers", "pool", known, (row) => row.efficiency, formatPercent, zones),
    { name: "ideal", role: "ideal", points: [{ x: x.min, y: 1 }, { x: x.max, y: 1 }] },
  ];
  if (typeof gustafson !== "string") {
    const { value } = gustafson.serial;
    series.push({
      name: `Gustafson: ${percentMark(value)} serial`,
      role: "gustafson",
      points: between(1, last).map((n) => ({ x: n, y: gustafsonSpeedup(value, n) / n })),
    });
  }
  const chart: Chart = {
    id: `${kernel.name}-weak`,
    kind: "line",
    title: "Efficiency with a size that grows",
    description: `Weak scaling of ${kernel.title}: ` +
      `${inWords(known, (row) => formatPercent(row.efficiency!.median))}.`,
    axes: { x: "workers, and the size with them", y: "share of the ideal" },
    x,
    y: linearAxis(Math.max(1.1, highest(series)), axisPercent),
    series,
    zones,
    note: null,
  };
  return chart;
}

/**
 * Our speedup beside a published one.
 *
 * @param analysis The kernel's figures.
 * @param table The published table for the same problem.
 * @returns The chart.
 */
export function publishedChart({ kernel, rows }: KernelAnalysis, table: PublishedTable): Chart {
  const base = table.rows[0].seconds;
  const published = table.rows.map(({ cores, seconds }) => ({
    x: cores,
    y: base / seconds,
    label: `published, ${cores} cores: ${times(base / seconds)}`,
  }));
  const near = comparableRows(rows, table);
  const workers = [...near.map((row) => row.workers), ...table.rows.map((row) => row.cores)];
  const all = [...new Set(workers)].sort((a, b) => a - b);
  const last = all.at(-1)!;
  const series: Series[] = [
    ...workersLine("this run", "pool", near, (row) => row.speedup, times, []),
    { name: "published, Python", role: "published", points: published },
    { name: "ideal", role: "ideal", points: [{ x: 0, y: 0 }, { x: last, y: last }] },
  ];
  return {
    id: `${kernel.name}-published`,
    kind: "line",
    title: "Speedup beside the published one",
    description: `Published speedup: ${published.map((p) => p.label).join("; ")}. This run: ` +
      `${inWords(near, (row) => row.speedup ? times(row.speedup.median) : "not known")}.`,
    axes: { x: "workers or cores", y: "times as fast as one" },
    x: workersAxis(all, "linear"),
    y: linearAxis(highest(series), String),
    series,
    zones: [],
    note: null,
  };
}

/**
 * The rows of a run that can stand beside a published table: up to twice its cores.
 *
 * @param rows The rows of the run.
 * @param table The published table.
 * @returns The rows.
 */
export function comparableRows(rows: readonly ScalingRow[], table: PublishedTable): ScalingRow[] {
  const most = 2 * Math.max(...table.rows.map((row) => row.cores));
  return rows.filter((row) => row.workers <= most);
}

function hasSpeedup({ rows }: KernelAnalysis): boolean {
  return rows.some((row) => row.workers > 1 && (row.speedup || row.serialSpeedup));
}

function shared({ median, low, high }: Estimate, workers: number): Estimate {
  return {
    median: median / workers,
    low: low === null ? null : low / workers,
    high: high === null ? null : high / workers,
  };
}

function axisPercent(value: number): string {
  return `${Number((value * 100).toPrecision(6))} %`;
}

/** Small shares, such as a coherency, keep two digits. */
function percentMark(value: number): string {
  return `${Number((value * 100).toPrecision(2))} %`;
}
