import { assertAlmostEquals, assertEquals } from "@std/assert";
import { probit } from "npm:simple-statistics@7.12.1";
import { hodgesLehmann } from "./hodges_lehmann.ts";
import { holm } from "./holm.ts";
import { mannWhitney } from "./mann_whitney.ts";
import { seededRandom } from "./random.ts";

// Permeability of membranes, Hollander and Wolfe 1973, page 69; the example of R's wilcox.test.
const term = [0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46];
const early = [1.15, 0.88, 0.90, 0.74, 1.21];

// Two lots of 40 with one decimal, and cut to whole numbers for ties.
const first = Array.from({ length: 40 }, (_, i) => round(100 + 10 * Math.sin(i * 1.7), 10));
const second = Array.from({ length: 40 }, (_, i) => round(103 + 12 * Math.cos(i * 2.3), 10));

function round(x: number, parts: number): number {
  return Math.round(x * parts) / parts;
}

Deno.test("mannWhitney() gives R's printed result, exactly", () => {
  // wilcox.test(x, y, alternative = "g"): W = 35, p = 0.1272, which is one-sided.
  const { u, p, exact } = mannWhitney(term, early);
  assertEquals([u, exact], [35, true]);
  assertAlmostEquals(p / 2, 0.1272, 0.00005);
});

Deno.test("mannWhitney() counts every way with ties, too", () => {
  // Counted by itertools.combinations over SciPy's shared ranks: 128 ways of 1716.
  const { p, exact } = mannWhitney([1, 2, 2, 3, 3, 3, 4], [2, 3, 4, 4, 5, 5]);
  assertEquals(exact, true);
  assertAlmostEquals(p, 128 / 1716, 1e-12);
});

Deno.test("mannWhitney() gives SciPy's approximation for many samples, with and without ties", () => {
  // scipy.stats.mannwhitneyu(method="asymptotic"), SciPy 1.17.1.
  const plain = mannWhitney(first, second);
  assertEquals([plain.u, plain.exact], [617, false]);
  assertAlmostEquals(plain.p, 0.0790631, 1e-5);
  const whole = (xs: number[]) => xs.map(Math.floor);
  const tied = mannWhitney(whole(first), whole(second));
  assertEquals(tied.u, 610);
  assertAlmostEquals(tied.p, 0.0678596, 1e-5);
});

Deno.test("mannWhitney() is the same both ways round, and sure of nothing where all is equal", () => {
  const random = seededRandom(1);
  for (let round = 0; round < 50; round++) {
    const lot = () =>
      Array.from({ length: 1 + Math.floor(random() * 12) }, () => Math.floor(6 * random()));
    const [a, b] = [lot(), lot()];
    assertAlmostEquals(mannWhitney(a, b).p, mannWhitney(b, a).p, 1e-12);
    assertEquals(mannWhitney(a, b).u + mannWhitney(b, a).u, a.length * b.length);
  }
  assertEquals(mannWhitney([1, 1], [1, 1]).p, 1);
  assertEquals(mannWhitney(Array(40).fill(1), Array(40).fill(1)).p, 1);
});

Deno.test("mannWhitney() calls the same wrong in 5 % of experiments at the most, about", () => {
  const random = seededRandom(3);
  const draw = (n: number) => Array.from({ length: n }, () => Math.exp(probit(random())));
  for (const n of [7, 40]) {
    let wrong = 0;
    for (let i = 0; i < 500; i++) if (mannWhitney(draw(n), draw(n)).p < 0.05) wrong++;
    // 25 are expected of 500; four standard errors are 20.
    assertEquals(wrong <= 45 && wrong >= 5, true, `${wrong} of 500 with ${n} samples`);
  }
});

Deno.test("hodgesLehmann() gives R's printed shift and interval", () => {
  // wilcox.test(x, y, conf.int = TRUE): 0.305, from -0.15 to 0.76.
  const { value, low, high } = hodgesLehmann(early, term);
  assertAlmostEquals(value, 0.305, 1e-12);
  assertAlmostEquals(low!, -0.15, 1e-12);
  assertAlmostEquals(high!, 0.76, 1e-12);
});

Deno.test("hodgesLehmann() of many samples takes the normal approximation", () => {
  // By NumPy: the 599th of the 1600 sorted differences from either end.
  const { value, low, high } = hodgesLehmann(first, second);
  assertAlmostEquals(value, 3.1, 1e-9);
  assertAlmostEquals(low!, -0.5, 1e-9);
  assertAlmostEquals(high!, 6.5, 1e-9);
});

Deno.test("hodgesLehmann() has no interval where even the extremes are not sure", () => {
  assertEquals(hodgesLehmann([1, 2, 3], [4, 5, 6]), { value: 3, low: null, high: null });
});

Deno.test("the interval of the shift leaves out 0 where the test finds a difference", () => {
  const random = seededRandom(9);
  for (let round = 0; round < 100; round++) {
    const shift = 3 * random();
    const a = Array.from({ length: 10 }, () => probit(random()));
    const b = Array.from({ length: 12 }, () => shift + probit(random()));
    const { low, high } = hodgesLehmann(a, b);
    assertEquals(low! > 0 || high! < 0, mannWhitney(a, b).p <= 0.05);
  }
});

Deno.test("holm() gives the corrected values of a worked example", () => {
  // By hand: 4 * 0.005, 3 * 0.01, 2 * 0.03, and 0.04 raised to the one before it.
  const corrected = holm([0.01, 0.04, 0.03, 0.005]).map((p) => Number(p.toFixed(6)));
  assertEquals(corrected, [0.03, 0.06, 0.06, 0.02]);
  assertEquals(holm([0.6, 0.9]), [1, 1]);
  assertEquals(holm([]), []);
});
