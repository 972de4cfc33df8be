/**
 * Showing how often each outcome came, and judging it. Pure.
 *
 * @module
 */
import type { Check, Distribution, Table } from "./scenario.ts";

const english = (value: number) => value.toLocaleString("en-US");

/** What the runs were, in a sentence or two. */
export function runsOf({ of, runs, seed }: Distribution): string {
  return `One run: ${of}. ${english(runs)} runs${seed === undefined ? "" : `, seed ${seed}`}.`;
}

/** The table of a distribution. */
export function outcomeTable({ runs, rows }: Distribution): Table {
  return {
    columns: ["outcome", "count", "share", "label", "means"],
    rows: rows.map(({ outcome, count, label, means }) => [
      outcome,
      count,
      `${(100 * count / runs).toFixed(1)} %`.padStart(7),
      label,
      means,
    ]),
  };
}

/** What must hold of every distribution: each run is in a row, and none in a forbidden one. */
export function checkOutcomes({ of, runs, rows }: Distribution): Check {
  const counted = rows.reduce((sum, { count }) => sum + count, 0);
  const forbidden = rows.filter(({ count, label }) => label === "forbidden" && count > 0);
  const came = forbidden.map(({ outcome, count }) => `"${outcome}" came ${english(count)} times`);
  return {
    claim: `No run of "${of}" ends in a forbidden outcome` +
      (came.length > 0 ? `: ${came.join(", ")}.` : "; all are in the table."),
    holds: forbidden.length === 0 && runs > 0 && counted === runs,
  };
}
