/**
 * All figures of a report.
 *
 * @module
 */
import type { Report } from "../schema.ts";
import { analyseKernel, type KernelAnalysis, runPoints } from "./kernel.ts";
import { otherPrograms } from "./machine_warnings.ts";
import { roofOf } from "./roofline.ts";
import { type Estimate, estimate } from "./statistics.ts";

/** The start of a pool with so many workers. */
export interface StartUpRow {
  /** Number of workers. */
  workers: number;
  /** Number of samples. */
  samples: number;
  /** The time until the first result in milliseconds. */
  time: Estimate;
}

/** A report with its figures. */
export interface ReportAnalysis {
  /** The kernels, in the order of the report. */
  kernels: KernelAnalysis[];
  /** The start of a pool, ascending by workers; empty where not measured. */
  startup: StartUpRow[];
}

/**
 * Compute all figures of a report. The same report always gives the same figures.
 *
 * @param report The report.
 * @returns The figures; {@linkcode findingOf}, {@linkcode warningsOf} put them into words.
 *
 * @example Usage
 * ```ts
 * import { analyseReport, findingOf, type Report } from "@polycore/reports";
 *
 * function sentences(report: Report): string[] {
 *   return analyseReport(report).kernels.map((kernel) => findingOf(kernel).sentence);
 * }
 * ```
 */
export function analyseReport(report: Report): ReportAnalysis {
  const timed = report.kernels.map((kernel) => ({ kernel, points: runPoints(kernel) }));
  const context = {
    cores: report.machine.allowedCores,
    roof: roofOf(timed),
    busy: otherPrograms(report) !== null,
  };
  return {
    kernels: timed.map(({ kernel, points }) => analyseKernel(kernel, context, points)),
    startup: report.startup.map(({ workers, samplesMs }) => ({
      workers,
      samples: samplesMs.length,
      time: estimate(samplesMs),
    })),
  };
}
