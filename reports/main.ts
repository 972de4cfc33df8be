/**
 * Write the pages of report files anew, such as those copied from another machine: `deno task
 * report --help`.
 *
 * @module
 */
import { basename, dirname, join } from "@std/path";
import { renderPage } from "./page/template.ts";
import { refreshIndex } from "./store.ts";
import { parseReport, ReportError } from "./validate.ts";

const HELP = `Write the page of each report file beside it, and the list of its folder.

Usage: deno task report FILE.json [FILE.json ...]`;

if (import.meta.main) Deno.exitCode = main(Deno.args);

/** The exit code: 0, or 2 if a file cannot be used; the others are written all the same. */
function main(args: readonly string[]): number {
  if (args.includes("--help")) {
    console.log(HELP);
    return 0;
  }
  const bad = args.find((arg) => arg.startsWith("-"));
  if (bad !== undefined || args.length === 0) {
    const reason = bad === undefined ? "No report file is named" : `"${bad}" is no report file`;
    console.error(`${reason}: see deno task report --help`);
    return 2;
  }
  let code = 0;
  const folders = new Set<string>();
  for (const path of args) {
    try {
      console.log(writePage(path));
      folders.add(dirname(path));
    } catch (error) {
      if (!(error instanceof ReportError)) throw error;
      console.error(error.message);
      code = 2;
    }
  }
  for (const folder of folders) console.log(refreshIndex(folder));
  return code;
}

function writePage(path: string): string {
  const name = basename(path, ".json");
  const html = join(dirname(path), `${name}.html`);
  const report = parseReport(readFile(path), path);
  Deno.writeTextFileSync(html, renderPage(report, name));
  return html;
}

function readFile(path: string): string {
  try {
    return Deno.readTextFileSync(path);
  } catch (error) {
    const reason = error instanceof Error ? error.message.split(": ")[0] : String(error);
    throw new ReportError(`Cannot read the report "${path}": ${reason}`);
  }
}
