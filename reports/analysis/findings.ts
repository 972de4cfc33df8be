/**
 * What a kernel's figures say, in one sentence.
 *
 * @module
 */
import { formatMs, formatPercent, significant } from "../format.ts";
import type { KernelAnalysis, ScalingRow } from "./kernel.ts";
import { reasonOf } from "./reasons.ts";

/** The one figure and the sentences that stand at the head of a report. */
export interface Finding {
  /** The figure in short, such as `1.94 ×`. */
  figure: string;
  /** The finding in a sentence or two, with the reason if one is known. */
  sentence: string;
  /** Why it is not faster, as the second half of a sentence; `null` where no figure tells. */
  why: string | null;
}

/**
 * State what was found for a kernel, and why it is not faster. Nothing is said that an interval
 * leaves open.
 *
 * @param analysis The kernel's figures.
 * @returns The figure and the sentence.
 *
 * @example Usage
 * ```ts
 * import { analyseKernel, findingOf, type Kernel } from "@polycore/reports";
 * import { assertEquals } from "@std/assert";
 *
 * const kernel: Kernel = {
 *   name: "sum", title: "Sum", about: "", unit: "numbers", result: "45", size: 10,
 *   variant: "typescript", bytesPerUnit: null, flopsPerUnit: null, baseLines: [],
 *   runs: [
 *     { workers: 1, samplesMs: [8], workerTimes: null },
 *     { workers: 4, samplesMs: [2.5], workerTimes: null },
 *   ],
 *   weakRuns: [], chunkSweep: null, taskSweep: null,
 * };
 * assertEquals(
 *   findingOf(analyseKernel(kernel)).sentence,
 *   "Sum runs 3.20 times as fast on 4 workers as on one, 80 % of the ideal, by too few samples to " +
 *     "be sure.",
 * );
 * ```
 */
export function findingOf(analysis: KernelAnalysis): Finding {
  const { kernel, rows, bestSerial } = analysis;
  const last = rows[rows.length - 1];
  if (last === undefined) return { figure: "–", sentence: withoutRuns(analysis), why: null };
  const compared = rows.filter((row) => row.workers > 1 && row.speedup);
  if (compared.length === 0) return withoutComparison(analysis, last);
  const top = Math.max(...compared.map((row) => row.speedup!.median));
  // The fewest workers that reach it: what lies within the noise is not worth a core.
  const best = compared.find(({ speedup }) => (speedup!.high ?? speedup!.median) >= top)!;
  const figure = `${significant(best.speedup!.median)} ×`;
  const why = reasonOf(analysis, best);
  const unsure = best.speedup!.low === null ? ", by too few samples to be sure" : "";
  const serial = bestSerial && best.serialSpeedup
    ? `; against ${bestSerial.title} it is ${significant(best.serialSpeedup.median)} times as fast`
    : "";
  const { median, low, high } = best.speedup!;
  if (low === null ? median <= 1 : high! <= 1) {
    return {
      figure,
      sentence: `${kernel.title} gains nothing from more workers: ${best.workers} workers reach ` +
        `${significant(median)} times the speed of one${unsure}.${because("The reason", why)}`,
      why,
    };
  }
  if (low !== null && low <= 1) {
    return {
      figure,
      sentence: `${kernel.title} shows no sure gain: ${best.workers} workers reach ` +
        `${
          significant(median)
        } times the speed of one, but the times scatter so much that anything ` +
        `from ${significant(low)} to ${significant(high!)} may be true.`,
      why: null,
    };
  }
  const share = formatPercent(best.efficiency!.median);
  const sentence = `${kernel.title} runs ${significant(median)} times as fast on ` +
    `${best.workers} workers as on one, ${share} of the ideal${serial}${unsure}.`;
  // A fall inside the noise is no finding: the intervals have to lie apart.
  const falls = last !== best && last.speedup &&
    (last.time.low ?? last.time.median) > (best.time.high ?? best.time.median);
  const more = falls
    ? ` More workers do not help: with ${last.workers} it is ` +
      `${significant(last.speedup!.median)} times.`
    : "";
  const stops = last === best ? "It falls short of the ideal" : "It stops gaining there";
  return { figure, sentence: `${sentence}${more}${because(stops, why)}`, why };
}

function because(what: string, why: string | null): string {
  return why === null ? "" : ` ${what}: ${why}.`;
}

function withoutRuns({ kernel }: KernelAnalysis): string {
  return `${kernel.title} was not timed with a fixed size.`;
}

/** One worker alone, or several with no run on one. */
function withoutComparison({ kernel, bestSerial }: KernelAnalysis, row: ScalingRow): Finding {
  const workers = row.workers === 1 ? "one worker" : `${row.workers} workers`;
  const time = formatMs(row.time.median);
  const serial = bestSerial && row.serialSpeedup
    ? `, ${significant(row.serialSpeedup.median)} times the speed of ${bestSerial.title}`
    : "";
  const sentence = `${kernel.title} takes ${time} on ${workers}${serial}.`;
  return { figure: time, sentence, why: null };
}
