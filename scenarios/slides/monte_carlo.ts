/**
 * Pi from points thrown at a square, as the slides of Duke and UVA have it.
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { assertAlmostEquals } from "@std/assert";

/** Pi from n points. */
export const monteCarloPi = mp.task(import.meta, (n: number): number => {
  let s = 0;
  for (let i = 0; i < n; i++) {
    const x = 2 * Math.random() - 1;
    const y = 2 * Math.random() - 1;
    if (x ** 2 + y ** 2 < 1) s += 1;
  }
  return 4 * s / n;
});

/** Fail if pi from n points is off by seven standard deviations, which chance does once in 10^11 times. */
export function nearPi(pi: number, n: number): void {
  assertAlmostEquals(pi, Math.PI, 7 * Math.sqrt(Math.PI * (4 - Math.PI) / n));
}
