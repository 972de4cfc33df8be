/**
 * What a chart shows: plain data, computed here, drawn by `script.js`.
 *
 * @module
 */
import type { Estimate } from "../analysis/statistics.ts";
import { formatList, formatMs } from "../format.ts";
import type { Machine } from "../schema.ts";
import { type Axis, linearAxis } from "./ticks.ts";

/** One point of a line. */
export interface Point {
  /** Its place, such as a number of workers. */
  x: number;
  /** The value. */
  y: number;
  /** The ends of its interval, where it has one. */
  interval?: [number, number];
  /** The point in words, in lines, shown when it is pointed at; points without it stay silent. */
  label?: string;
  /** How the line goes on from here, if not as it is: not at all, or beyond what was measured. */
  on?: "gap" | "beyond";
}

/** The part of a line in its chart; it decides colour, shape and dash. */
export type Role =
  | "pool"
  | "serial"
  | "ideal"
  | "amdahl"
  | "usl"
  | "gustafson"
  | "published"
  | "sample"
  | "mild"
  | "severe"
  | "median"
  | "busy"
  | "waiting"
  | "communicating"
  | "idle"
  | `node${number}`;

/** One line of a chart. */
export interface Series {
  /** What the legend says. */
  name: string;
  /** Its part in the chart. */
  role: Role;
  /** Its points. */
  points: Point[];
}

/** A part of the x axis where results mean something else. */
export interface Zone {
  /** Where it begins. */
  from: number;
  /** Where it ends; `null` for the end of the axis. */
  to: number | null;
  /** Whether it is what was hoped for, or less. */
  kind: "own" | "shared" | "over";
  /** What the chart and its legend say of it. */
  label: string;
}

/** One chart. */
export interface Chart {
  /** The id of its canvas. */
  id: string;
  /** How it is drawn: bars are stacked; rows are bars from left to right beside each other. */
  kind: "line" | "bars" | "rows";
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
  /** What a reader has to know of it, below the legend. */
  note: string | null;
}

/**
 * A measured point with its interval and its words.
 *
 * @param x Its place.
 * @param value The value.
 * @param where The place in words.
 * @param text Writes a value.
 * @returns The point.
 */
export function point(
  x: number,
  { median, low, high }: Estimate,
  where: string,
  text: (value: number) => string,
): Point {
  const label = `${where}: ${text(median)}`;
  if (low === null || high === null) return { x, y: median, label };
  return {
    x,
    y: median,
    interval: [low, high],
    label: `${label}\n95 % interval: ${text(low)} to ${text(high)}`,
  };
}

/**
 * A line over the rows that have the value; none if no row has it.
 *
 * Points are joined only within a zone, since between the last own core and the first shared one lies
 * neither; and from three points on, since two alone show no shape.
 *
 * @param name What the legend says.
 * @param role Its part in the chart.
 * @param rows The rows, ascending by workers.
 * @param value Reads the value of a row.
 * @param text Writes a value.
 * @param zones The zones of the chart.
 * @returns The line.
 */
export function workersLine<R extends { workers: number }>(
  name: string,
  role: Role,
  rows: readonly R[],
  value: (row: R) => Estimate | null,
  text: (value: number) => string,
  zones: readonly Zone[],
): Series[] {
  const points = rows.flatMap((row) => {
    const estimate = value(row);
    return estimate ? [point(row.workers, estimate, workersInWords(row.workers), text)] : [];
  });
  const zoneOf = (p: Point) => zones.findLastIndex((zone) => zone.from <= p.x);
  const crowd = (zone: number) => points.filter((p) => zoneOf(p) === zone).length;
  points.slice(0, -1).forEach((from, i) => {
    const zone = zoneOf(from);
    if (zone !== zoneOf(points[i + 1]) || crowd(zone) < 3) from.on = "gap";
  });
  return points.length > 0 ? [{ name, role, points }] : [];
}

/**
 * The zones of a machine up to the largest number of workers; none where all is in the first.
 *
 * @param machine The machine.
 * @param last The largest number of workers.
 * @returns The zones from left to right.
 */
export function zonesOf({ allowedCores, physicalCores }: Machine, last: number): Zone[] {
  const borders: Omit<Zone, "to">[] = [{ from: 0, kind: "own", label: "own cores" }];
  if (physicalCores !== null && physicalCores < Math.min(last, allowedCores ?? last)) {
    borders.push({ from: physicalCores + 0.5, kind: "shared", label: "shared cores (SMT)" });
  }
  if (allowedCores !== null && allowedCores < last) {
    borders.push({ from: allowedCores + 0.5, kind: "over", label: "more workers than cores" });
  }
  if (borders.length === 1) return [];
  return borders.map((zone, i) => ({ ...zone, to: borders[i + 1]?.from ?? null }));
}

/**
 * The highest place that is drawn, ends of intervals included.
 *
 * @param series The lines.
 * @returns The value.
 */
export function highest(series: readonly Series[]): number {
  return Math.max(...series.flatMap((s) => s.points.map((p) => p.interval?.[1] ?? p.y)));
}

/**
 * The lowest place that is drawn, ends of intervals included.
 *
 * @param series The lines.
 * @returns The value.
 */
export function lowest(series: readonly Series[]): number {
  return Math.min(...series.flatMap((s) => s.points.map((p) => p.interval?.[0] ?? p.y)));
}

/** How much of the ideal line is shown, as a multiple of the highest speedup. */
const ROOM = 1.6;

/**
 * The y axis of speedups, with the ideal line. Where the ideal is far away, its line leaves the chart
 * rather than press down what was measured.
 *
 * @param series The lines.
 * @param end The largest number of workers on the x axis.
 * @returns The axis and the line.
 */
export function speedupAxis(series: readonly Series[], end: number): { y: Axis; ideal: Series } {
  const top = highest(series);
  const y = linearAxis(Math.max(top, Math.min(end, ROOM * top)), String);
  const far = Math.min(end, y.max);
  return {
    y,
    ideal: { name: "ideal", role: "ideal", points: [{ x: 0, y: 0 }, { x: far, y: far }] },
  };
}

/**
 * Places close enough for a curve to look smooth, on any axis.
 *
 * @param first The first place.
 * @param last The last place.
 * @param steps How many steps lie between.
 * @returns The places.
 */
export function between(first: number, last: number, steps = 32): number[] {
  return Array.from({ length: steps + 1 }, (_, i) => first * (last / first) ** (i / steps));
}

/**
 * A time as an axis mark: round values need no three digits.
 *
 * @param ms The time in milliseconds.
 * @returns Text such as `50 ms`.
 */
export function axisMs(ms: number): string {
  if (ms === 0) return "0";
  const [value, unit] = formatMs(ms).split(" ");
  return `${Number(value)} ${unit}`;
}

/**
 * Rows as a sentence's part for those who cannot see the chart.
 *
 * @param rows The rows.
 * @param value Writes a row's value.
 * @returns Text such as `10 ms on 1 worker and 5 ms on 2 workers`.
 */
export function inWords<R extends { workers: number }>(
  rows: readonly R[],
  value: (row: R) => string,
): string {
  return formatList(rows.map((row) => `${value(row)} on ${workersInWords(row.workers)}`));
}

/**
 * A number of workers in words.
 *
 * @param workers The number.
 * @returns Text such as `4 workers`.
 */
export function workersInWords(workers: number): string {
  return workers === 1 ? "1 worker" : `${workers} workers`;
}
