/**
 * The test of Mann and Whitney: do two lots of samples come from the same distribution, whatever its
 * shape (Annals of Mathematical Statistics 18(1), 1947)?
 *
 * @module
 */
import { errorFunction } from "npm:simple-statistics@7.12.1";

/** Up to so many samples in both lots together, every way to deal the ranks is counted. */
export const EXACT_UP_TO = 40;

/** The outcome of the test. */
export interface RankTest {
  /** How many pairs have the first lot's sample above the second's; a tie counts a half. */
  u: number;
  /** The probability of a `u` at least as far from the middle if both were the same. */
  p: number;
  /** Whether every way was counted; else the normal approximation was taken. */
  exact: boolean;
}

/**
 * Test two lots of samples, two-sided. Ties share their ranks, in the exact count as well.
 *
 * @param first At least one number.
 * @param second At least one number.
 * @returns The outcome.
 *
 * @example Usage
 * ```ts
 * import { mannWhitney } from "@polycore/reports";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(mannWhitney([1, 2, 3], [4, 5, 6]), { u: 0, p: 0.1, exact: true });
 * ```
 */
export function mannWhitney(first: readonly number[], second: readonly number[]): RankTest {
  const [m, n] = [first.length, second.length];
  const total = m + n;
  const { doubled, ties } = doubledRanks([...first, ...second]);
  const sum = doubled.slice(0, m).reduce((a, b) => a + b, 0);
  const u = (sum - m * (m + 1)) / 2;
  // Doubled ranks are whole numbers, so no rounding decides what is as far as what was seen.
  const middle = m * (total + 1);
  if (total <= EXACT_UP_TO) {
    const ways = waysToDeal(doubled, m);
    let [far, all] = [0, 0];
    ways.forEach((count, s) => {
      all += count;
      if (Math.abs(s - middle) >= Math.abs(sum - middle)) far += count;
    });
    return { u, p: far / all, exact: true };
  }
  const tied = ties.reduce((s, t) => s + t ** 3 - t, 0) / (total * (total - 1));
  const deviation = Math.sqrt(m * n / 12 * (total + 1 - tied));
  if (deviation === 0) return { u, p: 1, exact: false };
  const z = Math.max(0, Math.abs(u - m * n / 2) - 0.5) / deviation;
  return { u, p: Math.max(0, 1 - errorFunction(z / Math.SQRT2)), exact: false };
}

/**
 * How many ways there are to deal `k` of the ranks, by their sum.
 *
 * @param ranks Whole numbers above 0.
 * @param k How many of them are dealt.
 * @returns The number of ways for each sum.
 *
 * @example Usage
 * ```ts
 * import { waysToDeal } from "@polycore/reports";
 * import { assertEquals } from "@std/assert";
 *
 * // Two of 1, 2, 3: sums of 3, 4 and 5.
 * assertEquals([...waysToDeal([1, 2, 3], 2)], [0, 0, 0, 1, 1, 1, 0]);
 * ```
 */
export function waysToDeal(ranks: readonly number[], k: number): Float64Array {
  const most = ranks.reduce((a, b) => a + b, 0);
  const ways = Array.from({ length: k + 1 }, () => new Float64Array(most + 1));
  ways[0][0] = 1;
  ranks.forEach((rank, i) => {
    for (let taken = Math.min(k, i + 1); taken >= 1; taken--) {
      const [from, to] = [ways[taken - 1], ways[taken]];
      for (let sum = most; sum >= rank; sum--) to[sum] += from[sum - rank];
    }
  });
  return ways[k];
}

/** Twice the rank of each value, so that shared ranks are whole, and the sizes of the ties. */
function doubledRanks(values: number[]): { doubled: number[]; ties: number[] } {
  const order = values.map((_, i) => i).sort((a, b) => values[a] - values[b]);
  const doubled: number[] = Array(values.length);
  const ties: number[] = [];
  for (let start = 0; start < order.length;) {
    let end = start + 1;
    while (end < order.length && values[order[end]] === values[order[start]]) end++;
    // Places start + 1 to end share the mean of the first and the last.
    for (let i = start; i < end; i++) doubled[order[i]] = start + 1 + end;
    ties.push(end - start);
    start = end;
  }
  return { doubled, ties };
}
