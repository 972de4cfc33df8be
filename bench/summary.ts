/**
 * A report as a short table for the terminal.
 *
 * @module
 */
import {
  analyseReport,
  findingOf,
  formatCount,
  formatMs,
  formatPercent,
  type Report,
  significant,
  warningsOf,
} from "@polycore/reports";
import { columns } from "./terminal.ts";

/**
 * Write the figures of a report as text.
 *
 * @param report The report.
 * @returns One table for each kernel, with its finding, and the warnings.
 */
export function summary(report: Report): string {
  const analyses = analyseReport(report).kernels;
  const parts = analyses.map((analysis) => {
    const { kernel, rows, baseLines } = analysis;
    const table = columns([
      ["workers", "median", "speedup", "efficiency", "samples"],
      ...rows.map((row) => [
        String(row.workers),
        formatMs(row.time.median),
        row.speedup ? significant(row.speedup.median) : "-",
        row.efficiency ? formatPercent(row.efficiency.median) : "-",
        String(row.samples),
      ]),
      ...baseLines.map((line) => [
        line.title,
        formatMs(line.time.median),
        "",
        "",
        String(line.samples),
      ]),
    ]);
    const size = `${kernel.title}, ${formatCount(kernel.size)} ${kernel.unit}: ${kernel.result}`;
    return `${size}\n${table}\n${findingOf(analysis).sentence}`;
  });
  return [...parts, ...warningsOf(report, analyses)].join("\n\n");
}
