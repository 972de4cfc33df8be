/**
 * One kernel's samples turned into figures.
 *
 * @module
 */
import type { Kernel, Run } from "../schema.ts";
import { type AmdahlFit, fitAmdahl } from "./amdahl.ts";
import { quotient, type Resampled, resampleMedian } from "./bootstrap.ts";
import { analyseChunks, type ChunkAnalysis } from "./chunks.ts";
import { type Crossover, crossoverOf } from "./crossover.ts";
import { fitGustafson, type GustafsonFit } from "./gustafson.ts";
import type { TimePoint } from "./law_fit.ts";
import { seededRandom } from "./random.ts";
import { type Roof, type Roofline, rooflineOf } from "./roofline.ts";
import { karpFlatt } from "./scaling.ts";
import { type Estimate, estimate } from "./statistics.ts";
import { fitUsl, type UslFit } from "./usl.ts";
import { type WeakRow, weakRows } from "./weak.ts";
import { type WorkerShares, workerShares } from "./worker_shares.ts";

/** A program without a pool, with its time. */
export interface BaseRow {
  /** A short name. */
  name: string;
  /** The base line in words. */
  title: string;
  /** Number of threads that it uses. */
  threads: number;
  /** Number of samples. */
  samples: number;
  /** Its time in milliseconds. */
  time: Estimate;
}

/** The figures for one number of workers. */
export interface ScalingRow {
  /** Number of workers. */
  workers: number;
  /** Number of samples. */
  samples: number;
  /** The time in milliseconds. */
  time: Estimate;
  /** Speedup against one worker; `null` where one worker was not measured. */
  speedup: Estimate | null;
  /** Speedup against the fastest program without a pool; `null` where there is none. */
  serialSpeedup: Estimate | null;
  /** Efficiency of {@linkcode ScalingRow.speedup}. */
  efficiency: Estimate | null;
  /** The Karp-Flatt metric of {@linkcode ScalingRow.speedup}. */
  karpFlatt: number | null;
}

/** A kernel with its figures. */
export interface KernelAnalysis {
  /** What was measured. */
  kernel: Kernel;
  /** Number of cores that the program may use; `null` where not known. */
  cores: number | null;
  /** Whether other programs took part of the machine, so that the laws explain nothing. */
  busy: boolean;
  /** The programs without a pool. */
  baseLines: BaseRow[];
  /** The fastest of them on one thread. */
  bestSerial: BaseRow | null;
  /** One row for each number of workers, ascending. */
  rows: ScalingRow[];
  /** Amdahl's law, fitted to the runs within the cores, or why it is not. */
  amdahl: AmdahlFit | string;
  /** The Universal Scalability Law, fitted to the runs within the cores, or why it is not. */
  usl: UslFit | string;
  /** Weak scaling, ascending by workers; empty where not measured. */
  weakRows: WeakRow[];
  /** Gustafson's law, fitted to weak scaling within the cores, or why it is not. */
  gustafson: GustafsonFit | string;
  /** The place under the roof of the memory; `null` where the kernel counts no bytes. */
  roofline: Roofline | null;
  /** Where the workers' time went, ascending by workers; empty where not measured. */
  workerShares: WorkerShares[];
  /** The sweep over the sizes of the chunks; `null` where not measured. */
  chunks: ChunkAnalysis | null;
  /** The sweep over the sizes of the tasks; `null` where not measured. */
  crossover: Crossover | null;
}

/** What a kernel's figures take from the rest of its report. */
export interface KernelContext {
  /** Number of cores that the program may use; the laws are fitted to no more workers. */
  cores: number | null;
  /** The best bandwidth of the triad kernel. */
  roof: Roof | null;
  /** Whether other programs took part of the machine; `false` if left out. */
  busy?: boolean;
}

/**
 * Compute the figures of one kernel alone. {@linkcode analyseReport} is for whole reports: there a
 * kernel is also placed under the roof of the memory, and workers beyond the cores are known.
 *
 * @param kernel The kernel with its raw samples.
 * @param context What is known of the rest of the report.
 * @param points Its runs from {@linkcode runPoints}, if they are there already.
 * @returns The figures.
 *
 * @example Usage
 * ```ts
 * import { analyseKernel, type Kernel } from "@polycore/reports";
 * import { assertEquals } from "@std/assert";
 *
 * const kernel: Kernel = {
 *   name: "sum", title: "Sum", about: "", unit: "numbers", result: "45", size: 10,
 *   variant: "typescript", bytesPerUnit: null, flopsPerUnit: null, baseLines: [],
 *   runs: [
 *     { workers: 1, samplesMs: [8], workerTimes: null },
 *     { workers: 4, samplesMs: [2.5], workerTimes: null },
 *   ],
 *   weakRuns: [], chunkSweep: null, taskSweep: null,
 * };
 * assertEquals(analyseKernel(kernel).rows[1].speedup?.median, 3.2);
 * ```
 */
export function analyseKernel(
  kernel: Kernel,
  context: KernelContext = { cores: null, roof: null },
  points: readonly TimePoint[] = runPoints(kernel),
): KernelAnalysis {
  const { name, chunkSweep, taskSweep } = kernel;
  const { cores, roof, busy = false } = context;
  // Workers that take turns on a core say nothing of how the program scales.
  const within = (point: TimePoint) => cores === null || point.workers <= cores;
  const baseLines = kernel.baseLines
    .filter(({ missing }) => missing === null)
    .map(({ name, title, threads, samplesMs }) => ({
      name,
      title,
      threads,
      samples: samplesMs.length,
      time: estimate(samplesMs),
    }));
  const bestSerial = baseLines.filter(({ threads }) => threads === 1).reduce<BaseRow | null>(
    (best, row) => best && best.time.median <= row.time.median ? best : row,
    null,
  );
  const serialMs = kernel.baseLines.find((line) => line.name === bestSerial?.name)?.samplesMs;
  const serial = serialMs ? resampleMedian(serialMs, randomOf(name, 1)) : null;
  const weakPoints = pointsOf(kernel.weakRuns, randomOf(name, 2)).map((point, i) => ({
    ...point,
    size: kernel.weakRuns[i].size,
  }));
  const inCores = points.filter(within);
  return {
    kernel,
    cores,
    busy,
    baseLines,
    bestSerial,
    rows: scalingRows(kernel, points, serial),
    amdahl: fitAmdahl(inCores),
    usl: fitUsl(inCores),
    weakRows: weakRows(weakPoints),
    gustafson: fitGustafson(weakPoints.filter(within)),
    roofline: rooflineOf(kernel, points, roof),
    workerShares: kernel.runs.flatMap(({ workerTimes }) =>
      (workerTimes && workerShares(workerTimes)) ?? []
    ),
    chunks: chunkSweep && analyseChunks(chunkSweep.points, randomOf(name, 3)),
    crossover: taskSweep && crossoverOf(taskSweep.points, randomOf(name, 4)),
  };
}

/**
 * The runs of a kernel with their draws for the bootstrap, ascending by workers.
 *
 * @param kernel The kernel.
 * @returns The points.
 *
 * @example Usage
 * ```ts
 * import { type Kernel, runPoints } from "@polycore/reports";
 *
 * const medians = (kernel: Kernel) => runPoints(kernel).map(({ time }) => time.median);
 * ```
 */
export function runPoints(kernel: Pick<Kernel, "name" | "runs">): TimePoint[] {
  return pointsOf(kernel.runs, randomOf(kernel.name, 0));
}

function pointsOf(runs: readonly Run[], random: () => number): TimePoint[] {
  return runs.map(({ workers, samplesMs }) => ({
    workers,
    time: resampleMedian(samplesMs, random),
  }));
}

/** A stream for each kernel and part, so that one more part or kernel leaves the others as they are. */
function randomOf(name: string, part: number): () => number {
  let hash = part;
  for (const letter of name) hash = (hash * 31 + letter.codePointAt(0)!) | 0;
  return seededRandom(hash);
}

function scalingRows(
  kernel: Kernel,
  points: readonly TimePoint[],
  serial: Resampled | null,
): ScalingRow[] {
  const one = points.find((point) => point.workers === 1);
  return points.map(({ workers, time }, i) => {
    // One worker against itself is 1 by definition and has no interval.
    const itself = { median: 1, low: null, high: null };
    const times = workers === 1 ? itself : one ? quotient(one.time, time) : null;
    return {
      workers,
      samples: kernel.runs[i].samplesMs.length,
      time: estimate(kernel.runs[i].samplesMs),
      speedup: times,
      serialSpeedup: serial && quotient(serial, time),
      efficiency: workers === 1 ? itself : one ? quotient(one.time, time, 1 / workers) : null,
      karpFlatt: times && karpFlatt(times.median, workers),
    };
  });
}
