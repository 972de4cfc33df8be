/**
 * What a page says of the machine. What could not be read is "not readable", never a guess.
 *
 * @module
 */
import { formatPercent } from "../format.ts";
import type { Machine, Report } from "../schema.ts";
import { type Html, html } from "./html.ts";

/** What stands where a value could not be read. */
const NOT_READABLE = "not readable";

/** The one entry of a Slurm job that is no variable. */
const EXCLUSIVE = "exclusive node";

type Row = [string, string | number | null];

/**
 * The machine: what matters most at once, the rest in details.
 *
 * @param report The report.
 * @returns Lists of names and values.
 */
export function machineBlock({ machine, settings, createdAt }: Report): Html {
  const { [EXCLUSIVE]: exclusive, ...variables } = machine.slurm ?? {};
  const first: Row[] = [
    ["Processor", machine.cpu],
    ["Cores", cores(machine)],
    ["Cores allowed", allowed(machine)],
    ["Memory", machine.memoryBytes === null ? null : bytes(machine.memoryBytes)],
    ["Load at start, end", pair(fixed(machine.loadStart), fixed(machine.loadEnd))],
    ["Deno, V8", pair(machine.deno, machine.v8)],
    ...(exclusive === undefined ? [] : [["Slurm node for this job alone", exclusive] as Row]),
  ];
  const more: Row[] = [
    ["Host", machine.host],
    ["Sockets", machine.sockets],
    ["Memory nodes", machine.numaNodes],
    ["Two threads share a core (SMT)", machine.smt],
    ["Affinity", machine.affinity],
    ["Pinning", machine.pinning],
    ["cgroup quota", machine.cgroupQuota],
    ["Caches", caches(machine)],
    [
      "Clock",
      `governor ${machine.governor ?? NOT_READABLE}, boost ${machine.boost ?? NOT_READABLE}`,
    ],
    ["Timer", timer(machine)],
    ["Kernel", machine.kernel],
    ["TypeScript", machine.typescript],
    ["Commit", machine.gitCommit && machine.gitCommit.slice(0, 12)],
    ["Slurm", machine.slurm && slurm(variables)],
    ["Begun", `${createdAt.slice(0, 19).replace("T", " ")} UTC`],
    ["Order of samples", settings.order],
    ["Seed of the order", settings.seed ?? "none"],
    ["Warm-up", settings.warmup],
    ["Stop rule", stopRule(settings)],
  ];
  const unread = [...first, ...more].filter(([, value]) =>
    isMissing(value) || String(value).includes(NOT_READABLE)
  );
  const note = unread.length > 0
    ? html`<span class="glance">${unread.length} not readable</span>`
    : null;
  return html`
    ${list(first)}<details
      class="inner print"><summary>All of the machine and the settings${note}</summary>${list(
        more,
      )}</details>
  `;
}

function list(rows: readonly Row[]): Html {
  return html`<dl>${
    rows.map(([name, value]) =>
      html`<div><dt>${name}</dt>${
        isMissing(value) ? html`<dd class="missing">${NOT_READABLE}</dd>` : html`<dd>${value}</dd>`
      }</div>`
    )
  }</dl>`;
}

function isMissing(value: Row[1]): value is null {
  return value === null || value === "";
}

function cores({ physicalCores, logicalCores }: Machine): string {
  return `${physicalCores ?? NOT_READABLE} physical, ${logicalCores ?? NOT_READABLE} logical`;
}

function allowed({ allowedCores, allowedRule }: Machine): string | null {
  if (allowedCores === null) return null;
  return allowedRule === null ? String(allowedCores) : `${allowedCores} (${allowedRule})`;
}

function caches({ caches }: Machine): string | null {
  if (caches === null) return null;
  const letter = { data: "d", instruction: "i", unified: "" };
  return caches.map(({ level, type, sizeBytes, sharedBy }) =>
    `L${level}${letter[type]} ${bytes(sizeBytes)} (cores ${sharedBy})`
  ).join(", ");
}

function timer({ timerNs }: Machine): string | null {
  if (timerNs === null) return null;
  const { cost, resolution } = timerNs;
  return `${Math.round(cost)} ns a reading, steps of ${Math.round(resolution)} ns`;
}

function stopRule({ precision, budgetMs }: Report["settings"]): string {
  const rules = [
    ...(precision === null ? [] : [`intervals of ${formatPercent(precision)}`]),
    ...(budgetMs === null ? [] : [`${(budgetMs / 1000).toFixed(0)} s`]),
  ];
  return rules.length === 0 ? "a given number of samples" : rules.join(" or ");
}

function slurm(variables: Record<string, string>): string {
  const list = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
  return list.length === 0 ? "no job" : list.join(" ");
}

function bytes(value: number): string {
  const units: [number, string][] = [[2 ** 30, "GiB"], [2 ** 20, "MiB"], [2 ** 10, "KiB"]];
  const [size, unit] = units.find(([size]) => value >= size) ?? [1, "B"];
  return `${Number((value / size).toFixed(1))} ${unit}`;
}

function fixed(value: number | null): string | null {
  return value === null ? null : value.toFixed(2);
}

function pair(a: string | null, b: string | null): string | null {
  return a === null && b === null ? null : `${a ?? NOT_READABLE}, ${b ?? NOT_READABLE}`;
}
