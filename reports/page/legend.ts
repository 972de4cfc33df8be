/**
 * The legend of a chart: the same colours, shapes and dashes as in `script.js`, drawn by the style
 * sheet.
 *
 * @module
 */
import type { Chart, Series } from "./charts.ts";
import { type Html, html } from "./html.ts";

/** The shape of a point for each part of a chart, around the middle of a key of 34 by 12. */
const shapes: Record<Series["role"], Html> = {
  pool: html`
    <circle cx="17" cy="6" r="4" />
  `,
  serial: html`
    <path d="M17 0.5l5.5 5.5-5.5 5.5-5.5-5.5z" />
  `,
  published: html`
    <path d="M17 0.5l6 10.5h-12z" />
  `,
  sample: html`
    <path d="M14 3l6 6m0-6l-6 6" />
  `,
  ideal: html``,
};

/**
 * Render the legend of a chart.
 *
 * @param chart The chart.
 * @returns A list with one key for each line.
 */
export function legend({ series, zones }: Chart): Html {
  const keys = series.map(({ name, role }) =>
    html`<li><svg class="${role}" width="34" height="12" aria-hidden="true">${
      role === "sample" ? null : html`
        <path d="M0 6h34" />
      `
    }${shapes[role]}</svg>${name}</li>`
  );
  const shaded = zones.map((zone) =>
    html`<li><svg class="zone" width="34" height="12" aria-hidden="true"><path d="M0 0h34v12h-34z"/></svg>${zone.label}</li>`
  );
  return html`<ul class="legend">${keys}${shaded}</ul>`;
}
