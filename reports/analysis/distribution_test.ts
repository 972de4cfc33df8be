import { assertAlmostEquals, assertEquals } from "@std/assert";
import { distributionOf } from "./distribution.ts";
import { seededRandom } from "./random.ts";

Deno.test("distributionOf() gives NumPy's quantiles, mean and deviation", () => {
  // numpy.percentile, numpy.mean and numpy.std(ddof=1), NumPy 2.4.6.
  const { quantiles, mean, deviation } = distributionOf([40, 7, 41, 15, 39, 36]);
  const of = (share: number) => quantiles.find((quantile) => quantile.share === share)!.value;
  assertEquals([0, 0.25, 0.5, 0.75, 1].map(of), [7, 20.25, 37.5, 39.75, 41]);
  assertAlmostEquals(mean, 29.6667, 1e-4);
  assertAlmostEquals(deviation!, 14.773851, 1e-4);
});

Deno.test("distributionOf() puts each sample into one bar, within the bars", () => {
  const random = seededRandom(1);
  for (let n = 1; n < 200; n += 7) {
    const samples = Array.from({ length: n }, () => Math.exp(3 * random()));
    const { histogram } = distributionOf(samples);
    const { from, width, counts } = histogram;
    assertEquals(counts.reduce((a, b) => a + b), n);
    assertEquals(counts.length <= 40, true);
    assertEquals(from, Math.min(...samples));
    assertAlmostEquals(from + width * counts.length, Math.max(...samples) || from, 1e-9);
  }
});

Deno.test("distributionOf() bears equal samples, and a box without width", () => {
  assertEquals(distributionOf([5, 5, 5]).histogram, { from: 5, width: 0, counts: [3] });
  assertEquals(distributionOf([5]).deviation, null);
  const { counts } = distributionOf([1, 1, 1, 1, 1, 1, 1, 2]).histogram;
  assertEquals([counts.length, counts[0], counts[39]], [40, 7, 1]);
});
