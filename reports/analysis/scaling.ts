/**
 * The figures of scaling: speedup, efficiency and the Karp-Flatt metric.
 *
 * @module
 */

/**
 * How many times as fast `workers` are as the base.
 *
 * @param baseMs The time of the base.
 * @param ms The time that is compared with it.
 * @returns The quotient.
 *
 * @example Usage
 * ```ts
 * import { speedup } from "@polycore/reports";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(speedup(400, 100), 4);
 * ```
 */
export function speedup(baseMs: number, ms: number): number {
  return baseMs / ms;
}

/**
 * The share of the workers that the speedup is worth.
 *
 * @param times The speedup.
 * @param workers Number of workers.
 * @returns 1 where every worker counts in full.
 *
 * @example Usage
 * ```ts
 * import { efficiency } from "@polycore/reports";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(efficiency(3, 4), 0.75);
 * ```
 */
export function efficiency(times: number, workers: number): number {
  return times / workers;
}

/**
 * The serial fraction that Amdahl's law would need to explain a measured speedup.
 *
 * Where it stays the same as workers are added, the program has a serial part of that size; where
 * it rises, the cost of being parallel rises (Karp and Flatt, Communications of the ACM 33(5),
 * 1990).
 *
 * @param times The speedup.
 * @param workers Number of workers.
 * @returns The fraction, or `null` for one worker, where it is not defined.
 *
 * @example Usage
 * ```ts
 * import { karpFlatt } from "@polycore/reports";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(karpFlatt(2, 2), 0);
 * assertEquals(karpFlatt(1, 2), 1);
 * assertEquals(karpFlatt(1, 1), null);
 * ```
 */
export function karpFlatt(times: number, workers: number): number | null {
  if (workers <= 1) return null;
  return (1 / times - 1 / workers) / (1 - 1 / workers);
}
