import { assertAlmostEquals, assertEquals } from "@std/assert";
import { binomialDistribution, probit } from "npm:simple-statistics@7.12.1";
import { percentileInterval, quotient, resampleMedian, RESAMPLES } from "./bootstrap.ts";
import { seededRandom } from "./random.ts";

Deno.test("resampleMedian() draws each sample as often as the exact distribution says", () => {
  // Efron, Bootstrap Methods: Another Look at the Jackknife, Annals of Statistics 7(1), 1979,
  // section 3: the median of a draw from 13 samples is the m-th smallest with these probabilities.
  const published = [0.0015, 0.0142, 0.0550, 0.1242, 0.1936, 0.2230];
  const samples = Array.from({ length: 13 }, (_, i) => i + 1);
  const random = seededRandom(1);
  const seen = new Map<number, number>();
  const rounds = 50;
  for (let round = 0; round < rounds; round++) {
    for (const x of resampleMedian(samples, random).draws!) seen.set(x, (seen.get(x) ?? 0) + 1);
  }
  published.forEach((probability, i) => {
    const m = i + 2;
    assertAlmostEquals(exact(13, m), probability, 0.0001);
    assertAlmostEquals((seen.get(m) ?? 0) / (rounds * RESAMPLES), probability, 0.006);
    assertAlmostEquals((seen.get(14 - m) ?? 0) / (rounds * RESAMPLES), probability, 0.006);
  });
});

/** The probability that the median of n draws from 1..n, n odd, is m. */
function exact(n: number, m: number): number {
  // At most (n - 1) / 2 of the draws are m - 1 or less, and not at most that many m or less.
  const atMost = (share: number) =>
    (binomialDistribution(n, share) as number[]).slice(0, (n + 1) / 2).reduce((a, b) => a + b, 0);
  return atMost((m - 1) / n) - atMost(m / n);
}

Deno.test("resampleMedian() takes the middle of both for an even number of samples", () => {
  const { median, draws } = resampleMedian([1, 2, 3, 4, 5, 6], seededRandom(2));
  assertEquals(median, 3.5);
  assertEquals(draws!.every((x) => Number.isInteger(2 * x) && x >= 1 && x <= 6), true);
  assertEquals(draws!.some((x) => !Number.isInteger(x)), true);
});

Deno.test("resampleMedian() gives no draws for fewer than 6 samples", () => {
  const few = resampleMedian([3, 1, 2], seededRandom(1));
  assertEquals(few, { median: 2, draws: null });
  assertEquals(quotient(few, few), { median: 1, low: null, high: null });
});

Deno.test("quotient() holds the true quotient in about 95 % of experiments", () => {
  const random = seededRandom(4);
  const experiments = 400;
  let held = 0;
  for (let i = 0; i < experiments; i++) {
    const times = (ms: number) =>
      Array.from({ length: 21 }, () => ms * Math.exp(0.05 * probit(random())));
    const { low, high } = quotient(
      resampleMedian(times(800), random),
      resampleMedian(times(200), random),
    );
    if (low! <= 4 && 4 <= high!) held++;
  }
  // Between 91 and 99 %: four standard errors around 95 %, as far as 21 samples reach it.
  assertEquals(held >= 364 && held <= 396, true, `${held} of ${experiments}`);
});

Deno.test("percentileInterval() bears infinite values", () => {
  assertEquals(percentileInterval([1, 2, Infinity, Infinity]), [1, Infinity]);
});
