/**
 * The page of one report: a single file that needs no network.
 *
 * @module
 */
import { findingOf } from "../analysis/findings.ts";
import type { KernelAnalysis } from "../analysis/kernel.ts";
import { analyseReport } from "../analysis/report.ts";
import { warningsOf } from "../analysis/warnings.ts";
import { formatCount, formatList, inText } from "../format.ts";
import { publishedPi } from "../published.ts";
import type { Report } from "../schema.ts";
import { type Asset, chartVersion, scripts, style } from "./assets.ts";
import { type Chart, kernelCharts, publishedChart } from "./charts.ts";
import { Html, html, type HtmlValue, jsonForScript } from "./html.ts";
import { legend } from "./legend.ts";
import { machineBlock, publishedTable, samplesTable, scalingTable } from "./tables.ts";

/**
 * Render a report. The same report gives the same page, byte for byte.
 *
 * @param report The report.
 * @param name The name of its file without the ending.
 * @returns The page.
 *
 * @example Usage
 * ```ts
 * import { type Report, renderPage } from "@polycore/reports";
 *
 * const save = (report: Report) => Deno.writeTextFile("x.html", renderPage(report, "x"));
 * ```
 */
export function renderPage(report: Report, name: string): string {
  const analyses = analyseReport(report).kernels;
  const charts: Chart[] = [];
  const sections = analyses.map((analysis) => kernelSection(report, analysis, charts));
  const { machine } = report;
  const content = html`
    <header>
      <p class="soft">Polycore scaling report · ${report.createdAt.slice(0, 16).replace(
        "T",
        " ",
      )} UTC</p>
      <h1>How ${titles(analyses)} scale${analyses.length === 1 ? "s" : ""} on ${machine.host ??
        "this machine"}</h1>
    </header>
    <main>
    <ul class="findings">${analyses.map(findingOf).map(({ figure, sentence }) =>
      html`<li><strong>${figure}</strong><span>${sentence}</span></li>\n`
    )}</ul>
    ${warningBlock(warningsOf(report, analyses))}
    <section class="card"><h3>The machine</h3>${machineBlock(report)}</section>
    <p class="soft">The command that repeats the run:</p>
    <code class="command">${report.command}</code>
    ${sections}
    <h2>All samples</h2>
    <p>The report holds every sample that was taken, none dropped.</p>
    <p><button id="save-json" type="button" hidden>Save as JSON</button
    ><button id="save-csv" type="button" hidden>Save as CSV</button></p>
    ${analyses.map((analysis) =>
      html`<details><summary>${analysis.kernel.title}: every sample</summary>${
        samplesTable(analysis)
      }</details>\n`
    )}${readingNotes()}
    </main>
    <footer>
      <p>Report version ${report.version}. Charts by Chart.js ${chartVersion}, MIT licence.</p>
    </footer>
    <script type="application/json" id="report">${jsonForScript(report)}</script>
    <script type="application/json" id="charts">${jsonForScript(charts)}</script>
    ${scripts.map(({ text }) => html`<script>${new Html(text)}</script>\n`)}
  `;
  return page({ title: `${titles(analyses)} on ${machine.host ?? name}`, name, content, scripts });
}

/** What {@linkcode page} is given. */
export interface PageParts {
  /** The title of the window. */
  title: string;
  /** The name under which a reader saves the data. */
  name: string;
  /** The body. */
  content: Html;
  /** The scripts that may run. */
  scripts: Asset[];
}

/**
 * The frame of every page, with the policy that lets nothing in but what is in the file.
 *
 * @param parts What goes into the frame.
 * @returns The page.
 */
export function page({ title, name, content, scripts }: PageParts): string {
  const policy = [
    "default-src 'none'",
    "img-src data:",
    `style-src ${style.hash}`,
    ...(scripts.length > 0 ? [`script-src ${scripts.map((s) => s.hash).join(" ")}`] : []),
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return html`
    <!DOCTYPE html>
    <html lang="en" data-name="${name}">
      <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="${policy}">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <link rel="icon" href="data:,">
        <title>${title}</title>
        <style>${new Html(style.text)}</style>
      </head>
      <body>
    ${content}
      </body>
    </html>
  `.text;
}

function kernelSection(report: Report, analysis: KernelAnalysis, charts: Chart[]): Html {
  const { kernel } = analysis;
  const own = kernelCharts(analysis, report.machine);
  charts.push(...own);
  return html`
    <section>
    <h2>${kernel.title}</h2>
    <p>${kernel.about}</p>
    <p class="soft">Size: ${formatCount(kernel.size)} ${kernel.unit}. Result of every run: ${kernel
      .result}.</p>
    <div class="charts">${own.map(figure)}</div>
    <details class="print" open><summary>The figures</summary>${scalingTable(analysis)}</details>
    ${kernel.name === publishedPi.kernel ? publishedSection(analysis, charts) : null}
    </section>
  `;
}

function publishedSection(analysis: KernelAnalysis, charts: Chart[]): Html {
  const chart = publishedChart(analysis, publishedPi);
  charts.push(chart);
  const { size } = analysis.kernel;
  const sameSize = size === publishedPi.size
    ? "Both throw the same number of points."
    : `The published run threw ${formatCount(publishedPi.size)} points, this one ` +
      `${formatCount(size)}, so compare points per second and scaling, not times.`;
  return html`
    <h3>Beside the published table</h3>
    <p>The course prints this table for a pool of Python processes on a workstation of its own. ${sameSize}
    The machines differ, so the times compare machine and language together. Source: ${publishedPi
      .source}.</p>
    <div class="charts beside">${figure(chart)}<div class="card">${publishedTable(
      analysis,
      publishedPi,
    )}</div></div>
  `;
}

function figure(chart: Chart): Html {
  const { id, title, description } = chart;
  const canvas = html`<canvas id="${id}" role="img" aria-label="${description}"></canvas>`;
  return html`<figure><h3>${title}</h3><div class="canvas">${canvas}</div>${
    legend(chart)
  }</figure>\n`;
}

function warningBlock(warnings: string[]): HtmlValue {
  if (warnings.length === 0) return null;
  return html`
    <section class="warnings">
      <h2>Read with care</h2>
      <ul>${warnings.map((warning) => html`<li>${warning}</li>`)}</ul>
    </section>
  `;
}

function readingNotes(): Html {
  return html`
    <details class="print">
      <summary>How to read this</summary>
      <p>The time is the median of the samples. Its interval holds the true median with a probability of 95 %;
    it is taken from the sorted samples alone and assumes nothing about how they are spread.</p>
      <p>The speedup is the time of the base divided by the time with so many workers. There are two bases: a pool of
    one worker, which shows how the program scales, and the plain loop without a pool, which shows what is gained.
    Its interval is taken from the far ends of both times.</p>
      <p>Efficiency is the speedup divided by the number of workers. The Karp-Flatt metric is the serial share that
    would explain the speedup: constant, and it is a serial part; rising, and the cost of being parallel grows.</p>
      <p>Lines between the points are there for the eye; only the points were measured.</p>
    </details>
  `;
}

function titles(analyses: KernelAnalysis[]): string {
  return formatList(analyses.map(({ kernel }) => inText(kernel.title)));
}
