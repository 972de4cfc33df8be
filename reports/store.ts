/**
 * The folder of reports: one JSON file and one page for each run, and the list of them all.
 *
 * @module
 */
import { join } from "@std/path";
import { type IndexEntry, renderIndex } from "./page/index_page.ts";
import { renderPage } from "./page/template.ts";
import type { Report } from "./schema.ts";
import { parseReport, ReportError } from "./validate.ts";

/** The files of one report. */
export interface ReportFiles {
  /** The path of the data. */
  json: string;
  /** The path of the page. */
  html: string;
}

/**
 * The name of a report's files: the host and the second in which the run began.
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
  const host = (machine.host ?? "unknown-host").replace(/[^A-Za-z0-9._]+/g, "-");
  return `${host}-${createdAt.replace(/\.\d+/, "").replace(/[-:]/g, "")}`;
}

/**
 * Write a report, its page, and the new list of the folder. Synchronous, so that it can run while a
 * program ends.
 *
 * @param folder The folder; it is made if it is not there.
 * @param report The report.
 * @returns The paths of the two files.
 *
 * @example Usage
 * ```ts
 * import { type Report, saveReport } from "@polycore/reports";
 *
 * const save = (report: Report): string => saveReport("reports/out", report).html;
 * ```
 */
export function saveReport(folder: string, report: Report): ReportFiles {
  const name = reportName(report);
  const files = { json: join(folder, `${name}.json`), html: join(folder, `${name}.html`) };
  Deno.mkdirSync(folder, { recursive: true });
  Deno.writeTextFileSync(files.json, `${JSON.stringify(report, null, 2)}\n`);
  Deno.writeTextFileSync(files.html, renderPage(report, name));
  refreshIndex(folder);
  return files;
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
  const entries: IndexEntry[] = [];
  for (const file of Deno.readDirSync(folder)) {
    if (!file.isFile || !file.name.endsWith(".json")) continue;
    const text = Deno.readTextFileSync(join(folder, file.name));
    entries.push({ name: file.name.slice(0, -".json".length), report: readOrSay(text, file.name) });
  }
  const path = join(folder, "index.html");
  Deno.writeTextFileSync(path, renderIndex(entries));
  return path;
}

function readOrSay(text: string, source: string): Report | string {
  try {
    return parseReport(text, source);
  } catch (error) {
    if (error instanceof ReportError) return error.message;
    throw error;
  }
}
