/**
 * The clock that times the samples.
 *
 * @module
 */

/** Readings that are looked at. */
const READINGS = 100_000;

/**
 * Measure `performance.now()`.
 *
 * @returns What one reading costs, and the smallest step between two that differ, in nanoseconds.
 */
export function measureTimer(): { cost: number; resolution: number } {
  let resolution = Infinity;
  const start = performance.now();
  let last = start;
  for (let i = 0; i < READINGS; i++) {
    const now = performance.now();
    if (now > last) resolution = Math.min(resolution, now - last);
    last = now;
  }
  const nanoseconds = (ms: number) => Math.round(ms * 1e6);
  return { cost: nanoseconds((last - start) / READINGS), resolution: nanoseconds(resolution) };
}
