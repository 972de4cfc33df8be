/**
 * The charts of sweeps: the size of chunks, the size of tasks, the start of a pool.
 *
 * @module
 */
import type { KernelAnalysis } from "../analysis/kernel.ts";
import type { StartUpRow } from "../analysis/report.ts";
import { estimate } from "../analysis/statistics.ts";
import { formatCount, formatList, formatMs } from "../format.ts";
import type { Machine } from "../schema.ts";
import {
  axisMs,
  type Chart,
  highest,
  inWords,
  lowest,
  point,
  type Series,
  workersInWords,
  workersLine,
  zonesOf,
} from "./chart.ts";
import { type Axis, linearAxis, logAxis, sizesAxis, workersAxis } from "./ticks.ts";

/**
 * The time by the size of the chunks.
 *
 * @param analysis The kernel's figures.
 * @returns The chart; `null` where it was not measured.
 */
export function chunkChart({ kernel, chunks }: KernelAnalysis): Chart | null {
  if (chunks === null || kernel.chunkSweep === null) return null;
  const { rows, best } = chunks;
  const workers = workersInWords(kernel.chunkSweep.workers);
  const series: Series[] = [{
    name: `${workers}, median and its 95 % interval`,
    role: "pool",
    points: rows.map(({ chunkSize, time }) =>
      point(chunkSize, time, `chunks of ${formatCount(chunkSize)}`, formatMs)
    ),
  }];
  return {
    id: `${kernel.name}-chunks`,
    kind: "line",
    title: `Time by size of the chunks, ${workers}`,
    description: `Best at chunks of ${best}: ${
      formatList(rows.map((row) => `${formatMs(row.time.median)} with ${row.chunkSize}`))
    }.`,
    axes: { x: `${kernel.unit} in a chunk (logarithmic)`, y: "time" },
    x: sizesAxis(rows.map((row) => row.chunkSize)),
    y: timeAxis(series),
    series,
    zones: [],
    note: null,
  };
}

/**
 * The time of a loop and of a pool by the size of the tasks, with the size from which the pool wins.
 *
 * @param analysis The kernel's figures.
 * @returns The chart; `null` where it was not measured.
 */
export function taskChart({ kernel, crossover }: KernelAnalysis): Chart | null {
  const sweep = kernel.taskSweep;
  if (crossover === null || sweep === null) return null;
  const sizes = sweep.points.map((p) => p.unitsPerTask);
  const line = (name: string, role: Series["role"], of: "serialMs" | "poolMs"): Series => ({
    name,
    role,
    points: sweep.points.map((p) =>
      point(
        p.unitsPerTask,
        perTask(estimate(p[of]), p.tasks),
        `${name}, ${formatCount(p.unitsPerTask)} ${kernel.unit} a task`,
        formatMs,
      )
    ),
  });
  const series = [
    line(`pool of ${workersInWords(sweep.workers)}`, "pool", "poolMs"),
    line("loop without a pool", "serial", "serialMs"),
  ];
  const y = logAxis(lowest(series), highest(series), axisMs);
  if (crossover.unitsPerTask !== null) {
    const x = crossover.unitsPerTask;
    series.push({
      name: `the pool wins from about ${
        formatCount(Number(x.toPrecision(2)))
      } ${kernel.unit} a task on`,
      role: "median",
      points: [{ x, y: y.min }, { x, y: y.max }],
    });
  }
  return {
    id: `${kernel.name}-tasks`,
    kind: "line",
    title: "Time for each task, by its size",
    description: `Time for each task, loop and pool: ${
      formatList(sweep.points.map((p) =>
        `${formatCount(p.unitsPerTask)} ${kernel.unit}, ${
          formatMs(estimate(p.serialMs).median / p.tasks)
        } and ${formatMs(estimate(p.poolMs).median / p.tasks)}`
      ))
    }.`,
    axes: { x: `${kernel.unit} in a task (logarithmic)`, y: "time for each task (logarithmic)" },
    x: sizesAxis(sizes),
    y,
    series,
    zones: [],
    note: null,
  };
}

/**
 * The time from making a pool until its first result.
 *
 * @param rows The rows.
 * @param machine The machine, for the zones.
 * @returns The chart; `null` where it was not measured.
 */
export function startUpChart(rows: readonly StartUpRow[], machine: Machine): Chart | null {
  if (rows.length === 0) return null;
  const workers = rows.map((row) => row.workers);
  const zones = zonesOf(machine, workers.at(-1)!);
  const series = workersLine(
    "median and its 95 % interval",
    "pool",
    rows,
    (row) => row.time,
    formatMs,
    zones,
  );
  return {
    id: "startup",
    kind: "line",
    title: "From making a pool to its first result",
    description: `The start of a pool: ${inWords(rows, (row) => formatMs(row.time.median))}.`,
    axes: { x: "workers", y: "time" },
    x: workersAxis(workers, "logarithmic"),
    y: linearAxis(highest(series), axisMs),
    series,
    zones,
    note: null,
  };
}

function timeAxis(series: readonly Series[]): Axis {
  const [low, high] = [lowest(series), highest(series)];
  return high / low > 6 ? logAxis(low, high, axisMs) : linearAxis(high, axisMs);
}

function perTask({ median, low, high }: ReturnType<typeof estimate>, tasks: number) {
  return {
    median: median / tasks,
    low: low === null ? null : low / tasks,
    high: high === null ? null : high / tasks,
  };
}
