/**
 * Whether two reports come from one machine in one state, so that their times may be compared.
 *
 * @module
 */
import type { Machine } from "./schema.ts";

/**
 * What has to be the same: the hardware, what of it the program may use, how its clock is set, and
 * the software that runs the kernels. The commit may differ, since it is what one compares; the load
 * may differ, since the comparison allows for it.
 */
const COUNTS: [keyof Machine, string][] = [
  ["host", "host"],
  ["cpu", "processor"],
  ["sockets", "sockets"],
  ["physicalCores", "physical cores"],
  ["logicalCores", "logical cores"],
  ["allowedCores", "cores allowed"],
  ["cgroupQuota", "cgroup quota"],
  ["numaNodes", "memory nodes"],
  ["smt", "SMT"],
  ["pinning", "pinning"],
  ["governor", "governor"],
  ["boost", "boost"],
  ["kernel", "kernel"],
  ["deno", "Deno"],
  ["v8", "V8"],
];

/** Kernels reserve a little more or less of the memory at each start. */
const MEMORY_ALIKE = 0.02;

/**
 * Name what differs between two machines.
 *
 * @param a The one machine.
 * @param b The other.
 * @returns What differs, each with both values; empty for one machine in one state.
 *
 * @example Usage
 * ```ts
 * import { type Machine, machineDifferences } from "@polycore/reports";
 *
 * const same = (a: Machine, b: Machine) => machineDifferences(a, b).length === 0;
 * ```
 */
export function machineDifferences(a: Machine, b: Machine): string[] {
  const said = (value: unknown) => value === null ? "not readable" : String(value);
  const list = COUNTS.filter(([key]) => a[key] !== b[key])
    .map(([key, name]) => `${name} (${said(a[key])}; ${said(b[key])})`);
  const [mine, theirs] = [a.memoryBytes ?? 0, b.memoryBytes ?? 0];
  if (Math.abs(mine - theirs) > MEMORY_ALIKE * Math.max(mine, theirs)) {
    const gib = (bytes: number) =>
      bytes === 0 ? "not readable" : `${(bytes / 2 ** 30).toFixed(1)} GiB`;
    list.push(`memory (${gib(mine)}; ${gib(theirs)})`);
  }
  return list;
}
