/**
 * The page of one report: a single file that needs no network.
 *
 * @module
 */
import { findingOf } from "../analysis/findings.ts";
import type { KernelAnalysis } from "../analysis/kernel.ts";
import { analyseReport, type StartUpRow } from "../analysis/report.ts";
import { warningsOf } from "../analysis/warnings.ts";
import { formatList, formatMs, inText } from "../format.ts";
import type { Report } from "../schema.ts";
import { chartVersion, scripts } from "./assets.ts";
import { type Chart, workersInWords } from "./chart.ts";
import {
  beside,
  dataAndScripts,
  detail,
  downloads,
  figure,
  minute,
  page,
  warningBlock,
} from "./frame.ts";
import { type Html, html, type HtmlValue } from "./html.ts";
import { kernelSection } from "./kernel_section.ts";
import { machineBlock } from "./machine_block.ts";
import { startUpChart } from "./sweep_charts.ts";
import { startUpTable } from "./tables.ts";

/** A comparison with an earlier report, to lead to from a page. */
export interface ComparisonLink {
  /** The file of the comparison, relative to the page. */
  href: string;
  /** What it says. */
  sentence: string;
}

/**
 * Render a report. The same report gives the same page, byte for byte.
 *
 * @param report The report.
 * @param name The name of its file without the ending.
 * @param compared A comparison with an earlier report.
 * @returns The page.
 *
 * @example Usage
 * ```ts
 * import { type Report, renderPage } from "@polycore/reports";
 *
 * const save = (report: Report) => Deno.writeTextFile("x.html", renderPage(report, "x"));
 * ```
 */
export function renderPage(
  report: Report,
  name: string,
  compared: ComparisonLink | null = null,
): string {
  const { kernels, startup } = analyseReport(report);
  const { machine } = report;
  const sections = kernels.map((analysis) => kernelSection(report, analysis));
  const start = startUpChart(startup, machine);
  const charts: Chart[] = [
    ...sections.flatMap((section) => section.charts),
    ...start ? [start] : [],
  ];
  const where = machine.host ?? "this machine";
  const content = html`
    <header>
      <p class="soft">Polycore scaling report · ${minute(report.createdAt)}</p>
      <h1>How ${titles(kernels)} scale${kernels.length === 1 ? "s" : ""} on ${where}</h1>
    </header>
    <main>
    ${incomplete(report)}${findings(kernels)}${compared &&
      html`<p class="compared">${compared.sentence} <a href="${compared.href}">The comparison</a></p>`}
    <section class="card" aria-labelledby="machine"><h2 id="machine">The machine</h2>${machineBlock(
      report,
    )}</section>
    ${warningBlock(warningsOf(report, kernels))}
    <p class="soft">The command that repeats the run:</p>
    <code class="command" tabindex="0">${report.command}</code>
    <p class="buttons"><button id="open-all" type="button" hidden>Open all details</button></p>
    ${sections.map((section) => section.content)}
    ${start && startSection(startup, start)}
    ${downloads("The page holds every sample that was taken, none dropped.")}
    ${readingNotes()}
    </main>
    <footer>
      <p>Report version ${report.version}. Charts by Chart.js ${chartVersion}, MIT licence.</p>
    </footer>
    ${dataAndScripts(report, charts, scripts)}
  `;
  return page({ title: `${titles(kernels)} on ${machine.host ?? name}`, name, content, scripts });
}

/** One sentence for each kernel, which leads to it. */
function findings(kernels: readonly KernelAnalysis[]): HtmlValue {
  if (kernels.length === 0) return html`<p class="incomplete">No kernel was measured.</p>`;
  return html`<ul class="findings">${
    kernels.map((analysis) => {
      const { figure, sentence } = findingOf(analysis);
      const { name, title } = analysis.kernel;
      return html`<li><a href="#kernel-${name}" aria-label="${figure}: to the charts of ${title}">${figure}</a><span>${sentence}</span></li>`;
    })
  }</ul>`;
}

function incomplete({ complete, kernels, settings }: Report): HtmlValue {
  if (complete) return null;
  const measured = kernels.length === 0
    ? "Nothing was finished"
    : `${formatList(kernels.map(({ title }) => inText(title)))} ${
      kernels.length === 1 ? "was" : "were"
    } begun`;
  const short = kernels.filter(({ runs }) => runs.length < settings.cores.length);
  const cut = short.length === 0
    ? ""
    : ` ${formatList(short.map(({ title }) => title))} ${
      short.length === 1 ? "lacks" : "lack"
    } some numbers of workers.`;
  return html`
    <p class="incomplete"
      role="note"><strong>This run is incomplete.</strong> It was stopped before its end. ${measured}; what was
    measured until then is below.${cut}</p>
  `;
}

function startSection(startup: readonly StartUpRow[], chart: Chart): Html {
  const last = startup.at(-1)!;
  const glance = `${formatMs(last.time.median)} with ${workersInWords(last.workers)}`;
  return html`
    <section>
      <h2>The pool itself</h2>
      <div class="details">${detail("Start of a pool", glance, [
        html`<p>The time from making a pool until its first result. A program pays it once for each pool.</p>`,
        beside(html`<div class="charts">${figure(chart)}</div>`, startUpTable(startup)),
      ])}</div>
    </section>
  `;
}

function readingNotes(): Html {
  return html`
    <section>
      <h2>How to read this</h2>
      <div class="details">${detail(
        "The words",
        "time, speedup, efficiency, Karp-Flatt, the laws",
        html`<p>The time is the median of the samples. Its interval holds the true median with a probability of 95 %;
it is taken from the sorted samples alone and assumes nothing about how they are spread. Intervals of speedups
come from drawing the samples anew.</p>
<p>The speedup is the time of the base divided by the time with so many workers. There are two bases: a pool of
one worker, which shows how the program scales, and the fastest loop without a pool, which shows what is gained.</p>
<p>Efficiency is the speedup divided by the number of workers. The Karp-Flatt metric is the serial share that
would explain the speedup: constant, and it is a serial part; rising, and the cost of being parallel grows.</p>
<p>Amdahl's law has one figure, the serial share. The Universal Scalability Law (USL) has two: contention, which
is waiting in line, and coherency, which is exchange between all pairs. Both are fitted to the runs within the
cores, and drawn dashed where nothing was measured.</p>
<p>Points are joined where they belong together; only the points were measured. Nothing joins one side of a zone
to the other.</p>`,
        true,
      )}</div>
    </section>
  `;
}

function titles(analyses: readonly KernelAnalysis[]): string {
  return analyses.length > 3
    ? `${analyses.length} kernels`
    : formatList(analyses.map(({ kernel }) => inText(kernel.title)));
}
