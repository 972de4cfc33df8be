/**
 * Names that tell apart.
 *
 * @module
 */
import type { Trace } from "./model.ts";

/** The trace with every thread and object named differently: the second "P1" is "P1 (2)". */
export function withUniqueNames(trace: Trace): Trace {
  return { ...trace, threads: unique(trace.threads), objects: unique(trace.objects) };
}

function unique<T extends { readonly name: string }>(things: readonly T[]): T[] {
  const seen = new Map<string, number>();
  return things.map((thing) => {
    const copy = (seen.get(thing.name) ?? 0) + 1;
    seen.set(thing.name, copy);
    return copy === 1 ? thing : { ...thing, name: `${thing.name} (${copy})` };
  });
}

/** The order in which a reader looks for names: the first ones of each name, then the second ones. */
export function byName(a: string, b: string): number {
  const copy = (name: string) => Number(/ \((\d+)\)$/.exec(name)?.[1] ?? 1);
  return copy(a) - copy(b) || a.localeCompare(b, "en", { numeric: true });
}
