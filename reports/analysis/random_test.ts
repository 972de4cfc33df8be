import { assertAlmostEquals, assertEquals } from "@std/assert";
import { mean, variance } from "npm:simple-statistics@7.12.1";
import { seededRandom } from "./random.ts";

const draw = (seed: number, n: number) => Array.from({ length: n }, seededRandom(seed));

Deno.test("seededRandom() gives the same stream for a seed and another one for the next", () => {
  assertEquals(draw(1, 100), draw(1, 100));
  assertEquals(draw(1, 100).some((x, i) => x === draw(2, 100)[i]), false);
});

Deno.test("seededRandom() is uniform from 0 up to 1", () => {
  const numbers = draw(3, 100_000);
  assertEquals(numbers.every((x) => x >= 0 && x < 1), true);
  // Mean 1/2 and variance 1/12, within five standard errors.
  assertAlmostEquals(mean(numbers), 1 / 2, 5 * Math.sqrt(1 / 12 / 1e5));
  assertAlmostEquals(variance(numbers), 1 / 12, 0.0013);
});
