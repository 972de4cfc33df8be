/**
 * What a reader has to know before believing the figures, in words.
 *
 * @module
 */
import type { Report } from "../schema.ts";
import type { KernelAnalysis } from "./kernel.ts";
import { machineWarnings } from "./machine_warnings.ts";
import { sampleWarnings } from "./sample_warnings.ts";

/**
 * List what may have spoiled a run.
 *
 * @param report The report.
 * @param analyses Its kernels' figures.
 * @returns One sentence or two for each warning; empty for a clean run.
 *
 * @example Usage
 * ```ts
 * import { analyseReport, type Report, warningsOf } from "@polycore/reports";
 *
 * const list = (report: Report) => warningsOf(report, analyseReport(report).kernels);
 * ```
 */
export function warningsOf(report: Report, analyses: readonly KernelAnalysis[]): string[] {
  return [
    ...runWarnings(report),
    ...machineWarnings(report),
    ...sampleWarnings(report.settings, analyses),
  ];
}

function runWarnings({ complete, settings, kernels }: Report): string[] {
  const list: string[] = [];
  if (!complete) {
    list.push("Incomplete run: it was interrupted, and what had been finished by then is here.");
  }
  if (settings.quick) {
    list.push("Quick run: the problems are cut down, so the cost of a pool weighs more in them.");
  }
  for (const { title, result, baseLines } of kernels) {
    const other = baseLines.find((line) => line.result !== null && line.result !== result);
    if (other !== undefined) {
      list.push(
        `Different results: for ${title}, ${other.title} gave "${other.result}" where the pool gave ` +
          `"${result}", so the two did not solve the same problem.`,
      );
    }
  }
  return list;
}
