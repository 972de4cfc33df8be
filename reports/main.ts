/**
 * What is made of report files: pages, comparisons, pages of several nodes. `deno task report --help`
 * tells how.
 *
 * @module
 */
import { basename, dirname, join, relative } from "@std/path";
import { parseArgs } from "@std/cli";
import { compareNamed, comparisonText, type NamedReport } from "./comparison.ts";
import { nameNodes } from "./nodes.ts";
import { renderComparison } from "./page/compare_page.ts";
import { renderMerge } from "./page/merge_page.ts";
import { renderPage } from "./page/template.ts";
import { readReport } from "./read_report.ts";
import { comparisonName, refreshIndex } from "./store.ts";
import { ReportError } from "./validate.ts";

const HELP = `Make pages of report files, also of those that were copied from another machine.

Usage: deno task report FILE.json [FILE.json ...]
         the page of each report beside it, and the list of its folder

       deno task report compare BEFORE.json AFTER.json [--anyway] [--out FILE.html]
         what became faster or slower, as a table here and as a page beside AFTER.json;
         two reports of different machines only with --anyway

       deno task report merge FILE.json FILE.json [...] --out FILE.html
         the nodes of a job side by side in one page`;

if (import.meta.main) Deno.exitCode = main(Deno.args);

/** The exit code: 0, or 2 if a file or an option cannot be used. */
function main(args: readonly string[]): number {
  if (args.includes("--help")) {
    console.log(HELP);
    return 0;
  }
  try {
    const [command, ...rest] = args;
    if (command === "compare") return compare(rest);
    if (command === "merge") return merge(rest);
    return pages(args);
  } catch (error) {
    if (!(error instanceof ReportError)) throw error;
    console.error(error.message);
    return 2;
  }
}

/** Write the page of each report; one that cannot be used does not hold up the others. */
function pages(args: readonly string[]): number {
  const { files } = read(args, []);
  if (files.length === 0) {
    throw new ReportError("No report file is named: see deno task report --help");
  }
  let code = 0;
  const folders = new Set<string>();
  for (const path of files) {
    try {
      const { name, report } = named(path);
      console.log(write(join(dirname(path), `${name}.html`), renderPage(report, name)));
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

function compare(args: readonly string[]): number {
  const { files, anyway, out } = read(args, ["anyway", "out"]);
  if (files.length !== 2) {
    throw new ReportError(
      `compare needs two report files, and ${files.length} ${files.length === 1 ? "is" : "are"} ` +
        `named: see deno task report --help`,
    );
  }
  const [before, after] = files.map(named);
  const compared = compareNamed(before, after, anyway);
  const path = out ?? join(dirname(files[1]), `${comparisonName(before, after)}.html`);
  // The page leads to the two reports from where it lies.
  const from = (file: string, { name, report }: NamedReport) => ({
    name: relative(dirname(path), join(dirname(file), name)),
    report,
  });
  console.log(comparisonText(compared));
  const placed = { ...compared, before: from(files[0], before), after: from(files[1], after) };
  console.log(`\nThe page is ${write(path, renderComparison(placed, basename(path, ".html")))}`);
  return 0;
}

function merge(args: readonly string[]): number {
  const { files, out } = read(args, ["out"]);
  if (files.length === 0 || out === null) {
    throw new ReportError(
      `merge needs ${
        files.length === 0 ? "report files" : "--out FILE.html"
      }: see deno task report ` +
        `--help`,
    );
  }
  const nodes = nameNodes(files.map(readReport));
  console.log(write(out, renderMerge(nodes, basename(out, ".html"))));
  return 0;
}

interface Words {
  files: string[];
  anyway: boolean;
  out: string | null;
}

function read(args: readonly string[], options: readonly ("anyway" | "out")[]): Words {
  const flags = parseArgs(args, {
    string: ["out"],
    boolean: ["anyway"],
    unknown(word: string, name?: string): boolean {
      if (name === undefined) return true;
      throw new ReportError(`"${word}" is no option of the report: see deno task report --help`);
    },
  });
  for (const option of ["anyway", "out"] as const) {
    if (flags[option] && !options.includes(option)) {
      throw new ReportError(`--${option} has no meaning here: see deno task report --help`);
    }
  }
  if (flags.out === "") throw new ReportError("--out needs the path of a page after it");
  const out = typeof flags.out === "string" ? flags.out : null;
  return { files: flags._.map(String), anyway: flags.anyway === true, out };
}

function named(path: string): NamedReport {
  return { name: basename(path, ".json"), report: readReport(path) };
}

function write(path: string, text: string): string {
  try {
    Deno.writeTextFileSync(path, text);
  } catch (error) {
    const reason = error instanceof Error ? error.message.split(": ")[0] : String(error);
    throw new ReportError(`Cannot write the page "${path}": ${reason}`);
  }
  return path;
}
