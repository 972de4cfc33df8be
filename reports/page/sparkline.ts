/**
 * A small line of one figure over several reports.
 *
 * @module
 */
import type { Estimate } from "../analysis/statistics.ts";
import { type Html, html } from "./html.ts";

const [WIDTH, HEIGHT, MARGIN] = [140, 36, 6];

/** So much is always shown above and below the median of all, lest noise looks like a cliff. */
const LEAST_RANGE = 0.1;

/** The most reports that are drawn; earlier ones would only blur. */
const MOST = 40;

/**
 * Render the medians with their intervals, equally far apart. The figures stand beside it.
 *
 * @param values The values from the first to the last.
 * @returns A picture.
 */
export function sparkline(values: readonly Estimate[]): Html {
  const shown = values.slice(-MOST);
  const ends = shown.flatMap(({ median, low, high }) => [low ?? median, high ?? median]);
  const middle = shown.map(({ median }) => median).sort((a, b) => a - b)[shown.length >> 1];
  const low = Math.min(...ends, middle * (1 - LEAST_RANGE));
  const high = Math.max(...ends, middle * (1 + LEAST_RANGE));
  const x = (i: number) =>
    round(
      WIDTH - MARGIN -
        (shown.length - 1 - i) * Math.min(24, (WIDTH - 2 * MARGIN) / Math.max(1, shown.length - 1)),
    );
  const y = (value: number) =>
    round(HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * (value - low) / (high - low));
  const path = shown.map(({ median }, i) => `${i === 0 ? "M" : "L"}${x(i)} ${y(median)}`).join("");
  const ranges = shown.map(({ low, high }, i) =>
    low === null || high === null ? "" : `M${x(i)} ${y(low)}V${y(high)}`
  ).join("");
  const last = shown.length - 1;
  return html`
    <svg class="spark pool" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}"
      height="${HEIGHT}"
      aria-hidden="true"><path class="range" d="${ranges}"/><path d="${path}"/>${shown.map((
        { median },
        i,
      ) =>
        html`
          <circle cx="${x(i)}" cy="${y(median)}" r="${i === last ? 3.5 : 2}" />
        `
      )}</svg>
  `;
}

function round(value: number): number {
  return Number(value.toFixed(1));
}
