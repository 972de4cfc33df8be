/**
 * What `nJobs` means: joblib's rules.
 *
 * @module
 */

import { cpuCount } from "../cpu_count.ts";
import { parallelErrors } from "./parallel_errors.ts";

/** The whole number that `nJobs` is; `null` when it was left open. */
export function checkNJobs(nJobs: unknown): number | null {
  if (nJobs === undefined || nJobs === null) return null;
  if (typeof nJobs !== "number" || !Number.isFinite(nJobs)) throw parallelErrors.notNJobs(nJobs);
  const whole = Math.trunc(nJobs);
  if (whole === 0) throw parallelErrors.nJobsZero();
  return whole;
}

/** How many run at once: a negative number counts back from all processors, -1 being all of them. */
export function countBack(nJobs: number): number {
  return nJobs < 0 ? Math.max(1, cpuCount() + 1 + nJobs) : nJobs;
}
