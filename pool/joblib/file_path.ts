/**
 * Paths as callers give them.
 *
 * @module
 */

import { fileURLToPath } from "node:url";

/** The path of a file as a string, or `undefined` if it is no path. */
export function nameOf(path: unknown): string | undefined {
  if (path instanceof URL) return path.protocol === "file:" ? fileURLToPath(path) : undefined;
  return typeof path === "string" ? path : undefined;
}
