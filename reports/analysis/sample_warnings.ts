/**
 * What the samples of a kernel do not carry, in words.
 *
 * @module
 */
import { formatList, formatPercent, inText } from "../format.ts";
import type { Settings } from "../schema.ts";
import type { KernelAnalysis } from "./kernel.ts";
import { tukeyOutliers } from "./outliers.ts";
import { FEWEST_SAMPLES } from "./statistics.ts";
import { wander } from "./steadiness.ts";

/** An interval wider than this share of its median is worth a warning. */
const WIDE_INTERVAL = 0.2;

/** Quarters of a run whose medians lie further apart than this tell of a machine that changed. */
const WIDE_WANDER = 0.2;

/** More severe outliers than this share tell of a machine that does other things. */
const MANY_OUTLIERS = 0.1;

/**
 * List what the samples do not carry.
 *
 * @param settings How the bench was run.
 * @param analyses The kernels' figures.
 * @returns One sentence or two for each warning.
 *
 * @example Usage
 * ```ts
 * import { type KernelAnalysis, sampleWarnings, type Settings } from "@polycore/reports";
 *
 * function areSteady(settings: Settings, analyses: KernelAnalysis[]): boolean {
 *   return sampleWarnings(settings, analyses).length === 0;
 * }
 * ```
 */
export function sampleWarnings(
  settings: Settings,
  analyses: readonly KernelAnalysis[],
): string[] {
  return [
    ...analyses.flatMap(tooFew),
    ...imprecise(settings, analyses),
    ...analyses.flatMap(unsteady),
  ];
}

function tooFew({ kernel, rows, baseLines }: KernelAnalysis): string[] {
  const list: string[] = [];
  const title = inText(kernel.title);
  const few = Math.min(...[...rows, ...baseLines].map((row) => row.samples));
  if (few < FEWEST_SAMPLES) {
    list.push(
      `Too few samples: ${title} has ${few} in places, and a 95 % interval needs at least ` +
        `${FEWEST_SAMPLES}, so none is drawn there.`,
    );
  }
  if (rows.length > 0 && !rows.some((row) => row.workers === 1)) {
    list.push(`No run on one worker: ${title} has no speedup and no efficiency.`);
  }
  return list;
}

/** The width of the widest interval of a kernel, as a share of its median. */
function widest({ rows }: KernelAnalysis): number {
  const widths = rows.map(({ time: { median, low, high } }) =>
    low === null || high === null ? 0 : (high - low) / median
  );
  return Math.max(0, ...widths);
}

/** One sentence for all kernels, since on a noisy machine all of them are in it. */
function imprecise(
  { precision, budgetMs }: Settings,
  analyses: readonly KernelAnalysis[],
): string[] {
  const wide = analyses.flatMap((analysis) => {
    const width = widest(analysis);
    const text = `${formatPercent(width)} for ${inText(analysis.kernel.title)}`;
    return width > (precision ?? WIDE_INTERVAL) ? [text] : [];
  });
  if (wide.length === 0) return [];
  const widths = `up to ${formatList(wide)}`;
  if (precision === null) {
    return [`Unsteady times: the intervals are wide for their medians, ${widths}.`];
  }
  const within = budgetMs === null ? "" : ` within ${budgetMs / 1000} s for the whole run`;
  return [
    `Precision not reached: intervals ${formatPercent(precision)} of the median wide were asked ` +
    `for, and${within} they are still ${widths}.`,
  ];
}

function unsteady({ kernel, rows }: KernelAnalysis): string[] {
  const list: string[] = [];
  const title = inText(kernel.title);
  const wanders = kernel.runs.map(({ samplesMs }) => wander(samplesMs) ?? 0);
  const most = Math.max(0, ...wanders);
  if (most > WIDE_WANDER) {
    const { workers } = rows[wanders.indexOf(most)];
    list.push(
      `Noisy machine: on ${workers} ${
        workers === 1 ? "worker" : "workers"
      } the quarters of the run ` +
        `of ${title} differ by ${formatPercent(most)}, so the machine did other things in between.`,
    );
  }
  const samples = kernel.runs.flatMap(({ samplesMs }) => samplesMs).length;
  const severe = kernel.runs.flatMap(({ samplesMs }) => tukeyOutliers(samplesMs).severe).length;
  if (severe / samples > MANY_OUTLIERS) {
    list.push(
      `Noisy machine: ${formatPercent(severe / samples)} of the samples of ${title} are severe ` +
        `outliers; they are kept, and the medians hardly feel them.`,
    );
  }
  return list;
}
