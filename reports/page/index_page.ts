/**
 * The page that lists all reports of a folder: for each machine its history, with a trend for each
 * kernel.
 *
 * @module
 */
import { analyseReport } from "../analysis/report.ts";
import { type Estimate, estimate } from "../analysis/statistics.ts";
import { findingOf } from "../analysis/findings.ts";
import { formatCount, formatMs } from "../format.ts";
import type { Report } from "../schema.ts";
import { workersInWords } from "./chart.ts";
import { minute, page } from "./frame.ts";
import { type Html, html, type HtmlValue } from "./html.ts";
import { sparkline } from "./sparkline.ts";
import { table } from "./table.ts";

/** One report file of the folder. */
export interface IndexEntry {
  /** The file's name without its ending. */
  name: string;
  /** The report, or what is wrong with it in one sentence. */
  report: Report | string;
}

/** A report that could be read. */
interface Listed {
  name: string;
  report: Report;
}

/** The same measurement in several reports, from the first to the last. */
interface Trend {
  title: string;
  what: string;
  /** The number of workers that is followed. */
  workers: number;
  /** The time in each report that has it. */
  times: Estimate[];
}

/**
 * Render the list: the machine with the latest report first, and its latest report first.
 *
 * @param entries The report files.
 * @returns The page.
 */
export function renderIndex(entries: readonly IndexEntry[]): string {
  const listed: Listed[] = [];
  const damaged: { name: string; reason: string }[] = [];
  for (const { name, report } of entries) {
    if (typeof report === "string") damaged.push({ name, reason: report });
    else listed.push({ name, report });
  }
  const latest = ({ report }: Listed) => report.createdAt;
  listed.sort((a, b) => latest(b).localeCompare(latest(a)) || a.name.localeCompare(b.name));
  damaged.sort((a, b) => a.name.localeCompare(b.name));
  const content = html`
    <header>
      <p class="soft">Polycore</p>
      <h1>Scaling reports</h1>
    </header>
    <main>
    ${entries.length === 0
      ? html`<p>There is no report yet: run <code>deno task bench</code>.</p>`
      : null}
    ${[...Map.groupBy(listed, machineOf).values()].map(machineSection)}
    ${damagedSection(damaged)}
    </main>
  `;
  return page({ title: "Scaling reports", name: "index", content, scripts: [] });
}

/** Reports of one machine have the same hardware; its software may have changed, which a trend shows. */
function machineOf({ report: { machine } }: Listed): string {
  const { host, cpu, physicalCores, logicalCores } = machine;
  return JSON.stringify([host, cpu, physicalCores, logicalCores]);
}

function machineSection(reports: Listed[]): Html {
  const { host, cpu, logicalCores, allowedCores } = reports[0].report.machine;
  const cores = logicalCores ?? allowedCores;
  const facts = [
    cpu ?? "processor not readable",
    cores === null ? "cores not readable" : cores === 1 ? "1 core" : `${cores} cores`,
    reports.length === 1 ? "1 report" : `${reports.length} reports`,
  ];
  return html`<section class="machine"><h2>${host ?? "Host not readable"}</h2>
<p class="soft">${facts.join(" · ")}</p>
${trendTable(reports)}
${latestFindings(reports[0])}
<h3>Reports</h3>
<ul class="reports">${reports.map(reportItem)}</ul></section>`;
}

function reportItem({ name, report }: Listed): Html {
  const { settings, kernels, createdAt, complete, machine } = report;
  const facts = [
    `workers ${settings.cores.join(", ")}`,
    ...(kernels.length === 0 ? ["no kernel"] : []),
    ...(settings.quick ? ["quick run"] : []),
    `Deno ${machine.deno ?? "not readable"}`,
    ...(machine.gitCommit === null ? [] : [`commit ${machine.gitCommit.slice(0, 12)}`]),
  ];
  const cut = complete ? null : html`<span class="worse">incomplete</span>`;
  return html`<li><a href="${encodeURIComponent(name)}.html">${
    minute(createdAt)
  }</a>${cut}<span class="glance">${facts.join(" · ")}</span></li>`;
}

function latestFindings({ report }: Listed): HtmlValue {
  const found = analyseReport(report).kernels.map((kernel) => findingOf(kernel).sentence);
  if (found.length === 0) return null;
  return html`
    <h3>What the latest report found</h3>
    <ul>${found.map((sentence) => html`<li>${sentence}</li>`)}</ul>
  `;
}

/** The trends of the measurements that the latest report of each kernel and size has. */
function trendTable(reports: readonly Listed[]): HtmlValue {
  const trends = trendsOf(reports);
  if (trends.length === 0) return null;
  const rows = trends.map(({ title, what, times }) => {
    const medians = times.map(({ median }) => median);
    const range = times.length === 1
      ? "–"
      : `${formatMs(Math.min(...medians))} to ${formatMs(Math.max(...medians))}`;
    return [
      html`${title}<span class="what">${what}</span>`,
      formatMs(medians[medians.length - 1]),
      sparkline(times),
      range,
      String(times.length),
    ];
  });
  return html`${
    table(
      "Trend of the time with the most workers: medians with 95 % intervals, one report after the other",
      ["Kernel", "Latest", "Trend", "Range", "Reports"],
      rows,
      { kind: "figures" },
    )
  }`;
}

function trendsOf(reports: readonly Listed[]): Trend[] {
  const trends = new Map<string, Trend>();
  // From the latest on, so that it decides which number of workers is followed back.
  for (const { report } of reports) {
    for (const kernel of report.kernels) {
      const key = JSON.stringify([kernel.name, kernel.size, kernel.variant]);
      const { workers } = kernel.runs[kernel.runs.length - 1];
      const trend = trends.get(key) ?? {
        title: kernel.title,
        what: `${formatCount(kernel.size)} ${kernel.unit}, ${workersInWords(workers)}`,
        workers,
        times: [],
      };
      trends.set(key, trend);
      const run = kernel.runs.find((run) => run.workers === trend.workers);
      if (run) trend.times.unshift(estimate(run.samplesMs));
    }
  }
  return [...trends.values()];
}

function damagedSection(damaged: readonly { name: string; reason: string }[]): HtmlValue {
  if (damaged.length === 0) return null;
  return html`<section class="damaged"><h2>Not readable</h2>
<p>These files are here, and no page can be made of them.</p>${
    table(
      "Damaged and old files",
      ["File", "What is wrong"],
      damaged.map(({ name, reason }) => [`${name}.json`, `${reason}.`]),
      { kind: "text" },
    )
  }</section>`;
}
