/**
 * What the samples of a kernel do not carry, in words.
 *
 * @module
 */
import { formatList, formatPercent, inText } from "../format.ts";
import type { Settings } from "../schema.ts";
import type { KernelAnalysis, ScalingRow } from "./kernel.ts";
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
 * List what a kernel's samples do not carry.
 *
 * @param settings How the bench was run.
 * @param analysis The kernel's figures.
 * @returns One sentence or two for each warning.
 *
 * @example Usage
 * ```ts
 * import { type KernelAnalysis, sampleWarnings, type Settings } from "@polycore/reports";
 *
 * function isSteady(settings: Settings, analysis: KernelAnalysis): boolean {
 *   return sampleWarnings(settings, analysis).length === 0;
 * }
 * ```
 */
export function sampleWarnings(settings: Settings, analysis: KernelAnalysis): string[] {
  return [
    ...tooFew(analysis),
    ...imprecise(settings, analysis),
    ...unsteady(analysis),
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

/** The width of an interval as a share of its median. */
function widthOf({ time: { median, low, high } }: ScalingRow): number | null {
  return low === null || high === null ? null : (high - low) / median;
}

function imprecise({ precision, budgetMs }: Settings, { kernel, rows }: KernelAnalysis): string[] {
  const wished = precision ?? WIDE_INTERVAL;
  const wide = rows.flatMap((row) => {
    const width = widthOf(row);
    return width !== null && width > wished ? [{ workers: row.workers, width }] : [];
  });
  if (wide.length === 0) return [];
  const where = `on ${formatList(wide.map((row) => row.workers))} ` +
    `${wide.length === 1 && wide[0].workers === 1 ? "worker" : "workers"}`;
  const worst = formatPercent(Math.max(...wide.map((row) => row.width)));
  const title = inText(kernel.title);
  if (precision === null) {
    return [
      `Unsteady times: ${where} the interval of ${title} is up to ${worst} of its median wide.`,
    ];
  }
  const within = budgetMs === null ? "" : ` within ${budgetMs / 1000} s`;
  return [
    `Precision not reached: ${where} the interval of ${title} is up to ${worst} of its median wide, ` +
    `and ${formatPercent(precision)} were not reached${within}.`,
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
