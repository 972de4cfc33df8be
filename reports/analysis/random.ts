/**
 * Chance that is the same in every run, for the bootstrap and for made-up reports.
 *
 * @module
 */
import { xoroshiro128plus } from "npm:pure-rand@8.4.2/generator/xoroshiro128plus";

/**
 * A stream of random numbers that depends on its seed alone, so that the same report always gives
 * the same figures.
 *
 * @param seed A whole number.
 * @returns What `Math.random` is: a number from 0 up to 1 at each call.
 *
 * @example Usage
 * ```ts
 * import { seededRandom } from "@polycore/reports";
 * import { assertEquals } from "@std/assert";
 *
 * const [a, b] = [seededRandom(7), seededRandom(7)];
 * assertEquals([a(), a()], [b(), b()]);
 * ```
 */
export function seededRandom(seed: number): () => number {
  const generator = xoroshiro128plus(seed);
  // The first numbers of seeds that are near each other are alike.
  for (let i = 0; i < 32; i++) generator.next();
  // 32 bits tell any two samples apart, and are quicker to draw than 53.
  return () => (generator.next() >>> 0) / 2 ** 32;
}
