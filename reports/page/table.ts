/**
 * Tables, and the small figures that stand in their cells.
 *
 * @module
 */
import type { Estimate } from "../analysis/statistics.ts";
import { Html, html, type HtmlValue } from "./html.ts";

/** A cell; what is not text is HTML already. */
export type Cell = string | Html;

/** What else a table has. */
export interface TableOptions {
  /** Figures stand right, text stands left. */
  kind?: "figures" | "text";
  /** Columns of text in a table of figures, by their place. */
  texts?: readonly number[];
  /** Headings over several columns each. */
  groups?: [string, number][];
}

/**
 * Render a table that scrolls by itself where it finds no room.
 *
 * @param caption What it shows.
 * @param head The heading of each column.
 * @param rows The rows; a short one has no further figures.
 * @param options Alignment and groups.
 * @returns The table.
 *
 * @example Usage
 * ```ts
 * import { table } from "@polycore/reports/page";
 * import { assertStringIncludes } from "@std/assert";
 *
 * assertStringIncludes(table("Meals", ["who", "meals"], [["a", "3"]]).text, "<td>3</td>");
 * ```
 */
export function table(
  caption: string,
  head: readonly string[],
  rows: readonly Cell[][],
  { kind = "figures", texts = [], groups = [] }: TableOptions = {},
): Html {
  const left = (i: number) => texts.includes(i) ? new Html(' class="left"') : null;
  const cells = (row: Cell[]): HtmlValue =>
    row.map((cell, i) => {
      if (i === 0) return html`<th scope="row">${cell}</th>`;
      const rest = head.length - row.length;
      const gap = i === row.length - 1 && rest > 0 ? html`<td colspan="${rest}"></td>` : null;
      return html`<td${left(i)}>${cell}</td>${gap}`;
    });
  const over = groups.map(([name, columns]) =>
    name === ""
      ? html`<td colspan="${columns}"></td>`
      : html`<th scope="colgroup" colspan="${columns}">${name}</th>`
  );
  // Focusable, so that the keyboard can scroll it.
  return html`
    <div class="scroll" tabindex="0" role="region" aria-label="${caption}">
      <table class="${kind}">
        <caption><span>${caption}</span></caption>
        <thead>${over.length > 0 ? html`<tr class="groups">${over}</tr>` : null}<tr>${head.map((
          name,
          i,
        ) =>
          html`
            <th scope="col" ${left(i)}>${name}</th>
          `
        )}</tr></thead>
        <tbody>${rows.map((row) => html`<tr>${cells(row)}</tr>`)}</tbody>
      </table>
    </div>
  `;
}

/**
 * An interval as text.
 *
 * @param estimate The estimate.
 * @param text Writes a value.
 * @returns Its ends, or a dash.
 */
export function interval({ low, high }: Estimate, text: (value: number) => string): string {
  return low === null || high === null ? "–" : `${text(low)} to ${text(high)}`;
}

/**
 * A value with its interval as text.
 *
 * @param value The estimate.
 * @param text Writes a value.
 * @returns The value and the interval in brackets, or a dash.
 */
export function withInterval(value: Estimate | null, text: (value: number) => string): string {
  if (value === null) return "–";
  const { low, high } = value;
  const range = low === null || high === null ? "" : ` (${text(low)} to ${text(high)})`;
  return `${text(value.median)}${range}`;
}

/** A scale for values in the cells of a column. */
export interface Strip {
  /** The lower end. */
  from: number;
  /** The upper end. */
  to: number;
  /** A part that is shaded, such as what may be chance. */
  band?: [number, number];
  /** Where a line stands, such as at no change. */
  line?: number;
}

/** The size of a strip in its own units. */
const [WIDTH, HEIGHT] = [160, 14];

/**
 * A value on a logarithmic scale, as a dot with its interval.
 *
 * @param value The value.
 * @param strip The scale of the column.
 * @param role The class that gives it its colour.
 * @returns A picture for a cell; the figures stand beside it.
 */
export function dotOn(value: Estimate, strip: Strip, role: string): Html {
  const at = (x: number) => {
    const share = Math.log(x / strip.from) / Math.log(strip.to / strip.from);
    return (6 + (WIDTH - 12) * Math.min(1, Math.max(0, share))).toFixed(1);
  };
  const band = strip.band
    ? html`
      <path class="band" d="M${at(strip.band[0])} 0H${at(strip.band[1])}V${HEIGHT}H${at(
        strip.band[0],
      )}z" />
    `
    : null;
  const line = strip.line
    ? html`
      <path class="line" d="M${at(strip.line)} 0V${HEIGHT}" />
    `
    : null;
  const range = value.low === null || value.high === null ? null : html`
    <path class="range" d="M${at(value.low)} 7H${at(value.high)}" />
  `;
  const rail = html`
    <path class="rail" d="M6 7H${WIDTH - 6}" />
  `;
  return html`
    <svg class="strip ${role}" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}"
      height="${HEIGHT}"
      aria-hidden="true">${band}${rail}${line}${range}<circle cx="${at(
        value.median,
      )}" cy="7" r="4"/></svg>
  `;
}
