/**
 * The page of the reports of several nodes, such as those of a job array.
 *
 * @module
 */
import type { KernelAnalysis } from "../analysis/kernel.ts";
import { analyseReport } from "../analysis/report.ts";
import type { Estimate } from "../analysis/statistics.ts";
import { warningsOf } from "../analysis/warnings.ts";
import { formatList, formatMs, formatPercent, inText, significant } from "../format.ts";
import { compareNodes, type NodeKernel, type NodeReport } from "../nodes.ts";
import { chartVersion, scripts } from "./assets.ts";
import {
  axisMs,
  type Chart,
  highest,
  lowest,
  type Point,
  type Series,
  speedupAxis,
  workersInWords,
  workersLine,
} from "./chart.ts";
import { dataAndScripts, detail, downloads, figure, page } from "./frame.ts";
import { type Html, html, type HtmlValue } from "./html.ts";
import { machineBlock } from "./machine_block.ts";
import { interval, table, withInterval } from "./table.ts";
import { linearAxis, logAxis, workersAxis } from "./ticks.ts";

/** A kernel with its figures on each node. */
interface Merged extends NodeKernel {
  analyses: KernelAnalysis[];
}

/**
 * Render the reports of several nodes as one page.
 *
 * @param nodes The nodes.
 * @param name The name of the page's file without the ending.
 * @returns The page.
 * @throws {ReportError} If they did not measure the same problems.
 *
 * @example Usage
 * ```ts
 * import { nameNodes, renderMerge, type Report } from "@polycore/reports";
 *
 * const save = (reports: Report[]) =>
 *   Deno.writeTextFile("job.html", renderMerge(nameNodes(reports), "job"));
 * ```
 */
export function renderMerge(nodes: readonly NodeReport[], name: string): string {
  const kernels = compareNodes(nodes);
  const figures = nodes.map(({ report }) => analyseReport(report));
  const merged = kernels.map((kernel): Merged => ({
    ...kernel,
    analyses: figures.map((report) =>
      report.kernels.find((analysis) => analysis.kernel.name === kernel.name)!
    ),
  }));
  const charts: Chart[] = merged.flatMap((kernel) => chartsOf(nodes, kernel));
  const content = html`
    <header>
      <p class="soft">Polycore scaling report of several nodes</p>
      <h1>${nodes.length} ${nodes.length === 1 ? "node" : "nodes"} beside each other</h1>
    </header>
    <main>
    ${incomplete(nodes)}
    <ul class="findings">${merged.map((kernel) => {
      const { figure, sentence } = nodeFinding(nodes, kernel);
      return html`<li><a href="#kernel-${kernel.name}" aria-label="${figure}: to the charts of ${kernel.title}">${figure}</a><span>${sentence}</span></li>`;
    })}</ul>
    <section class="card" aria-labelledby="nodes"><h2 id="nodes">The nodes</h2>${nodes.map(
      ({ node, report }, i) => {
        const { cpu, allowedCores } = report.machine;
        const warnings = warningsOf(report, figures[i].kernels);
        return html`
          <details
            class="inner"><summary>${node}<span class="glance">${cpu ??
              "processor not readable"}, ${allowedCores ??
              "unknown number of"} cores${warningCount(
                warnings.length,
              )}</span></summary>${machineBlock(report)}${warnings.length > 0
              ? html`<ul>${warnings.map((warning) => html`<li>${warning}</li>`)}</ul>`
              : null}<p class="note">${report.command}</p></details>
        `;
      },
    )}</section>
    <p class="buttons"><button id="open-all" type="button" hidden>Open all details</button></p>
    ${merged.map((kernel) => section(nodes, kernel, charts))}
    ${downloads("The page holds the reports of all nodes with every sample that was taken.")}
    </main>
    <footer>
      <p>Report version ${nodes[0].report
        .version}. Charts by Chart.js ${chartVersion}, MIT licence.</p>
    </footer>
    ${dataAndScripts(nodes.map(({ report }) => report), charts, scripts)}
  `;
  return page({ title: `${nodes.length} nodes`, name, content, scripts });
}

/** The spread of the nodes and the slow ones, for a kernel. */
function nodeFinding(nodes: readonly NodeReport[], { title, rows }: Merged) {
  const widest = rows.reduce((a, b) => (b.spread ?? -1) > (a.spread ?? -1) ? b : a);
  if (widest.spread === null) {
    return { figure: "–", sentence: `${title} was measured on one node alone.` };
  }
  const slow = new Map<number, number[]>();
  for (const row of rows) {
    for (const place of row.slow) slow.set(place, [...slow.get(place) ?? [], row.workers]);
  }
  const named = [...slow].map(([place, workers]) =>
    workers.length === rows.length
      ? nodes[place].node
      : `${nodes[place].node} with ${formatList(workers)} ${
        workers.join() === "1" ? "worker" : "workers"
      }`
  );
  const sentence = `The nodes differ by up to ${formatPercent(widest.spread)} in the time of ` +
    `${inText(title)}, with ${workersInWords(widest.workers)}. ` +
    (named.length === 0
      ? "No node is slower than the others for sure."
      : `Slower than the others: ${formatList(named)}.`);
  return { figure: formatPercent(widest.spread), sentence };
}

function chartsOf(nodes: readonly NodeReport[], kernel: Merged): Chart[] {
  const { name, title, rows } = kernel;
  const workers = rows.map((row) => row.workers);
  const last = workers.at(-1)!;
  const linesOf = (
    value: (place: number, workers: number) => Estimate | null,
    text: (value: number) => string,
  ): Series[] =>
    nodes.flatMap(({ node }, place) =>
      workersLine(node, `node${place}`, rows, (row) => value(place, row.workers), text, [])
        .map((line) => ({
          ...line,
          points: line.points.map((p): Point => ({ ...p, label: `${node}, ${p.label}` })),
        }))
    );
  const rowOf = (place: number, n: number) =>
    kernel.analyses[place].rows.find((row) => row.workers === n) ?? null;
  const times = (value: number) => `${significant(value)} times`;
  const speedups = linesOf((place, n) => rowOf(place, n)?.speedup ?? null, times);
  const timeLines = linesOf((place, n) => rowOf(place, n)?.time ?? null, formatMs);
  const [low, high] = [lowest(timeLines), highest(timeLines)];
  const words = nodes.map(({ node }, place) => {
    const row = kernel.analyses[place].rows.at(-1)!;
    return `${node} ${formatMs(row.time.median)} with ${workersInWords(row.workers)}`;
  });
  const charts: Chart[] = [{
    id: `${name}-node-times`,
    kind: "line",
    title: "Time of each node",
    description: `Time of ${title}: ${formatList(words)}.`,
    axes: { x: "workers", y: "time" },
    x: workersAxis(workers, "logarithmic"),
    y: high / low > 6 ? logAxis(low, high, axisMs) : linearAxis(high, axisMs),
    series: timeLines,
    zones: [],
    note: null,
  }];
  if (last > 1 && speedups.length > 0) {
    const { y, ideal } = speedupAxis(speedups, last);
    charts.unshift({
      id: `${name}-node-speedups`,
      kind: "line",
      title: "Speedup of each node, against one worker of its own",
      description: `Speedup of ${title} with the most workers: ${
        formatList(nodes.map(({ node }, place) => {
          const speedup = kernel.analyses[place].rows.at(-1)!.speedup;
          return `${node} ${speedup ? times(speedup.median) : "not known"}`;
        }))
      }.`,
      axes: { x: "workers", y: "times as fast" },
      x: workersAxis(workers, "linear"),
      y,
      series: [...speedups, ideal],
      zones: [],
      note: null,
    });
  }
  return charts;
}

function section(nodes: readonly NodeReport[], kernel: Merged, charts: readonly Chart[]): Html {
  const { name, title, rows, analyses } = kernel;
  const own = charts.filter(({ id }) => id.startsWith(`${name}-node-`));
  const side = table(
    `${title}: time of each node, median`,
    ["Workers", ...nodes.map(({ node }) => node), "Spread"],
    rows.map(({ workers, times, spread, slow }) => [
      String(workers),
      ...times.map((time, place) =>
        time === null
          ? "–"
          : slow.includes(place)
          ? html`<span class="worse">${formatMs(time.median)}, slow</span>`
          : formatMs(time.median)
      ),
      spread === null ? "–" : formatPercent(spread),
    ]),
  );
  const each = nodes.map(({ node }, place) =>
    detail(
      node,
      `${formatMs(analyses[place].rows.at(-1)!.time.median)} with ${
        workersInWords(analyses[place].rows.at(-1)!.workers)
      }`,
      table(
        `${title} on ${node}`,
        ["Workers", "Time, median", "95 % interval", "Samples", "Speedup", "Efficiency"],
        analyses[place].rows.map((row) => [
          String(row.workers),
          formatMs(row.time.median),
          interval(row.time, formatMs),
          String(row.samples),
          withInterval(row.speedup, significant),
          withInterval(row.efficiency, formatPercent),
        ]),
      ),
    )
  );
  return html`
    <section class="kernel" id="kernel-${name}">
      <h2>${title}</h2>
      <p class="soft">${analyses[0].kernel.about}</p>
      <div class="charts">${own.map(figure)}</div>
      ${side}
      <h3>Node by node</h3>
      <div class="details">${each}</div>
    </section>
  `;
}

function warningCount(count: number): string {
  return count === 0 ? "" : count === 1 ? ", 1 warning" : `, ${count} warnings`;
}

function incomplete(nodes: readonly NodeReport[]): HtmlValue {
  const cut = nodes.filter(({ report }) => !report.complete).map(({ node }) => node);
  if (cut.length === 0) return null;
  return html`
    <p class="incomplete"
      role="note"><strong>Incomplete.</strong> The run on ${formatList(
        cut,
      )} was stopped before its end; what was measured until then is below.</p>
  `;
}
