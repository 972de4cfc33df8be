/**
 * The page that lists all reports of a folder.
 *
 * @module
 */
import { findingOf } from "../analysis/findings.ts";
import { analyseReport } from "../analysis/report.ts";
import type { Report } from "../schema.ts";
import { type Html, html } from "./html.ts";
import { page } from "./template.ts";

/** One report file of the folder. */
export interface IndexEntry {
  /** The file's name without its ending. */
  name: string;
  /** The report, or what is wrong with it in one sentence. */
  report: Report | string;
}

/**
 * Render the list, the latest report first.
 *
 * @param entries The report files.
 * @returns The page.
 */
export function renderIndex(entries: readonly IndexEntry[]): string {
  const time = ({ report }: IndexEntry) => typeof report === "string" ? "" : report.createdAt;
  const sorted = [...entries].sort((a, b) =>
    time(b).localeCompare(time(a)) || a.name.localeCompare(b.name)
  );
  const content = html`
    <header>
      <p class="soft">Polycore</p>
      <h1>Scaling reports</h1>
    </header>
    <main>
    ${sorted.length === 0
      ? html`<p>There is no report yet: run <code>deno task bench</code>.</p>`
      : null}
    ${sorted.map(card)}
    </main>
  `;
  return page({ title: "Scaling reports", name: "index", content, scripts: [] });
}

function card({ name, report }: IndexEntry): Html {
  if (typeof report === "string") {
    return html`
      <section class="warnings">
        <h2>${name}</h2>
        <p>${report}.</p>
      </section>\\n
    `;
  }
  const { machine, settings, createdAt } = report;
  const facts = [
    machine.cpu ?? "processor not readable",
    machine.allowedCores === 1 ? "1 core" : `${machine.allowedCores ?? "unknown number of"} cores`,
    `workers ${settings.cores.join(", ")}`,
    ...(settings.quick ? ["quick run"] : []),
  ];
  return html`
    <section class="card">
    <h3><a href="${encodeURIComponent(name)}.html">${machine.host ?? name}, ${createdAt.slice(0, 16)
      .replace("T", " ")} UTC</a></h3>
    <p class="soft">${facts.join(" · ")}</p>
    ${analyseReport(report).kernels.map((kernel) => html`<p>${findingOf(kernel).sentence}</p>`)}
    </section>
  `;
}
