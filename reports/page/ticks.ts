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
 * An axis from 0 in steps of 1, 2, 2.5 or 5 times a power of ten.
 *
 * @param max The largest value that has to fit.
 * @param label Writes a mark.
 * @returns The axis.
 */
export function linearAxis(max: number, label: (value: number) => string): Axis {
  const step = roundStep(max / 5);
  const count = Math.ceil(max / step - 1e-9);
  const ticks = Array.from({ length: count + 1 }, (_, i) => tick(i * step, label));
  return { scale: "linear", min: 0, max: ticks[count].value, ticks };
}

/**
 * A logarithmic axis with marks at 1, 2 and 5 times each power of ten.
 *
 * @param low The smallest value that has to fit, above 0.
 * @param high The largest.
 * @param label Writes a mark.
 * @returns The axis.
 */
export function logAxis(low: number, high: number, label: (value: number) => string): Axis {
  const ticks: Tick[] = [];
  const last = Math.ceil(Math.log10(high));
  for (let power = Math.floor(Math.log10(low)); power <= last; power++) {
    for (const digit of [1, 2, 5]) ticks.push(tick(digit * 10 ** power, label));
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

/**
 * The axis of the numbers of workers: marks at those that were measured and nowhere else.
 *
 * @param workers The numbers of workers, ascending.
 * @param scale How they are spread.
 * @returns The axis, with some room at both ends.
 */
export function workersAxis(workers: readonly number[], scale: Axis["scale"]): Axis {
  const first = workers[0];
  const last = workers[workers.length - 1];
  const ticks = workers.map((value) => ({ value, label: String(value) }));
  return scale === "linear"
    ? { scale, min: 0, max: last * 1.08, ticks }
    : { scale, min: first / 1.25, max: last * 1.25, ticks };
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
