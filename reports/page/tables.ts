/**
 * The tables of a kernel: the same figures as in the charts, as text.
 *
 * @module
 */
import type { KernelAnalysis } from "../analysis/kernel.ts";
import type { StartUpRow } from "../analysis/report.ts";
import { estimate } from "../analysis/statistics.ts";
import { formatCount, formatMs, formatPercent, significant } from "../format.ts";
import type { PublishedTable } from "../published.ts";
import type { Html } from "./html.ts";
import { comparableRows } from "./scaling_charts.ts";
import { interval, table, withInterval } from "./table.ts";

/** Figures of strong scaling: time, speedup, efficiency, Karp-Flatt. */
export function scalingTable({ kernel, rows, baseLines, bestSerial }: KernelAnalysis): Html {
  const base = bestSerial ? [`Speedup, against ${bestSerial.title}`] : [];
  const head = [
    "Workers",
    "Time, median",
    "95 % interval",
    "Samples",
    "Speedup, against one worker",
    ...base,
    "Efficiency",
    "Karp-Flatt",
  ];
  const body = rows.map((row) => [
    String(row.workers),
    formatMs(row.time.median),
    interval(row.time, formatMs),
    String(row.samples),
    withInterval(row.speedup, significant),
    ...(bestSerial ? [withInterval(row.serialSpeedup, significant)] : []),
    withInterval(row.efficiency, formatPercent),
    row.karpFlatt === null ? "–" : formatPercent(row.karpFlatt),
  ]);
  const serial = baseLines.filter((line) => line.name === bestSerial?.name).map((line) => [
    line.title,
    formatMs(line.time.median),
    interval(line.time, formatMs),
    String(line.samples),
  ]);
  return table(`${kernel.title}: scaling`, head, [...body, ...serial]);
}

/** Figures of weak scaling. */
export function weakTable({ kernel, weakRows }: KernelAnalysis): Html {
  const rows = weakRows.map(({ workers, size, speedup, efficiency }) => {
    const { samplesMs } = kernel.weakRuns.find((run) => run.workers === workers)!;
    const time = estimate(samplesMs);
    return [
      String(workers),
      formatCount(size),
      formatMs(time.median),
      interval(time, formatMs),
      String(samplesMs.length),
      withInterval(speedup, significant),
      withInterval(efficiency, formatPercent),
    ];
  });
  const head = [
    "Workers",
    `Size, ${kernel.unit}`,
    "Time, median",
    "95 % interval",
    "Samples",
    "Rate, as a multiple of one worker's",
    "Efficiency",
  ];
  return table(`${kernel.title}: the size grows with the workers`, head, rows);
}

/** Figures of the sweep over the sizes of the chunks. */
export function chunkTable({ kernel, chunks }: KernelAnalysis): Html {
  const rows = chunks!.rows.map(({ chunkSize, time, ratio }, i) => [
    formatCount(chunkSize),
    formatMs(time.median),
    interval(time, formatMs),
    String(kernel.chunkSweep!.points[i].samplesMs.length),
    chunkSize === chunks!.best ? "the best" : withInterval(ratio, significant),
  ]);
  const head = [
    `Chunk, ${kernel.unit}`,
    "Time, median",
    "95 % interval",
    "Samples",
    "Times the best",
  ];
  return table(`${kernel.title}: size of the chunks`, head, rows);
}

/** Figures of the sweep over the sizes of the tasks. */
export function taskTable({ kernel, crossover }: KernelAnalysis): Html {
  const rows = crossover!.rows.map(({ unitsPerTask, tasks, speedup }, i) => {
    const { serialMs, poolMs } = kernel.taskSweep!.points[i];
    return [
      formatCount(unitsPerTask),
      formatCount(tasks),
      formatMs(estimate(serialMs).median),
      formatMs(estimate(poolMs).median),
      withInterval(speedup, significant),
    ];
  });
  const head = [`Task, ${kernel.unit}`, "Tasks", "Loop", "Pool", "Pool against loop"];
  return table(`${kernel.title}: size of the tasks`, head, rows);
}

/** Where the time of the workers went. */
export function workerTable({ kernel, workerShares }: KernelAnalysis): Html {
  const rows = workerShares.map(({ workers, all, imbalance }) => [
    String(workers),
    ...[all.busy, all.waiting, all.communicating, all.idle].map(formatPercent),
    workers === 1 ? "–" : formatPercent(imbalance),
  ]);
  const head = [
    "Workers",
    "Busy",
    "Waiting",
    "Communicating",
    "Idle",
    "Busiest above the mean",
  ];
  return table(`${kernel.title}: where the time of the workers went`, head, rows);
}

/** The kernel under the roof of the memory. */
export function rooflineTable({ kernel, roofline }: KernelAnalysis): Html {
  const flops = kernel.flopsPerUnit !== null;
  const rows = roofline!.rows.map(({ workers, bytesPerSecond, flopsPerSecond, share }) => [
    String(workers),
    withInterval(bytesPerSecond, giga),
    ...(flops ? [withInterval(flopsPerSecond, giga)] : []),
    withInterval(share, formatPercent),
  ]);
  const head = [
    "Workers",
    "GB a second",
    ...(flops ? ["Gflop a second"] : []),
    "Share of the best of the triad",
  ];
  return table(`${kernel.title}: traffic to and from memory`, head, rows);
}

/** Every sample of the strong scaling. */
export function samplesTable({ kernel }: KernelAnalysis): Html {
  const rows = [
    ...kernel.runs.map((run) => ({ name: String(run.workers), samplesMs: run.samplesMs })),
    ...kernel.baseLines.filter((line) => line.missing === null)
      .map((line) => ({ name: line.title, samplesMs: line.samplesMs })),
  ].map((row) => [row.name, row.samplesMs.map(formatMs).join(", ")]);
  const head = ["Workers", "Samples in the order of taking"];
  return table(`${kernel.title}: every sample`, head, rows, { kind: "text" });
}

/** Times from making a pool to its first result. */
export function startUpTable(startup: readonly StartUpRow[]): Html {
  const rows = startup.map(({ workers, time, samples }) => [
    String(workers),
    formatMs(time.median),
    interval(time, formatMs),
    String(samples),
  ]);
  return table(
    "The start of a pool",
    ["Workers", "Time, median", "95 % interval", "Samples"],
    rows,
  );
}

/** A published scaling table with ours beside it. */
export function publishedTable(analysis: KernelAnalysis, published: PublishedTable): Html {
  const { kernel } = analysis;
  const rows = comparableRows(analysis.rows, published);
  const cores = [...rows.map((row) => row.workers), ...published.rows.map((row) => row.cores)];
  const base = published.rows[0].seconds;
  const body = [...new Set(cores)].sort((a, b) => a - b).map((n) => {
    const theirs = published.rows.find((row) => row.cores === n);
    const ours = rows.find((row) => row.workers === n);
    return [
      String(n),
      theirs ? `${theirs.seconds} s` : "–",
      theirs ? (base / theirs.seconds).toFixed(2) : "–",
      theirs ? perSecond(published.size, theirs.seconds * 1000) : "–",
      ours ? formatMs(ours.time.median) : "–",
      ours?.speedup ? ours.speedup.median.toFixed(2) : "–",
      ours ? perSecond(kernel.size, ours.time.median) : "–",
    ];
  });
  const rate = `million ${kernel.unit} per second`;
  const head = ["Cores", "Time", "Scaling", rate, "Time", "Scaling", rate];
  const groups: [string, number][] = [["", 1], ["Published", 3], ["Measured here", 3]];
  return table(`${kernel.title}: published and measured`, head, body, { groups });
}

/** Billions. */
function giga(value: number): string {
  return significant(value / 1e9);
}

/** Millions per second. */
function perSecond(size: number, ms: number): string {
  const millions = size / ms / 1000;
  return millions >= 1000 ? formatCount(millions) : significant(millions);
}
