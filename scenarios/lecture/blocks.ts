/**
 * The blocks of a scenario's article: tables, outcomes, checks.
 *
 * @module
 */
import { type Cell as PageCell, Html, html, table as pageTable } from "@polycore/reports/page";
import { number } from "../layout.ts";
import { runsOf } from "../outcomes.ts";
import type { Cell, Check, Distribution, Table } from "../scenario.ts";

/** A table of a run: columns of numbers stand right, those of text left. */
export function tableBlock(caption: string, { columns, rows }: Table): Html {
  const cells = rows.map((row) => row.map(cellText));
  const numeric = (i: number) =>
    rows.every((row) =>
      row[i] === null || typeof row[i] === "number" || /^[\d.,]+ %$/.test(`${row[i]}`)
    );
  const texts = columns.flatMap((_, i) => numeric(i) ? [] : [i]);
  const head = columns.map((column, i) => column === "" && i === 0 ? "what" : column);
  return pageTable(caption, head, cells, { texts });
}

function cellText(cell: Cell): string {
  if (cell === null) return "–";
  if (typeof cell === "boolean") return cell ? "yes" : "no";
  return typeof cell === "number" ? number(cell) : cell;
}

/** How often each outcome came, with a bar for its share. */
export function outcomesBlock(distribution: Distribution): Html {
  const { runs, rows } = distribution;
  const cells = rows.map(({ outcome, count, label, means }): PageCell[] => {
    const share = runs > 0 ? count / runs : 0;
    return [
      outcome,
      number(count),
      html`${shareBar(share, label)} ${(100 * share).toFixed(1)} %`,
      html`<span class="label ${count === 0 ? "never" : label}">${label}</span>`,
      means,
    ];
  });
  const head = ["outcome", "count", "share", "label", "means"];
  return html`<div class="outcomes">${
    pageTable(runsOf(distribution), head, cells, { kind: "text" })
  }</div>`;
}

const [barWidth, barHeight] = [120, 12];

/** An outcome that came at all is seen, however rare. */
function shareBar(share: number, label: string): Html {
  const wide = share === 0 ? 0 : Math.max(1.5, barWidth * share).toFixed(1);
  return html`
    <svg class="share ${label}" viewBox="0 0 ${barWidth} ${barHeight}" width="${barWidth}"
      height="${barHeight}" aria-hidden="true">
      <path class="rail" d="M0 0h${barWidth}v${barHeight}h-${barWidth}z" />
      <path d="M0 0h${wide}v${barHeight}h-${wide}z" />
    </svg>
  `;
}

/** What must hold, and whether it does. */
export function checksBlock(checks: readonly Check[]): Html {
  return html`<ul class="checks">${
    checks.map(({ claim, holds }) =>
      html`<li class="${holds ? "holds" : "fails"}"><strong>${
        holds ? "holds" : "FAILS"
      }</strong> <span>${words(claim)}</span></li>`
    )
  }</ul>`;
}

/** The words of a scenario, with what stands between backticks as code. */
export function words(text: string): Html {
  const parts = text.split(/`([^`]+)`/);
  return html`${parts.map((part, i) => i % 2 === 0 ? part : html`<code>${part}</code>`)}`;
}

/** Lines as a program prints them. */
export function output(name: string, lines: readonly string[]): Html {
  return html`<pre class="output" tabindex="0" role="region" aria-label="${name}">${new Html(
    lines.map((line) => html`${line}`.text).join("\n"),
  )}</pre>`;
}
