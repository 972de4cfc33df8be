/**
 * What may have spoiled a run, in words.
 *
 * @module
 */
import { formatList, formatPercent, inText } from "../format.ts";
import type { Report } from "../schema.ts";
import type { KernelAnalysis } from "./kernel.ts";
import { FEWEST_SAMPLES } from "./statistics.ts";

/** An interval wider than this share of its median is worth a warning. */
const WIDE_INTERVAL = 0.2;

/**
 * List what a reader has to know before believing the figures.
 *
 * @param report The report.
 * @param analyses Its kernels' figures.
 * @returns One sentence or two for each warning; empty for a clean run.
 *
 * @example Usage
 * ```ts
 * import { analyseReport, type Report, warningsOf } from "@polycore/reports";
 *
 * const list = (report: Report) => warningsOf(report, analyseReport(report).kernels);
 * ```
 */
export function warningsOf(report: Report, analyses: readonly KernelAnalysis[]): string[] {
  return [
    ...tooManyWorkers(report),
    ...load(report),
    ...clock(report),
    ...samples(report, analyses),
  ];
}

function tooManyWorkers({ machine, settings }: Report): string[] {
  const { allowedCores, physicalCores, logicalCores } = machine;
  const over = settings.cores.filter((n) => allowedCores !== null && n > allowedCores);
  const shared = settings.cores.filter((n) =>
    physicalCores !== null && logicalCores !== null && logicalCores > physicalCores &&
    n > physicalCores && !over.includes(n)
  );
  const list: string[] = [];
  if (over.length > 0) {
    const cores = allowedCores === 1 ? "one core" : `${allowedCores} cores`;
    list.push(
      `More workers than cores: the program may use ${cores}, so ${formatList(over)} workers ` +
        `take turns, and no further speedup can be expected of them.`,
    );
  }
  if (shared.length > 0) {
    list.push(
      `Shared cores: with ${formatList(shared)} workers, two hardware threads share some of the ` +
        `${physicalCores} physical cores, and each of them runs slower than alone.`,
    );
  }
  return list;
}

function load({ machine, settings }: Report): string[] {
  const { loadStart, loadEnd, allowedCores } = machine;
  // The load average lags by a minute, so a small rest of earlier work is no sign of a busy
  // machine.
  const busy = loadStart !== null && loadStart >= Math.max(0.5, (allowedCores ?? 1) / 10);
  // At the end, the workers and the main thread themselves are in it.
  const own = Math.max(...settings.cores) + 1;
  const when = busy
    ? `the load was ${loadStart.toFixed(2)} when the run began`
    : loadEnd !== null && loadEnd > own
    ? `the load was ${loadEnd.toFixed(2)} when the run ended, and its own threads explain ${own}`
    : null;
  if (when === null) return [];
  return [
    `Busy machine: ${when}, so other programs probably took time from it; compare only within ` +
    `this report.`,
  ];
}

function clock({ machine }: Report): string[] {
  const list: string[] = [];
  if (machine.governor !== null && machine.governor !== "performance") {
    list.push(
      `Changing clock: the governor is "${machine.governor}", not "performance", so the clock ` +
        `may rise and fall during the run.`,
    );
  }
  if (machine.cgroupQuota !== null && machine.cgroupQuota !== "none") {
    list.push(
      `Limited processor time: the cgroup grants ${machine.cgroupQuota}; a run above that is ` +
        `stopped for the rest of each period.`,
    );
  }
  return list;
}

function samples({ settings }: Report, analyses: readonly KernelAnalysis[]): string[] {
  const list: string[] = [];
  if (settings.quick) {
    list.push("Quick run: the problems are cut down, so the cost of a pool weighs more in them.");
  }
  for (const { kernel, rows, baseLines } of analyses) {
    const few = Math.min(...[...rows, ...baseLines].map((row) => row.samples));
    if (few < FEWEST_SAMPLES) {
      list.push(
        `Too few samples: ${
          inText(kernel.title)
        } has ${few} in places, and a 95 % interval needs at ` +
          `least ${FEWEST_SAMPLES}, so none is drawn there.`,
      );
    }
    if (!rows.some((row) => row.workers === 1)) {
      list.push(`No run on one worker: ${inText(kernel.title)} has no speedup and no efficiency.`);
    }
    const wide = rows.filter(({ time }) =>
      time.low !== null && time.high !== null &&
      (time.high - time.low) / time.median > WIDE_INTERVAL
    );
    if (wide.length > 0) {
      const worst = Math.max(...wide.map(({ time }) => (time.high! - time.low!) / time.median));
      list.push(
        `Unsteady times: on ${
          formatList(wide.map((row) => row.workers))
        } workers the interval of ` +
          `${inText(kernel.title)} is up to ${formatPercent(worst)} of its median wide.`,
      );
    }
  }
  return list;
}
