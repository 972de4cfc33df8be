/**
 * Why a kernel is not faster: the first reason of a list whose figure is sure.
 *
 * @module
 */
import { formatBandwidth, formatPercent, inText } from "../format.ts";
import type { KernelAnalysis, ScalingRow } from "./kernel.ts";
import { TRIAD } from "./roofline.ts";

/** An efficiency that lies below this as a whole interval needs a reason. */
export const GOOD_EFFICIENCY = 0.9;

/** A share of the workers' time that is worth naming. */
export const NOTABLE_SHARE = 0.1;

/** A serial fraction below this explains nothing. */
export const NOTABLE_SERIAL = 0.005;

/** A law that lies further than this from a median does not hold. */
export const LAW_HOLDS = 0.1;

/**
 * Find the reason why a kernel is not faster than its best row.
 *
 * The list goes from what was measured to what was only fitted: the cores, the memory, the workers'
 * own clocks, then the two laws. A reason is left out where its interval leaves it open.
 *
 * @param analysis The kernel's figures.
 * @param best The row that is as fast as any, with the fewest workers.
 * @returns The reason as the second half of a sentence, or `null` where none is sure or needed.
 *
 * @example Usage
 * ```ts
 * import { analyseKernel, type Kernel, reasonOf } from "@polycore/reports";
 *
 * function reason(kernel: Kernel): string | null {
 *   const analysis = analyseKernel(kernel);
 *   return reasonOf(analysis, analysis.rows[analysis.rows.length - 1]);
 * }
 * ```
 */
export function reasonOf(analysis: KernelAnalysis, best: ScalingRow): string | null {
  const { cores, rows } = analysis;
  const high = best.efficiency?.high ?? null;
  const poor = high !== null && high < GOOD_EFFICIENCY;
  const inCores = rows.filter((row) => cores === null || row.workers <= cores);
  // Short of the ideal, or passed by nobody although more workers had a core each.
  const needed = poor || inCores.some((row) => row.workers > best.workers && row.speedup?.high);
  if (needed) {
    const reason = memory(analysis, best) ?? clocks(analysis, best) ?? laws(analysis);
    if (reason !== null) return reason;
  }
  const beyond = cores !== null && best.workers >= cores && rows.at(-1)!.workers > best.workers;
  return beyond ? `the program may use ${cores === 1 ? "one core" : `${cores} cores`}` : null;
}

function memory({ kernel, roofline }: KernelAnalysis, best: ScalingRow): string | null {
  if (roofline === null || roofline.roof === null || roofline.bound !== "memory") return null;
  const row = roofline.rows.find(({ workers }) => workers === best.workers)!;
  const bandwidth = formatBandwidth(row.bytesPerSecond.median);
  if (kernel.name === TRIAD) {
    return `it draws ${bandwidth}, the most that it reached in this report`;
  }
  return `it draws ${bandwidth}, ${
    formatPercent(row.share!.median)
  } of what the triad reaches on ` +
    `this machine`;
}

function clocks({ workerShares }: KernelAnalysis, best: ScalingRow): string | null {
  const shares = workerShares.find(({ workers }) => workers === best.workers);
  if (shares === undefined) return null;
  const { waiting, communicating, idle } = shares.all;
  const most = Math.max(waiting, communicating, idle);
  if (most < NOTABLE_SHARE) return null;
  if (most === waiting) {
    return `the workers wait ${formatPercent(waiting)} of the time for locks, queues or each other`;
  }
  if (most === communicating) {
    return `the workers spend ${formatPercent(communicating)} of the time on fetching tasks and ` +
      `handing over results`;
  }
  return shares.imbalance >= NOTABLE_SHARE
    ? `the workers have nothing to do for ${formatPercent(idle)} of the time, and the busiest is ` +
      `busy ${formatPercent(shares.imbalance)} longer than the mean`
    : `the workers wait ${formatPercent(idle)} of the time for tasks`;
}

function laws({ kernel, amdahl, usl, busy }: KernelAnalysis): string | null {
  // What other programs took looks like a serial part.
  if (busy) return null;
  const holds = (law: { residuals: { share: number }[] }) =>
    law.residuals.every(({ share }) => Math.abs(share) <= LAW_HOLDS);
  if (
    typeof usl !== "string" && holds(usl) && usl.coherency.low !== null && usl.coherency.low > 0
  ) {
    const peak = usl.peak.workers === null
      ? ""
      : `, and the fewest milliseconds are due at ${Math.round(usl.peak.workers)} workers`;
    return `by the Universal Scalability Law each pair of workers adds ` +
      `${formatPercent(usl.coherency.value)} to the work of ${inText(kernel.title)}${peak}`;
  }
  if (typeof amdahl === "string" || !holds(amdahl)) return null;
  const { value, low, high } = amdahl.serial;
  if (low === null || high === null || low < NOTABLE_SERIAL) return null;
  return `${formatPercent(value)} of the work is serial by Amdahl's law (${
    formatPercent(low)
  } to ` +
    `${formatPercent(high)})`;
}
