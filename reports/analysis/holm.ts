/**
 * Many tests at once: the more are made, the more likely one of them is wrong by chance alone.
 *
 * @module
 */

/**
 * Correct the probabilities of several tests by the method of Holm (Scandinavian Journal of
 * Statistics 6(2), 1979), which needs no independence: the chance that any of them is called wrong
 * stays below the level.
 *
 * @param probabilities The `p` of each test.
 * @returns The corrected ones, in the same order.
 *
 * @example Usage
 * ```ts
 * import { holm } from "@polycore/reports";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(holm([0.5, 0.01]), [0.5, 0.02]);
 * ```
 */
export function holm(probabilities: readonly number[]): number[] {
  const order = probabilities.map((_, i) => i).sort((a, b) => probabilities[a] - probabilities[b]);
  const corrected: number[] = Array(probabilities.length);
  let most = 0;
  order.forEach((i, rank) => {
    most = Math.max(most, Math.min(1, (order.length - rank) * probabilities[i]));
    corrected[i] = most;
  });
  return corrected;
}
