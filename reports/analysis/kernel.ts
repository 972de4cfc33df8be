/**
 * One kernel's samples turned into the rows of a scaling table.
 *
 * @module
 */
import type { Kernel } from "../schema.ts";
import { efficiency, karpFlatt, speedup } from "./scaling.ts";
import { type Estimate, estimate } from "./statistics.ts";

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
  /** The programs without a pool. */
  baseLines: BaseRow[];
  /** The fastest of them on one thread. */
  bestSerial: BaseRow | null;
  /** One row for each number of workers, ascending. */
  rows: ScalingRow[];
}

/**
 * Compute the scaling table of a kernel.
 *
 * @param kernel The kernel with its raw samples.
 * @returns The rows, ascending by workers.
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
export function analyseKernel(kernel: Kernel): KernelAnalysis {
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
  const one = kernel.runs.find((run) => run.workers === 1);
  const oneTime = one ? estimate(one.samplesMs) : null;
  const rows = [...kernel.runs]
    .sort((a, b) => a.workers - b.workers)
    .map(({ workers, samplesMs }): ScalingRow => {
      const time = estimate(samplesMs);
      // One worker against itself is 1 by definition and has no interval.
      const times = workers === 1
        ? { median: 1, low: null, high: null }
        : oneTime && quotient(oneTime, time);
      return {
        workers,
        samples: samplesMs.length,
        time,
        speedup: times,
        serialSpeedup: bestSerial && quotient(bestSerial.time, time),
        efficiency: times && scaled(times, (value) => efficiency(value, workers)),
        karpFlatt: times && karpFlatt(times.median, workers),
      };
    });
  return { kernel, baseLines, bestSerial, rows };
}

/**
 * The speedup, with the interval from the far ends of both: wider than need be, never too narrow.
 */
function quotient(base: Estimate, time: Estimate): Estimate {
  return {
    median: speedup(base.median, time.median),
    low: base.low !== null && time.high !== null ? speedup(base.low, time.high) : null,
    high: base.high !== null && time.low !== null ? speedup(base.high, time.low) : null,
  };
}

function scaled({ median, low, high }: Estimate, by: (value: number) => number): Estimate {
  return {
    median: by(median),
    low: low === null ? null : by(low),
    high: high === null ? null : by(high),
  };
}
