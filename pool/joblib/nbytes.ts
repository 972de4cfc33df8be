import { parallelErrors } from "./parallel_errors.ts";

const UNITS: Record<string, number> = { K: 1024, M: 1024 ** 2, G: 1024 ** 3 };

/** The number of bytes that `maxNbytes` is: a number, or a text such as `'1M'`; `null` for no limit. */
export function parseBytes(value: unknown): number | null {
  if (value === null) return null;
  if (typeof value === "number" && value >= 0) return value;
  const match = typeof value === "string" ? /^(\d+(?:\.\d+)?)([KMG])$/.exec(value) : null;
  if (!match) throw parallelErrors.bytes(value);
  return Math.trunc(Number(match[1]) * UNITS[match[2]!]!);
}
