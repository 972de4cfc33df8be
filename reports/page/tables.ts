/**
 * The tables of a page: the same figures as in the charts, as text.
 *
 * @module
 */
import type { KernelAnalysis } from "../analysis/kernel.ts";
import type { Estimate } from "../analysis/statistics.ts";
import { formatCount, formatMs, formatPercent, significant } from "../format.ts";
import type { PublishedTable } from "../published.ts";
import type { Machine, Report } from "../schema.ts";
import { type Html, html, type HtmlValue } from "./html.ts";

/** What stands where a value could not be read. */
const NOT_READABLE = "not readable";

/**
 * The scaling table of a kernel.
 *
 * @param analysis The kernel's figures.
 * @returns The table.
 */
export function scalingTable({ kernel, rows, baseLines, bestSerial }: KernelAnalysis): Html {
  const base = bestSerial ? [`Speedup, against ${bestSerial.title}`] : [];
  const head = [
    "Workers",
    "Time, median",
    "95 % interval",
    "Samples",
    "Speedup, against one worker",
  ]
    .concat(base, ["Efficiency", "Karp-Flatt"]);
  const body = rows.map((row) => [
    String(row.workers),
    formatMs(row.time.median),
    interval(row.time, formatMs),
    String(row.samples),
    withInterval(row.speedup, significant),
    ...(bestSerial ? [withInterval(row.serialSpeedup, significant)] : []),
    row.efficiency ? formatPercent(row.efficiency.median) : "–",
    row.karpFlatt === null ? "–" : formatPercent(row.karpFlatt),
  ]);
  const serial = baseLines.map((line) => [
    line.title,
    formatMs(line.time.median),
    interval(line.time, formatMs),
    String(line.samples),
  ]);
  return table(`${kernel.title}: scaling`, head, [...body, ...serial]);
}

/**
 * Every sample of a kernel.
 *
 * @param analysis The kernel's figures.
 * @returns The table.
 */
export function samplesTable({ kernel }: KernelAnalysis): Html {
  const runs = [...kernel.runs].sort((a, b) => a.workers - b.workers);
  const rows = [
    ...runs.map((run) => ({ name: String(run.workers), samplesMs: run.samplesMs })),
    ...kernel.baseLines.map((line) => ({ name: line.title, samplesMs: line.samplesMs })),
  ].map((row) => [row.name, row.samplesMs.map(formatMs).join(", ")]);
  const head = ["Workers", "Samples in the order of taking"];
  return table(`${kernel.title}: every sample`, head, rows, { kind: "text" });
}

/**
 * A published scaling table with ours beside it.
 *
 * @param analysis The kernel's figures.
 * @param published The published table for the same problem.
 * @returns The table.
 */
export function publishedTable({ kernel, rows }: KernelAnalysis, published: PublishedTable): Html {
  const cores = [...rows.map((row) => row.workers), ...published.rows.map((row) => row.cores)];
  const base = published.rows[0].seconds;
  const body = [...new Set(cores)].sort((a, b) => a - b).map((n) => {
    const theirs = published.rows.find((row) => row.cores === n);
    const ours = rows.find((row) => row.workers === n);
    return [
      String(n),
      theirs ? `${theirs.seconds} s` : "–",
      theirs ? (base / theirs.seconds).toFixed(2) : "–",
      theirs ? perSecond(published.size, theirs.seconds * 1000) : "–",
      ours ? formatMs(ours.time.median) : "–",
      ours?.speedup ? ours.speedup.median.toFixed(2) : "–",
      ours ? perSecond(kernel.size, ours.time.median) : "–",
    ];
  });
  const rate = `million ${kernel.unit} per second`;
  const head = [
    "Cores",
    ...["Time", "Scaling", rate],
    ...["Time", "Scaling", rate],
  ];
  const groups: [string, number][] = [["", 1], ["Published", 3], ["Measured here", 3]];
  return table(`${kernel.title}: published and measured`, head, body, { groups });
}

/**
 * The machine block.
 *
 * @param report The report.
 * @returns A list of names and values.
 */
export function machineBlock({ machine, settings, createdAt }: Report): Html {
  const rows: [string, string | number | null][] = [
    ["Host", machine.host],
    ["Processor", machine.cpu],
    ["Sockets", machine.sockets],
    ["Cores", cores(machine)],
    ["Cores allowed", allowed(machine)],
    ["Affinity", machine.affinity],
    ["cgroup quota", machine.cgroupQuota],
    ["Memory", machine.memoryBytes && `${(machine.memoryBytes / 2 ** 30).toFixed(1)} GiB`],
    ["Clock", clock(machine)],
    ["Kernel", machine.kernel],
    ["Deno, V8", pair(machine.deno, machine.v8)],
    ["TypeScript", machine.typescript],
    ["Commit", machine.gitCommit && machine.gitCommit.slice(0, 12)],
    ["Load at start, end", pair(fixed(machine.loadStart), fixed(machine.loadEnd))],
    ["Slurm", slurm(machine.slurm)],
    ["Begun", `${createdAt.slice(0, 19).replace("T", " ")} UTC`],
    ["Order of samples", settings.order],
    ["Warm-up", settings.warmup],
  ];
  return html`<dl>${
    rows.map(([name, value]) => {
      const missing = value === null || value === "";
      return html`<div><dt>${name}</dt>${
        missing ? html`<dd class="missing">${NOT_READABLE}</dd>` : html`<dd>${value}</dd>`
      }</div>`;
    })
  }</dl>`;
}

interface TableOptions {
  /** Figures stand right, text stands left. */
  kind?: "figures" | "text";
  /** Headings over several columns each. */
  groups?: [string, number][];
}

function table(
  caption: string,
  head: string[],
  rows: string[][],
  { kind = "figures", groups = [] }: TableOptions = {},
): Html {
  const cells = (row: string[]): HtmlValue =>
    row.map((cell, i) =>
      i === 0
        ? html`<th scope="row">${cell}</th>`
        // A short row is one that has no further figures, not one with a gap in the table.
        : i === row.length - 1 && row.length < head.length
        ? html`
          <td>${cell}</td>
          <td colspan="${head.length - row.length}"></td>
        `
        : html`<td>${cell}</td>`
    );
  const over = groups.map(([name, columns]) =>
    name === "" ? html`<td></td>` : html`<th scope="colgroup" colspan="${columns}">${name}</th>`
  );
  return html`
    <div class="scroll">
      <table class="${kind}">
        <caption>${caption}</caption>
        <thead>
          ${over.length > 0 ? html`<tr class="groups">${over}</tr>` : null}
          <tr>${head.map((name) => html`<th scope="col">${name}</th>`)}</tr>
        </thead>
        <tbody>${rows.map((row) => html`<tr>${cells(row)}</tr>\n`)}</tbody>
      </table>
    </div>
  `;
}

function interval({ low, high }: Estimate, text: (value: number) => string): string {
  return low === null || high === null ? "–" : `${text(low)} to ${text(high)}`;
}

function withInterval(value: Estimate | null, text: (value: number) => string): string {
  if (value === null) return "–";
  const { low, high } = value;
  const range = low === null || high === null ? "" : ` (${text(low)} to ${text(high)})`;
  return `${text(value.median)}${range}`;
}

/** Millions per second. */
function perSecond(size: number, ms: number): string {
  const millions = size / ms / 1000;
  return millions >= 1000 ? formatCount(millions) : significant(millions);
}

function cores({ physicalCores, logicalCores }: Machine): string {
  return `${physicalCores ?? NOT_READABLE} physical, ${logicalCores ?? NOT_READABLE} logical`;
}

function allowed({ allowedCores, allowedRule }: Machine): string | null {
  if (allowedCores === null) return null;
  return allowedRule === null ? String(allowedCores) : `${allowedCores} (${allowedRule})`;
}

function clock({ governor, boost }: Machine): string {
  return `governor ${governor ?? NOT_READABLE}, boost ${boost ?? NOT_READABLE}`;
}

function slurm(variables: Record<string, string> | null): string | null {
  if (variables === null) return null;
  const list = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
  return list.length === 0 ? "no job" : list.join(" ");
}

function fixed(value: number | null): string | null {
  return value === null ? null : value.toFixed(2);
}

function pair(a: string | null, b: string | null): string {
  return `${a ?? NOT_READABLE}, ${b ?? NOT_READABLE}`;
}
