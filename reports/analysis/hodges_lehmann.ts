/**
 * By how much one lot of samples is shifted against another (Hodges and Lehmann, Annals of
 * Mathematical Statistics 34(2), 1963).
 *
 * @module
 */
import { medianSorted } from "npm:simple-statistics@7.12.1";
import { EXACT_UP_TO, waysToDeal } from "./mann_whitney.ts";
import { CONFIDENCE, type Parameter } from "./statistics.ts";

/**
 * The shift from the first lot to the second: the median of the differences of all pairs, with the
 * interval that belongs to the test of Mann and Whitney.
 *
 * @param first At least one number.
 * @param second At least one number.
 * @returns The shift; without an interval where there are too few samples for one.
 *
 * @example Usage
 * ```ts
 * import { hodgesLehmann } from "@polycore/reports";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(hodgesLehmann([1, 2, 3, 4], [5, 6, 7, 8]), { value: 4, low: 1, high: 7 });
 * ```
 */
export function hodgesLehmann(first: readonly number[], second: readonly number[]): Parameter {
  const differences = new Float64Array(first.length * second.length);
  let i = 0;
  for (const b of second) for (const a of first) differences[i++] = b - a;
  differences.sort();
  const value = medianSorted(differences as unknown as number[]);
  const k = rankOf(first.length, second.length);
  if (k < 1) return { value, low: null, high: null };
  return { value, low: differences[k - 1], high: differences[differences.length - k] };
}

/** The rank, counted from either end, of the difference that bounds the interval. */
function rankOf(m: number, n: number): number {
  const tail = (1 - CONFIDENCE) / 2;
  if (m + n > EXACT_UP_TO) {
    return Math.floor(m * n / 2 - 1.96 * Math.sqrt(m * n * (m + n + 1) / 12));
  }
  const ways = waysToDeal(Array.from({ length: m + n }, (_, i) => i + 1), m);
  const all = ways.reduce((a, b) => a + b);
  const least = m * (m + 1) / 2;
  let k = 0;
  for (let below = ways[least]; below / all <= tail; below += ways[least + k]) k++;
  return k;
}
