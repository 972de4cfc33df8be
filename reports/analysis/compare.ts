/**
 * Compare two reports: what became faster or slower, and what may be chance.
 *
 * @module
 */
import { formatList, formatPercent } from "../format.ts";
import type { Kernel, Machine, Report } from "../schema.ts";
import { hodgesLehmann } from "./hodges_lehmann.ts";
import { holm } from "./holm.ts";
import { mannWhitney } from "./mann_whitney.ts";
import { CONFIDENCE, type Estimate, estimate, type Parameter } from "./statistics.ts";
import { wander } from "./steadiness.ts";

/** A change of less than this share is not worth the name on any machine. */
export const LEAST_CHANGE = 0.05;

/**
 * What a comparison says. A base line that is faster or slower has only `moved`, which tells of the
 * machine or of the kernel's own code; `unsure` is said where there are too few samples.
 */
export type Verdict = "faster" | "slower" | "moved" | "no change" | "unsure";

/** The same measurement in two reports. */
export interface Comparison {
  /** The name of the kernel. */
  kernel: string;
  /** What was measured, such as `4 workers`, or the title of a base line. */
  what: string;
  /** Whether it is a base line, which tells of the machine and not of the pool. */
  isBaseLine: boolean;
  /** The time of the first report in milliseconds. */
  before: Estimate;
  /** The time of the second report in milliseconds. */
  after: Estimate;
  /** The later times as a multiple of the earlier ones, by Hodges and Lehmann. */
  ratio: Parameter;
  /** The probability of such a difference by scatter alone, corrected for the number of tests. */
  p: number;
  /** The share by which the times have to differ at the least, for what the machine may have done. */
  threshold: number;
  /** What this says. */
  verdict: Verdict;
}

/** The comparison of two reports. */
export interface ReportComparison {
  /** One entry for each measurement that both reports have. */
  comparisons: Comparison[];
  /** Why two machines or two problems are not the same, in sentences. */
  notes: string[];
}

/**
 * Compare two reports of the same machine: whether the pool became faster or slower.
 *
 * "Faster" and "slower" need both: a test that is sure even though many were made (Mann and Whitney,
 * corrected by Holm), and an interval of the shift that lies beyond a threshold as a whole. The
 * threshold is {@linkcode LEAST_CHANGE} and, on top of it, what the machine itself may have done:
 * how far the quarters of either run lie apart, how far the base lines of the kernel moved, and what
 * other programs took of the cores. Two runs of one program differ by these, and by more
 * than the scatter within either tells.
 *
 * @param before The earlier report.
 * @param after The later report.
 * @returns What changed.
 *
 * @example Usage
 * ```ts
 * import { compareReports, type Report } from "@polycore/reports";
 *
 * function changes(before: Report, after: Report): string[] {
 *   return compareReports(before, after).comparisons
 *     .filter(({ verdict }) => verdict === "slower" || verdict === "faster")
 *     .map(({ kernel, what, verdict }) => `${kernel}, ${what}: ${verdict}`);
 * }
 * ```
 */
export function compareReports(before: Report, after: Report): ReportComparison {
  const notes = machineNotes(before.machine, after.machine);
  const crowd = (workers: number) => Math.max(crowding(before, workers), crowding(after, workers));
  const pairs = before.kernels.flatMap((a) => {
    const b = after.kernels.find((kernel) => kernel.name === a.name);
    if (b === undefined) return [];
    const different = differenceOf(a, b);
    if (different !== null) {
      notes.push(`${a.title} is not compared, since its ${different} differs.`);
      return [];
    }
    return pairsOf(a, b, crowd);
  });
  const corrected = holm(pairs.map(({ p }) => p));
  return {
    comparisons: pairs.map((pair, i) => ({
      ...pair,
      p: corrected[i],
      verdict: verdictOf(pair, corrected[i]),
    })),
    notes,
  };
}

type Pair = Omit<Comparison, "verdict">;

/** All that two kernels have in common; `crowd` tells what other programs may take from workers. */
function pairsOf(a: Kernel, b: Kernel, crowd: (workers: number) => number): Pair[] {
  const lines = a.baseLines.flatMap((line) => {
    const other = b.baseLines.find(({ name, threads }) =>
      name === line.name && threads === line.threads
    );
    if (other === undefined || line.missing !== null || other.missing !== null) return [];
    return [
      pairOf(a.name, line.title, true, line.samplesMs, other.samplesMs, crowd(line.threads)),
    ];
  });
  // What moved the loop without a pool was the machine, or the kernel's own code.
  const moved = Math.max(0, ...lines.map(({ ratio }) => Math.abs(Math.log(ratio.value))));
  const runs = a.runs.flatMap((run) => {
    const other = b.runs.find(({ workers }) => workers === run.workers);
    if (other === undefined) return [];
    const what = run.workers === 1 ? "1 worker" : `${run.workers} workers`;
    const allowance = crowd(run.workers) + Math.expm1(moved);
    return [pairOf(a.name, what, false, run.samplesMs, other.samplesMs, allowance)];
  });
  return [...lines, ...runs];
}

function pairOf(
  kernel: string,
  what: string,
  isBaseLine: boolean,
  before: readonly number[],
  after: readonly number[],
  allowance: number,
): Pair {
  const { value, low, high } = hodgesLehmann(before.map(Math.log), after.map(Math.log));
  return {
    kernel,
    what,
    isBaseLine,
    before: estimate(before),
    after: estimate(after),
    ratio: {
      value: Math.exp(value),
      low: low === null ? null : Math.exp(low),
      high: high === null ? null : Math.exp(high),
    },
    p: mannWhitney(before, after).p,
    threshold: LEAST_CHANGE + allowance + Math.max(wander(before) ?? 0, wander(after) ?? 0),
  };
}

function verdictOf({ ratio: { low, high }, threshold, isBaseLine }: Pair, p: number): Verdict {
  if (low === null || high === null) return "unsure";
  const slower = low > 1 + threshold;
  const faster = high < 1 / (1 + threshold);
  if (p >= 1 - CONFIDENCE || !(slower || faster)) return "no change";
  return isBaseLine ? "moved" : slower ? "slower" : "faster";
}

/**
 * The share by which workers may take longer since other programs run beside them: threads beyond
 * the cores take turns, and as long as there are cores left nobody waits.
 */
function crowding({ machine, settings }: Report, workers: number): number {
  const { loadStart, loadEnd, allowedCores, logicalCores } = machine;
  const cores = logicalCores ?? allowedCores ?? 1;
  // The load of a minute holds the run itself, and at its start the run that it is compared with.
  const own = Math.max(...settings.cores) + 1;
  const others = Math.max(loadStart ?? 0, loadEnd ?? 0, own) - own;
  return Math.max(0, (others + Math.min(workers, cores)) / cores - 1);
}

/** What makes two kernels two problems; `null` where nothing does. */
function differenceOf(a: Kernel, b: Kernel): string | null {
  if (a.size !== b.size || a.unit !== b.unit) return "size";
  if (a.variant !== b.variant) return "variant";
  return a.result === b.result ? null : "result";
}

/** Times of two machines tell of the machines as much as of the program. */
function machineNotes(a: Machine, b: Machine): string[] {
  const names: [keyof Machine, string][] = [
    ["host", "host"],
    ["cpu", "processor"],
    ["allowedCores", "number of cores"],
    ["cgroupQuota", "quota"],
    ["governor", "governor"],
    ["boost", "boost"],
    ["pinning", "pinning"],
    ["deno", "version of Deno"],
    ["v8", "version of V8"],
  ];
  const different = names.filter(([key]) => a[key] !== b[key]).map(([, name]) => name);
  if (different.length === 0) return [];
  return [
    `The two runs differ in their ${formatList(different)}, so the times compare that as well as ` +
    `the program.`,
  ];
}

/**
 * A comparison in one sentence.
 *
 * @param comparison The comparison.
 * @returns The sentence.
 *
 * @example Usage
 * ```ts
 * import { type Comparison, comparisonInWords } from "@polycore/reports";
 *
 * const print = (comparison: Comparison) => console.log(comparisonInWords(comparison));
 * ```
 */
export function comparisonInWords({ what, ratio, threshold, verdict }: Comparison): string {
  if (verdict === "unsure") return `${what}: too few samples for a comparison.`;
  const { value, low, high } = ratio;
  const range = `95 % interval of the time ${formatPercent(low!)} to ${formatPercent(high!)} of ` +
    `what it was`;
  return verdict === "no change"
    ? `${what}: no change beyond the ${
      formatPercent(threshold)
    } that two runs may differ by here ` +
      `(${range}).`
    : `${what}: ${formatPercent(Math.abs(value - 1))} ${
      value > 1 ? "more" : "less"
    } time (${range})${verdict === "moved" ? ", by the machine or by the kernel's own code" : ""}.`;
}
