/**
 * The legend of a chart: the same colours, shapes and dashes as in `script.js`, drawn by the style
 * sheet.
 *
 * @module
 */
import type { Chart, Role } from "./chart.ts";
import { Html, html } from "./html.ts";

const circle = '<circle cx="17" cy="6" r="4"/>';
const diamond = '<path d="M17 .5l5.5 5.5-5.5 5.5-5.5-5.5z"/>';
const triangle = '<path d="M17 .5l6 10.5h-12z"/>';
const cross = '<path d="M14 3l6 6m0-6l-6 6"/>';
const square = '<path d="M13 2h8v8h-8z"/>';
const bar = '<path d="M9 0h16v12h-16z"/>';

/** The shapes of nodes, in turns; `script.js` has the same. */
const nodes = [circle, square, triangle, diamond, cross, '<path d="M17 1v10m-5-5h10"/>'];

/** The shape of a point for each part of a chart, around the middle of a key of 34 by 12. */
const shapes: Partial<Record<Role, string>> = {
  pool: circle,
  serial: diamond,
  published: triangle,
  sample: '<circle cx="17" cy="6" r="2"/>',
  mild: diamond,
  severe: triangle,
  busy: bar,
  waiting: `${bar}<path d="M9 8l8-8m-6 12l12-12m-4 12l6-6"/>`,
  communicating: `${bar}<path d="M11 4h1m5 0h1m5 0h1m-10 4h1m5 0h1"/>`,
  idle: bar,
};

/** Keys that are a shape with no line through it. */
const unjoined: Role[] = [
  "sample",
  "mild",
  "severe",
  "busy",
  "waiting",
  "communicating",
  "idle",
];

/**
 * Render the legend of a chart.
 *
 * @param chart The chart.
 * @returns A list with one key for each line.
 */
export function legend({ kind, series, zones }: Chart): Html {
  const keys = series.map(({ name, role, points }) => {
    const node = /^node(\d+)$/.exec(role);
    const shape = kind === "rows"
      ? bar
      : node
      ? nodes[Number(node[1]) % nodes.length]
      : shapes[role] ?? "";
    const joined = kind !== "rows" && !unjoined.includes(role) && points.some(({ on }) =>
      on !== "gap"
    ) &&
      points.length > 1 && !points.slice(0, -1).every(({ on }) => on === "gap");
    const line = joined || shape === "" ? '<path class="line" d="M0 6h34"/>' : "";
    return html`<li><svg class="${
      node ? `node c${Number(node[1]) % nodes.length}` : role
    }" width="34"
      height="12" aria-hidden="true">${new Html(line + shape)}</svg>${name}</li>`;
  });
  const shaded = zones.filter(({ kind }) => kind !== "own").map(({ kind, label }) =>
    html`<li><svg class="zone ${kind}" width="34" height="12" aria-hidden="true"><path
      d="M0 0h34v12h-34z"/></svg>${label}</li>`
  );
  return html`<ul class="legend">${keys}${shaded}</ul>`;
}
