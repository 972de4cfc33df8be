import { partial } from "../partial.ts";
import { task } from "../task.ts";
import { memoryErrors } from "./memory_errors.ts";
import type { CallMetadata } from "./store.ts";

/** Milliseconds in each unit. */
const UNITS = {
  milliseconds: 1,
  seconds: 1000,
  minutes: 60_000,
  hours: 3_600_000,
  days: 86_400_000,
  weeks: 604_800_000,
};

/** A time that passes: the sum of these. Python's `timedelta`. */
export interface Duration {
  /** Thousandths of a second. */
  milliseconds?: number;
  /** Seconds. */
  seconds?: number;
  /** Minutes. */
  minutes?: number;
  /** Hours. */
  hours?: number;
  /** Days of 24 hours. */
  days?: number;
  /** Weeks. */
  weeks?: number;
}

/** A duration in milliseconds. */
export function toMilliseconds(what: string, duration: number | Duration): number {
  const allowed = "milliseconds of at least 0, or an object as { days: 1, hours: 12 }";
  let sum = duration;
  if (typeof duration === "object" && duration !== null) {
    sum = 0;
    for (const [unit, count] of Object.entries(duration)) {
      if (!Object.hasOwn(UNITS, unit)) throw memoryErrors.unit(unit, Object.keys(UNITS));
      sum += count * UNITS[unit as keyof typeof UNITS];
    }
  }
  if (typeof sum !== "number" || !(sum >= 0)) throw memoryErrors.limit(what, duration, allowed);
  return sum;
}

const isYounger = task(
  import.meta,
  function isYounger(limit: number, { time }: CallMetadata): boolean {
    return Date.now() - time < limit;
  },
);

/**
 * A `cacheValidationCallback` for `Memory.cache`: a result that is older than this is computed again.
 * joblib's `expires_after`. To remove old results from the disk use `Memory.reduceSize({ ageLimit })`.
 *
 * @param duration Milliseconds, or units, as in `{ days: 1, hours: 12 }`.
 * @returns A function that says whether a result is still good.
 * @throws {TypeError} If there is no such unit.
 * @throws {RangeError} If it is negative or no number.
 * @example
 * ```ts
 * import { expiresAfter, Memory } from "@polycore/pool";
 * import { assertEquals } from "@std/assert";
 *
 * const folder = await Deno.makeTempDir();
 * const memory = new Memory(folder, { verbose: 0 });
 * const fetchRates = memory.cache(() => ({ euro: 1.1 }), {
 *   cacheValidationCallback: expiresAfter({ hours: 1 }),
 * });
 * assertEquals(await fetchRates(), await fetchRates());
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export function expiresAfter(duration: number | Duration): (metadata: CallMetadata) => boolean {
  return partial(isYounger, toMilliseconds("The time of expiresAfter", duration));
}
