/**
 * The values in the containers of a server.
 *
 * @module
 */

import { Shareable } from "@polycore/sync";

/** Let go of the shared objects in values that nobody can reach any more, as Python would at once. */
export function letGoOfValues(values: Iterable<unknown>, seen: Set<unknown> = new Set()): void {
  for (const value of values) {
    if (typeof value !== "object" || value === null || seen.has(value)) continue;
    seen.add(value);
    if (value instanceof Shareable) value.dispose();
    else if (value instanceof Map) letGoOfValues([...value.keys(), ...value.values()], seen);
    else if (value instanceof Set || Array.isArray(value)) letGoOfValues(value, seen);
    else if (!ArrayBuffer.isView(value)) letGoOfValues(Object.values(value), seen);
  }
}
