/**
 * Where the marks of an axis stand, and what is written there.
 *
 * @module
 */

/** One mark. */
export interface Tick {
  /** Its place. */
  value: number;
  /** Its text. */
  label: string;
}

/** The marks of an axis with its two ends. */
export interface Axis {
  /** How places are spread. */
  scale: "linear" | "logarithmic";
  /** The lower end. */
  min: number;
  /** The upper end. */
  max: number;
  /** The marks. */
  ticks: Tick[];
}

/**
 * An axis in steps of 1, 2, 2.5 or 5 times a power of ten, from 0 unless told otherwise.
 *
 * @param max The largest value that has to fit.
 * @param label Writes a mark.
 * @param min The smallest value that has to fit.
 * @param tight Whether the axis may begin above 0, near `min`.
 * @returns The axis.
 *
 * @example Usage
 * ```ts
 * import { linearAxis } from "@polycore/reports/page";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(linearAxis(9, String).ticks.map(({ value }) => value), [0, 2, 4, 6, 8, 10]);
 * ```
 */
export function linearAxis(
  max: number,
  label: (value: number) => string,
  min: number = 0,
  tight: boolean = false,
): Axis {
  const from = tight ? min : Math.min(0, min);
  const step = roundStep((max - from) / 5 || max / 5);
  const first = Math.floor(from / step + 1e-9);
  const count = Math.ceil(max / step - 1e-9) - first;
  const ticks = Array.from({ length: count + 1 }, (_, i) => tick((first + i) * step, label));
  return { scale: "linear", min: ticks[0].value, max: ticks[count].value, ticks };
}

/**
 * A logarithmic axis with marks at 1, 2 and 5 times each power of ten, or at the powers alone.
 *
 * @param low The smallest value that has to fit, above 0.
 * @param high The largest.
 * @param label Writes a mark.
 * @returns The axis.
 *
 * @example Usage
 * ```ts
 * import { logAxis } from "@polycore/reports/page";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(logAxis(2, 9, String).ticks.map(({ value }) => value), [2, 5, 10]);
 * ```
 */
export function logAxis(low: number, high: number, label: (value: number) => string): Axis {
  const ticks: Tick[] = [];
  const last = Math.ceil(Math.log10(high));
  // Over many powers of ten, the powers alone are marks enough.
  const digits = high / low > 100 ? [1] : [1, 2, 5];
  for (let power = Math.floor(Math.log10(low)); power <= last; power++) {
    for (const digit of digits) ticks.push(tick(digit * 10 ** power, label));
  }
  const from = ticks.findLastIndex((mark) => mark.value <= low);
  const to = ticks.findIndex((mark) => mark.value >= high);
  const kept = ticks.slice(from, Math.max(to, from + 1) + 1);
  return {
    scale: "logarithmic",
    min: kept[0].value,
    max: kept[kept.length - 1].value,
    ticks: kept,
  };
}

/** The share of a narrow axis that a mark takes, with the space beside it. */
function widthOf({ label }: Tick): number {
  return 0.02 + 0.0175 * label.length;
}

/**
 * The axis of the numbers of workers: marks at those that were measured and nowhere else.
 *
 * @param workers The numbers of workers, ascending.
 * @param scale How they are spread.
 * @param end The end of the axis, where it goes on beyond them.
 * @returns The axis, with some room at both ends.
 */
export function workersAxis(
  workers: readonly number[],
  scale: Axis["scale"],
  end: number = workers[workers.length - 1],
): Axis {
  const ticks = workers.map((value) => ({ value, label: String(value) }));
  const log = scale === "logarithmic";
  const [min, max] = log ? [workers[0] / 1.25, end * 1.25] : [0, end * 1.06];
  const place = (value: number) => log ? Math.log(value / min) / Math.log(max / min) : value / max;
  // The largest number keeps its mark, so it is gone through from there.
  const apart: Tick[] = [];
  for (const tick of ticks.toReversed()) {
    const room = apart.length === 0 ||
      place(apart[0].value) - place(tick.value) >= widthOf(apart[0]);
    if (room) apart.unshift(tick);
  }
  return { scale, min, max, ticks: apart };
}

/**
 * The logarithmic axis of sizes: marks at those that were measured.
 *
 * @param sizes The sizes, ascending.
 * @returns The axis, with some room at both ends.
 */
export function sizesAxis(sizes: readonly number[]): Axis {
  const [min, max] = [sizes[0] / 1.25, sizes[sizes.length - 1] * 1.25];
  const ticks: Tick[] = [];
  for (const value of sizes) {
    const room = ticks.length === 0 ||
      Math.log(value / ticks[ticks.length - 1].value) >= 0.08 * Math.log(max / min);
    if (room) ticks.push({ value, label: shortCount(value) });
  }
  return { scale: "logarithmic", min, max, ticks };
}

/** A size in four characters or so: 12 k, 3.5 M. */
function shortCount(value: number): string {
  const unit = value >= 1e9 ? 1e9 : value >= 1e6 ? 1e6 : value >= 1e4 ? 1e3 : 1;
  const letter = { 1: "", 1000: " k", 1000000: " M", 1000000000: " G" }[unit];
  return `${Number((value / unit).toPrecision(unit === 1 ? 5 : 2))}${letter}`;
}

function tick(value: number, label: (value: number) => string): Tick {
  const round = Number(value.toPrecision(12));
  return { value: round, label: label(round) };
}

function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const digit = [1, 2, 2.5, 5, 10].find((d) => d * power >= rough * (1 - 1e-9)) ?? 10;
  return digit * power;
}
