/**
 * The machine of a lecture.
 *
 * @module
 */
import { cpus } from "node:os";
import { cpuInfo } from "@polycore/pool";
import type { Machine } from "./data.ts";

/** Read what a reader of the figures has to know of this machine. */
export function readMachine(): Machine {
  const { count, rule } = cpuInfo();
  return { cpu: model(), cores: count, rule, deno: Deno.version.deno };
}

function model(): string | null {
  try {
    return cpus()[0]?.model.trim() || null;
  } catch {
    return null; // not allowed, or the system does not say
  }
}
