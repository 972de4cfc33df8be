/**
 * Two reports of one machine beside each other, in the terminal and as a page.
 *
 * @module
 */
import { compareReports, type Comparison, type ReportComparison } from "./analysis/compare.ts";
import { formatList, formatMs, formatPercent } from "./format.ts";
import { machineDifferences } from "./same_machine.ts";
import type { Report } from "./schema.ts";
import { columns } from "./text_table.ts";
import { ReportError } from "./validate.ts";

/** A report with the name of its file. */
export interface NamedReport {
  /** The name of the file without its ending. */
  name: string;
  /** The report. */
  report: Report;
}

/** Two reports and what came out. */
export interface ComparedReports extends ReportComparison {
  /** The earlier report. */
  before: NamedReport;
  /** The later report. */
  after: NamedReport;
}

/**
 * Compare two reports, or refuse to.
 *
 * @param before The earlier report.
 * @param after The later report.
 * @param anyway Whether two machines may be compared.
 * @returns The comparison.
 * @throws {ReportError} If the machines differ, or if nothing can be compared.
 *
 * @example Usage
 * ```ts
 * import { compareNamed, comparisonText, readReport } from "@polycore/reports";
 *
 * function compare(a: string, b: string): string {
 *   const [before, after] = [a, b].map((name) => ({ name, report: readReport(name) }));
 *   return comparisonText(compareNamed(before, after));
 * }
 * ```
 */
export function compareNamed(
  before: NamedReport,
  after: NamedReport,
  anyway: boolean = false,
): ComparedReports {
  const differences = machineDifferences(before.report.machine, after.report.machine);
  if (differences.length > 0 && !anyway) {
    throw new ReportError(
      `Cannot compare "${before.name}" with "${after.name}": the machines differ in ` +
        `${formatList(differences)}; --anyway compares them all the same`,
    );
  }
  const compared = compareReports(before.report, after.report);
  if (compared.comparisons.length === 0) {
    const [first, ...rest] = compared.notes.filter((note) => note.includes("not compared"));
    const others = rest.length === 0 ? "" : `, and ${rest.length} more likewise`;
    const why = first ? first.replace(/\.$/, others) : "they have no kernel in common";
    throw new ReportError(`Cannot compare "${before.name}" with "${after.name}": ${why}`);
  }
  return { before, after, ...compared };
}

/**
 * What a comparison found, in one sentence.
 *
 * @param compared The comparison.
 * @returns The sentence.
 *
 * @example Usage
 * ```ts
 * import { type ComparedReports, comparisonSentence } from "@polycore/reports";
 *
 * const print = (compared: ComparedReports) => console.log(comparisonSentence(compared));
 * ```
 */
export function comparisonSentence({ comparisons }: ComparedReports): string {
  const runs = comparisons.filter(({ isBaseLine }) => !isBaseLine);
  const count = (verdict: Comparison["verdict"]) =>
    runs.filter((run) => run.verdict === verdict).length;
  const parts = (["slower", "faster"] as const)
    .filter((verdict) => count(verdict) > 0)
    .map((verdict) => `${count(verdict)} ${count(verdict) === 1 ? "is" : "are"} ${verdict}`);
  const unsure = count("unsure");
  if (unsure > 0) parts.push(`${unsure} ${unsure === 1 ? "has" : "have"} too few samples to tell`);
  const rest = count("no change");
  if (parts.length === 0) {
    return `Nothing changed: of ${runs.length} measurements none is beyond what two runs may differ by.`;
  }
  return `Of ${runs.length} measurements, ${formatList(parts)}` +
    `${rest > 0 ? `; ${rest} did not change` : ""}.`;
}

/**
 * A ratio as a change of time.
 *
 * @param ratio The later time by the earlier one.
 * @returns Text such as `+12 %`.
 *
 * @example Usage
 * ```ts
 * import { formatChange } from "@polycore/reports";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([1.12, 0.5, 1].map(formatChange), ["+12 %", "-50 %", "0 %"]);
 * ```
 */
export function formatChange(ratio: number): string {
  const text = formatPercent(ratio - 1);
  return ratio > 1 ? `+${text}` : text;
}

/**
 * The comparison for a terminal: a table for each kernel, the sentence last.
 *
 * @param compared The comparison.
 * @returns The text.
 *
 * @example Usage
 * ```ts
 * import { type ComparedReports, comparisonText } from "@polycore/reports";
 *
 * const print = (compared: ComparedReports) => console.log(comparisonText(compared));
 * ```
 */
export function comparisonText(compared: ComparedReports): string {
  const { before, after, comparisons, notes } = compared;
  const tables = kernelsOf(comparisons).map(([kernel, list]) => {
    const title = after.report.kernels.find(({ name }) => name === kernel)!.title;
    const rows = list.map(({ what, before, after, ratio, verdict, threshold }) => [
      what,
      formatMs(before.median),
      formatMs(after.median),
      formatChange(ratio.value),
      ratio.low === null || ratio.high === null
        ? "-"
        : `${formatChange(ratio.low)} to ${formatChange(ratio.high)}`,
      formatPercent(threshold),
      verdict,
    ]);
    const head = ["", "before", "after", "time", "95 % interval", "threshold", ""];
    return `${title}\n${columns([head, ...rows])}`;
  });
  const head = `${before.name} (before) and ${after.name} (after)`;
  return [head, ...tables, ...notes, comparisonSentence(compared)].join("\n\n");
}

/**
 * The comparisons of each kernel, in the order of the report.
 *
 * @param comparisons All of them.
 * @returns The name of each kernel with its comparisons.
 *
 * @example Usage
 * ```ts
 * import { kernelsOf } from "@polycore/reports";
 *
 * console.log(kernelsOf([]).length); // 0
 * ```
 */
export function kernelsOf(comparisons: readonly Comparison[]): [string, Comparison[]][] {
  const kernels = new Map<string, Comparison[]>();
  for (const one of comparisons) kernels.set(one.kernel, [...kernels.get(one.kernel) ?? [], one]);
  return [...kernels];
}
