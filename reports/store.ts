/**
 * The folder of reports: one JSON file and one page for each run, and the list of them all.
 *
 * @module
 */
import { basename, join } from "@std/path";
import { type IndexEntry, renderIndex } from "./page/index_page.ts";
import { renderComparison } from "./page/compare_page.ts";
import { type ComparedReports, comparisonSentence, type NamedReport } from "./comparison.ts";
import { renderPage } from "./page/template.ts";
import type { Report } from "./schema.ts";
import { parseReport, ReportError } from "./validate.ts";

/** The files of one report. */
export interface ReportFiles {
  /** The path of the data. */
  json: string;
  /** The path of the page. */
  html: string;
  /** The path of the comparison's page; `null` where there is none. */
  comparison: string | null;
}

/**
 * The name of a report's files: the host, in a Slurm job the node and the job, and the second in which
 * the run began.
 *
 * @param report The report.
 * @returns A name that is safe in any file system.
 *
 * @example Usage
 * ```ts
 * import { type Report, reportName } from "@polycore/reports";
 * import { assertEquals } from "@std/assert";
 *
 * const report = { createdAt: "2026-11-21T03:04:05.678Z", machine: { host: "node/7" } } as Report;
 * assertEquals(reportName(report), "node-7-20261121T030405Z");
 * ```
 */
export function reportName({ createdAt, machine }: Report): string {
  const slurm = machine.slurm ?? {};
  // The tasks of an array have ids of their own; the user knows the array's, which squeue shows.
  const job = slurm.SLURM_ARRAY_JOB_ID
    ? `${slurm.SLURM_ARRAY_JOB_ID}_${slurm.SLURM_ARRAY_TASK_ID}`
    : slurm.SLURM_JOB_ID;
  const host = slurm.SLURMD_NODENAME ?? machine.host ?? "unknown-host";
  return [
    host.replace(/[^A-Za-z0-9._]+/g, "-"),
    ...(job ? [`job${job}`.replace(/\W+/g, "-")] : []),
    createdAt.replace(/\.\d+/, "").replace(/[-:]/g, ""),
  ].join("-");
}

/**
 * Write a report, its page, and the new list of the folder. Synchronous, so that it can run while a
 * program ends.
 *
 * @param folder The folder; it is made if it is not there.
 * @param report The report.
 * @param compared Its comparison with an earlier report, which gets a page of its own beside it.
 * @returns The paths of the files.
 *
 * @example Usage
 * ```ts
 * import { type Report, saveReport } from "@polycore/reports";
 *
 * const save = (report: Report): string => saveReport("reports/out", report).html;
 * ```
 */
export function saveReport(
  folder: string,
  report: Report,
  compared: ComparedReports | null = null,
): ReportFiles {
  const name = reportName(report);
  const files = { json: join(folder, `${name}.json`), html: join(folder, `${name}.html`) };
  Deno.mkdirSync(folder, { recursive: true });
  writeWhole(files.json, `${JSON.stringify(report, null, 2)}\n`);
  if (compared === null) {
    writeWhole(files.html, renderPage(report, name));
    refreshIndex(folder);
    return { ...files, comparison: null };
  }
  const page = comparisonName(compared.before, compared.after);
  const comparison = join(folder, `${page}.html`);
  writeWhole(comparison, renderComparison(compared, page));
  const link = { href: `${encodeURIComponent(page)}.html`, sentence: comparisonSentence(compared) };
  writeWhole(files.html, renderPage(report, name, link));
  refreshIndex(folder);
  return { ...files, comparison };
}

/**
 * The name of a comparison's page.
 *
 * @param before The earlier report.
 * @param after The later report.
 * @returns The name without an ending.
 *
 * @example Usage
 * ```ts
 * import { comparisonName, type Report } from "@polycore/reports";
 * import { assertEquals } from "@std/assert";
 *
 * const report = {} as Report;
 * assertEquals(comparisonName({ name: "a", report }, { name: "b", report }), "b-against-a");
 * ```
 */
export function comparisonName(before: NamedReport, after: NamedReport): string {
  return `${basename(after.name)}-against-${basename(before.name)}`;
}

/**
 * Write `index.html`, the list of the reports in a folder. A damaged report is listed with what is
 * wrong with it.
 *
 * @param folder The folder.
 * @returns The path of the list.
 *
 * @example Usage
 * ```ts
 * import { refreshIndex } from "@polycore/reports";
 *
 * const folder = Deno.makeTempDirSync();
 * refreshIndex(folder);
 * Deno.removeSync(folder, { recursive: true });
 * ```
 */
export function refreshIndex(folder: string): string {
  const path = join(folder, "index.html");
  let files = reportsIn(folder);
  for (let listed = ""; listed !== files.join("/"); files = reportsIn(folder)) {
    // Another program, on another node too, may save a report meanwhile: list until none is new.
    listed = files.join("/");
    const entries = files.map((file): IndexEntry => {
      const text = Deno.readTextFileSync(join(folder, file));
      return { name: file.slice(0, -".json".length), report: readOrSay(text, file) };
    });
    writeWhole(path, renderIndex(entries));
  }
  return path;
}

function reportsIn(folder: string): string[] {
  return [...Deno.readDirSync(folder)]
    .filter(({ isFile, name }) => isFile && name.endsWith(".json"))
    .map(({ name }) => name)
    .sort();
}

/** Write a file that nobody sees half written. */
function writeWhole(path: string, text: string): void {
  const part = `${path}.${crypto.randomUUID()}.part`;
  Deno.writeTextFileSync(part, text);
  Deno.renameSync(part, path);
}

function readOrSay(text: string, source: string): Report | string {
  try {
    return parseReport(text, source);
  } catch (error) {
    if (error instanceof ReportError) return error.message;
    throw error;
  }
}
