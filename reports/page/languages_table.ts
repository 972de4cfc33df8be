/**
 * A kernel in other variants and languages, beside the pools.
 *
 * @module
 */
import type { KernelAnalysis } from "../analysis/kernel.ts";
import { formatMs, significant } from "../format.ts";
import { workersInWords } from "./chart.ts";
import { type Html, html } from "./html.ts";
import { dotOn, interval, type Strip, table } from "./table.ts";

/** The programs and the pools by their time, the missing ones below them with the reason. */
export function languagesTable({ kernel, rows, baseLines }: KernelAnalysis): Html {
  const all = [
    ...rows.map(({ workers, time, samples }) => ({
      title: `the pool, ${workersInWords(workers)}`,
      threads: workers,
      role: "pool",
      time,
      samples,
    })),
    ...baseLines.map((line) => ({ ...line, role: "serial" })),
  ].sort((a, b) => a.time.median - b.time.median);
  const ends = all.flatMap(({ time }) => [time.low ?? time.median, time.high ?? time.median]);
  const strip: Strip = { from: Math.min(...ends) / 1.1, to: Math.max(...ends) * 1.1 };
  const best = all[0].time.median;
  const measured = all.map(({ title, threads, time, samples, role }) => [
    title,
    String(threads),
    dotOn(time, strip, role),
    formatMs(time.median),
    interval(time, formatMs),
    significant(time.median / best),
    String(samples),
  ]);
  const missing = kernel.baseLines.flatMap(({ title, missing }) =>
    missing === null ? [] : [[title, html`<span class="missing">missing: ${missing}</span>`]]
  );
  const head = [
    "Program",
    "Threads",
    "Time, logarithmic",
    "Median",
    "95 % interval",
    "Times the best",
    "Samples",
  ];
  const list = missing.length === 0 ? null : table(
    `${kernel.title}: what could not be measured`,
    ["Program", "Why"],
    missing,
    { kind: "text" },
  );
  return html`${
    table(`${kernel.title}: variants and languages, fastest first`, head, measured, {
      kind: "figures",
    })
  }${list}`;
}

/** The languages in a few words, for the head of their detail. */
export function languagesInWords({ kernel, rows, baseLines }: KernelAnalysis): string {
  const missing = kernel.baseLines.filter((line) => line.missing !== null);
  const pool = rows.reduce((a, b) => b.time.median < a.time.median ? b : a);
  const best = baseLines.reduce<{ title: string; ms: number } | null>(
    (a, { title, time }) => a && a.ms <= time.median ? a : { title, ms: time.median },
    null,
  );
  const words = best === null
    ? []
    : best.ms < pool.time.median
    ? [`fastest: ${best.title}, ${formatMs(best.ms)}`]
    : [`fastest: the pool, ${workersInWords(pool.workers)}, ${formatMs(pool.time.median)}`];
  if (missing.length > 0) words.push(`${missing.length} missing`);
  return words.join("; ");
}
