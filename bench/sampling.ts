/**
 * Take samples of several subjects in turns until their medians are known well enough.
 *
 * @module
 */
import { estimate, FEWEST_SAMPLES } from "@polycore/reports";
import { shuffle } from "npm:simple-statistics@7.12.1";

/** Something that can be timed. */
export interface Timed {
  /** What has to be done before each run, untimed. */
  before?: () => void | Promise<void>;
  /** Do it once. */
  run(): unknown;
  /** The milliseconds that a run of another program took by its own clock; else they are taken here. */
  ownMs?: (result: unknown) => number;
  /** What has to be done after each run, untimed; `kept` is false for the warm-up. */
  after?: (ms: number, kept: boolean) => void;
  /** Looks at what the run gave, untimed; throws if it is wrong. Called for each warm-up. */
  check?: (result: unknown) => void;
  /** The times so far, in milliseconds. */
  samplesMs: number[];
}

/** How long to go on. */
export interface SamplingOptions {
  /** The width of the median's interval, as a share of the median, that is narrow enough. */
  precision: number;
  /** Milliseconds after which no new round begins; twice as many, for the few that an interval needs. */
  budgetMs: number;
  /** The most samples of each subject. */
  most?: number;
  /** Where chance comes from: the order within each round. */
  random: () => number;
  /** Whether the run is to end at once, with what it has. */
  stopped?: () => boolean;
  /** Called before each round, for those who wait. */
  onRound?: (round: number) => void;
}

/** Rounds of warm-up at the least, and at the most. */
const WARMUPS = { least: 2, most: 8 };

/** A subject is warm when a round is not faster than the best one before by more than this share. */
const WARM = 0.05;

/** Shares of the budget after which the warm-up ends, and a run that has too few samples for an interval. */
const SHARES = { warmup: 0.25, overtime: 2 };

/** The most samples, unless told otherwise: ten times as many would narrow the interval by a third only. */
const MOST_SAMPLES = 200;

/** The rule of {@linkcode sampleInTurns} in words, for the report. */
export const WARMUP_RULE: string =
  `rounds that are not kept, ${WARMUPS.least} to ${WARMUPS.most} of them, until ` +
  `none is faster than all before by more than ${100 * WARM} %`;

/** The order of {@linkcode sampleInTurns} in words, for the report. */
export const ORDER = "every subject once a round, in random order";

/**
 * Time every subject once a round, in an order that chance decides anew each time, until the interval of
 * every median is as narrow as asked or the budget is spent. Every time after the warm-up is kept.
 *
 * @param subjects What is timed.
 * @param options How long.
 *
 * @example Usage
 * ```ts
 * import { sampleInTurns, type Timed } from "@polycore/bench";
 * import { assert } from "@std/assert";
 *
 * const sort: Timed = { samplesMs: [], run: () => [3, 1, 2].sort() };
 * await sampleInTurns([sort], { precision: 0.02, budgetMs: 50, random: Math.random });
 * assert(sort.samplesMs.length > 0);
 * ```
 */
export async function sampleInTurns(
  subjects: readonly Timed[],
  options: SamplingOptions,
): Promise<void> {
  const { budgetMs, precision, most = MOST_SAMPLES, random, stopped, onRound } = options;
  const begun = performance.now();
  const late = (share: number) =>
    stopped?.() === true || performance.now() - begun >= budgetMs * share;
  const best = new Map<Timed, number>();
  let round = 0;
  for (let warm = false; !warm && round < WARMUPS.most && !late(SHARES.warmup); round++) {
    onRound?.(round);
    warm = round >= WARMUPS.least;
    for (const subject of shuffle([...subjects], random)) {
      if (stopped?.()) return;
      const ms = await time(subject, false);
      const before = best.get(subject) ?? Infinity;
      if (ms < before * (1 - WARM)) warm = false;
      best.set(subject, Math.min(ms, before));
    }
  }
  for (let kept = 0; kept < most; kept++) {
    // A few samples more than the budget allows are better than none, or than none with an interval.
    if (kept > 0 && late(kept < FEWEST_SAMPLES ? SHARES.overtime : 1)) return;
    if (kept >= FEWEST_SAMPLES && subjects.every((s) => widthOf(s.samplesMs) <= precision)) return;
    onRound?.(round++);
    for (const subject of shuffle([...subjects], random)) {
      if (stopped?.()) return;
      subject.samplesMs.push(await time(subject, true));
    }
  }
}

async function time(subject: Timed, kept: boolean): Promise<number> {
  await subject.before?.();
  const start = performance.now();
  const running = subject.run();
  // Waiting for what is there already would cost a turn of the event loop.
  const result = running instanceof Promise ? await running : running;
  const exact = subject.ownMs?.(result) ?? performance.now() - start;
  // The clock tells no more than whole nanoseconds; the rest is rounding, and long to write.
  const ms = Math.max(1, Math.round(exact * 1e6)) / 1e6;
  subject.after?.(ms, kept);
  if (!kept) subject.check?.(result);
  return ms;
}

/** The width of the median's interval, as a share of the median. */
function widthOf(samplesMs: readonly number[]): number {
  const { median, low, high } = estimate(samplesMs);
  return low === null || high === null ? Infinity : (high - low) / median;
}
