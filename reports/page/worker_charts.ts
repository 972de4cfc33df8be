/**
 * Where the workers' time went, as stacked bars.
 *
 * @module
 */
import type { KernelAnalysis } from "../analysis/kernel.ts";
import type { Shares, WorkerShares } from "../analysis/worker_shares.ts";
import { formatPercent } from "../format.ts";
import { type Chart, inWords, type Series } from "./chart.ts";
import { type Axis, linearAxis } from "./ticks.ts";

/** The parts of a bar from below, each with its words. */
const PARTS: [keyof Shares, string][] = [
  ["busy", "busy: in the tasks' code"],
  ["waiting", "waiting: for a lock, a queue or a barrier"],
  ["communicating", "communicating: taking tasks, giving results"],
  ["idle", "idle: nothing to do"],
];

/**
 * The time of all workers together by their number, and of each worker of the largest run.
 *
 * @param analysis The kernel's figures.
 * @returns The charts; none where it was not measured.
 */
export function workerTimeCharts({ kernel, workerShares }: KernelAnalysis): Chart[] {
  const last = workerShares.at(-1);
  if (last === undefined) return [];
  const { name, title } = kernel;
  const together: Chart = {
    id: `${name}-worker-times`,
    kind: "bars",
    title: "All workers together",
    description: `Share of the time of ${title} in the tasks' code: ${
      inWords(workerShares, ({ all }) => formatPercent(all.busy))
    }.`,
    axes: { x: "workers", y: "share of their time" },
    ...bars(
      workerShares.map(({ all }) => all),
      workerShares.map(({ workers }) => String(workers)),
      ({ workers }: WorkerShares) => workers === 1 ? "1 worker" : `${workers} workers`,
      workerShares,
    ),
    zones: [],
    note: null,
  };
  if (last.workers === 1) return [together];
  const each: Chart = {
    id: `${name}-each-worker`,
    kind: "bars",
    title: `Each of the ${last.workers} workers`,
    description: `The busiest of ${last.workers} workers was busy ${
      formatPercent(last.imbalance)
    } longer than the mean.`,
    axes: { x: "worker", y: "share of its time" },
    ...bars(
      last.each,
      last.each.map((_, i) => String(i + 1)),
      (_, i) => `worker ${i + 1}`,
      last.each,
    ),
    zones: [],
    note: null,
  };
  return [together, each];
}

function bars<T>(
  shares: readonly Shares[],
  marks: string[],
  words: (item: T, i: number) => string,
  items: readonly T[],
): { x: Axis; y: Axis; series: Series[] } {
  return {
    x: {
      scale: "linear",
      min: -0.5,
      max: shares.length - 0.5,
      ticks: marks.map((label, value) => ({ value, label })),
    },
    y: linearAxis(1, (value) => `${Math.round(value * 100)} %`),
    series: PARTS.map(([part, name]) => ({
      name,
      role: part,
      points: shares.map((share, x) => ({
        x,
        y: share[part],
        label: `${words(items[x], x)}, ${part}: ${formatPercent(share[part])}`,
      })),
    })),
  };
}
