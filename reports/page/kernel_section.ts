/**
 * One kernel on the page: speedup and time at once, everything else folded away behind a line that
 * says what it found.
 *
 * @module
 */
import type { KernelAnalysis } from "../analysis/kernel.ts";
import { formatCount, formatList, formatPercent, significant } from "../format.ts";
import { publishedPi } from "../published.ts";
import type { Parameter } from "../analysis/statistics.ts";
import type { Report } from "../schema.ts";
import { type Chart, workersInWords } from "./chart.ts";
import { beside, detail, figure } from "./frame.ts";
import { type Html, html, type HtmlValue } from "./html.ts";
import { languagesInWords, languagesTable } from "./languages_table.ts";
import { countSamples, sampleChart } from "./sample_chart.ts";
import {
  efficiencyChart,
  karpFlattChart,
  publishedChart,
  speedupChart,
  timeChart,
  weakChart,
} from "./scaling_charts.ts";
import { chunkChart, taskChart } from "./sweep_charts.ts";
import {
  chunkTable,
  publishedTable,
  rooflineTable,
  samplesTable,
  scalingTable,
  taskTable,
  weakTable,
  workerTable,
} from "./tables.ts";
import { withInterval } from "./table.ts";
import { workerTimeCharts } from "./worker_charts.ts";

/** A part of a page with the charts that it needs drawn. */
export interface Drawn {
  /** The part. */
  content: Html;
  /** Its charts. */
  charts: Chart[];
}

/**
 * The section of a kernel.
 *
 * @param report The report.
 * @param analysis The kernel's figures.
 * @returns The section and its charts.
 */
export function kernelSection(report: Report, analysis: KernelAnalysis): Drawn {
  const { kernel } = analysis;
  const charts: Chart[] = [];
  /** Charts that are there are noted, so that the script draws them. */
  const draw = (...list: (Chart | null)[]): HtmlValue => {
    const there = list.filter((chart) => chart !== null);
    charts.push(...there);
    return there.length === 0 ? null : html`<div class="charts">${there.map(figure)}</div>`;
  };
  const { machine } = report;
  const shown = draw(speedupChart(analysis, machine), timeChart(analysis, machine));
  const content = html`
    <section class="kernel" id="kernel-${kernel.name}">
    <h2>${kernel.title}</h2>
    <p>${kernel.about}</p>
    <p class="soft">${formatCount(kernel.size)} ${kernel.unit}. Every run: ${kernel.result}.</p>
    ${shown}
    <div class="details">
    ${detail("The figures", figuresInWords(analysis), scalingTable(analysis), true)}${parts(
      report,
      analysis,
      draw,
    )}</div>
    ${notMeasured(analysis)}
    </section>
  `;
  return { content, charts };
}

type Draw = (...list: (Chart | null)[]) => HtmlValue;

/** What is folded away, each with what it says at a glance. */
function parts(report: Report, analysis: KernelAnalysis, draw: Draw): HtmlValue {
  const { kernel, rows, weakRows, workerShares, chunks, crossover, roofline } = analysis;
  const { machine } = report;
  const list: Html[] = [];
  const efficiency = efficiencyChart(analysis, machine);
  if (efficiency) {
    const last = rows.findLast((row) => row.efficiency);
    const glance = last?.efficiency
      ? `${formatPercent(last.efficiency.median)} on ${workersInWords(last.workers)}`
      : "against the loop without a pool";
    list.push(
      detail("Efficiency and laws", glance, [
        draw(efficiency, karpFlattChart(analysis, machine)),
        lawsInWords(analysis),
      ]),
    );
  }
  if (workerShares.length > 0) {
    const last = workerShares.at(-1)!;
    const glance = `${formatPercent(last.all.busy)} busy on ${workersInWords(last.workers)}`;
    list.push(
      detail("Where the workers' time went", glance, [
        draw(...workerTimeCharts(analysis)),
        workerTable(analysis),
      ]),
    );
  }
  const { samples, outliers } = countSamples(analysis);
  const found = outliers.mild + outliers.severe;
  list.push(
    detail("Every sample", `${samples}, ${found === 0 ? "no outliers" : `${found} outliers`}`, [
      draw(sampleChart(analysis)),
      samplesTable(analysis),
    ]),
  );
  if (chunks) {
    const { asGood, best } = chunks;
    const alike = asGood && asGood[0] < asGood[1]
      ? `; ${formatCount(asGood[0])} to ${formatCount(asGood[1])} are as good`
      : "";
    list.push(
      detail("Size of the chunks", `best at ${formatCount(best)} ${kernel.unit}${alike}`, [
        beside(draw(chunkChart(analysis)), chunkTable(analysis)),
      ]),
    );
  }
  if (crossover) {
    const glance = {
      within: `the pool wins from ${significantCount(crossover.unitsPerTask)} ${kernel.unit} on`,
      always: "the pool wins at every size",
      never: "the pool does not win at the largest size",
    }[crossover.wins];
    list.push(
      detail("Size of the tasks", glance, beside(draw(taskChart(analysis)), taskTable(analysis))),
    );
  }
  if (weakRows.length > 0) {
    const last = weakRows.findLast((row) => row.efficiency);
    const glance = last?.efficiency
      ? `${formatPercent(last.efficiency.median)} on ${workersInWords(last.workers)}`
      : "";
    list.push(
      detail("Weak scaling", glance, [
        html`<p>The size grows with the workers, so the time should stay the same.</p>`,
        draw(weakChart(analysis, machine)),
        weakTable(analysis),
      ]),
    );
  }
  if (roofline) {
    const best = roofline.rows.reduce((a, b) =>
      b.bytesPerSecond.median > a.bytesPerSecond.median ? b : a
    );
    const glance = `${significant(best.bytesPerSecond.median / 1e9)} GB a second` +
      (best.share ? `, ${formatPercent(best.share.median)} of the triad` : "");
    list.push(detail("Memory", glance, rooflineTable(analysis)));
  }
  if (kernel.baseLines.length > 0) {
    list.push(
      detail("Variants and languages", languagesInWords(analysis), languagesTable(analysis)),
    );
  }
  if (kernel.name === publishedPi.kernel) list.push(publishedDetail(analysis, draw));
  return list;
}

function publishedDetail(analysis: KernelAnalysis, draw: Draw): Html {
  const { size } = analysis.kernel;
  const sameSize = size === publishedPi.size
    ? "Both throw the same number of points."
    : `The published run threw ${formatCount(publishedPi.size)} points, this one ` +
      `${formatCount(size)}, so compare points per second and scaling, not times.`;
  return detail(
    "Beside the published table",
    `${publishedPi.rows.map((row) => row.seconds).join(", ")} s in Python`,
    html`<p>A course prints this table for a pool of Python processes on a workstation of its own. ${sameSize}
The machines differ, so the times compare machine and language together. Source: ${publishedPi.source}.</p>${
      draw(publishedChart(analysis, publishedPi))
    }${publishedTable(analysis, publishedPi)}`,
  );
}

/** The laws with their intervals, or why there is none. */
function lawsInWords({ rows, amdahl, usl }: KernelAnalysis): HtmlValue {
  if (rows.length < 2) return null;
  const share = (value: Parameter) =>
    withInterval({ ...value, median: value.value }, (x) => `${Number((x * 100).toPrecision(2))} %`);
  const ofAmdahl = typeof amdahl === "string"
    ? `${amdahl}.`
    : `Amdahl's law: a serial share of ${share(amdahl.serial)}.`;
  if (typeof usl === "string") return [ofAmdahl, `${usl}.`].map((law) => html`<p>${law}</p>`);
  const { contention, coherency, peak } = usl;
  const top = peak.workers === null
    ? `no peak up to ${2 * usl.largest} workers`
    : `the peak is at ${Math.round(peak.workers)} workers`;
  const off = Math.max(...usl.residuals.map((residual) => Math.abs(residual.share)));
  return html`
    <p>${ofAmdahl}</p>
    <p>Universal Scalability Law: contention ${share(contention)}, coherency ${share(
      coherency,
    )}; ${top}. No median lies further than ${formatPercent(off)} from it.</p>
  `;
}

function figuresInWords({ rows }: KernelAnalysis): string {
  const workers = rows.map((row) => row.workers);
  return workers.length < 6
    ? `${formatList(workers)} ${workers.length === 1 && workers[0] === 1 ? "worker" : "workers"}`
    : `${workers[0]} to ${workers.at(-1)} workers`;
}

/** What this report does not have, so that nobody looks for it. */
function notMeasured({ kernel, workerShares }: KernelAnalysis): HtmlValue {
  const missing = [
    ...(workerShares.length === 0 ? ["the workers' time"] : []),
    ...(kernel.weakRuns.length === 0 ? ["weak scaling"] : []),
    ...(kernel.chunkSweep === null ? ["the size of the chunks"] : []),
    ...(kernel.taskSweep === null ? ["the size of the tasks"] : []),
  ];
  if (missing.length === 0) return null;
  return html`<p class="note">Not measured in this run: ${formatList(missing)}.</p>`;
}

/** A number that was computed has no more than two digits to it. */
function significantCount(value: number | null): string {
  return value === null ? "" : formatCount(Number(value.toPrecision(2)));
}
