/**
 * Caches, memory nodes and hardware threads of this machine.
 *
 * @module
 */
import type { Cache } from "@polycore/reports";

/** Reads a file; throws where there is none. */
type Read = (path: string) => string;

/**
 * The numbers of a list such as `0-3,8`, the form in which Linux names cores.
 *
 * @param list The list.
 * @returns The numbers.
 */
export function numbersOf(list: string): number[] {
  if (list.trim() === "") return [];
  return list.trim().split(",").flatMap((part) => {
    const [first, last = first] = part.split("-").map(Number);
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  });
}

/**
 * The caches of a core.
 *
 * @param read Reads a file; a test gives its own.
 * @param core The number of the core.
 * @returns The caches, from the smallest; throws where nothing is readable.
 */
export function cachesOf(read: Read, core: number): Cache[] {
  const caches: Cache[] = [];
  for (let i = 0;; i++) {
    const file = (name: string) =>
      read(`/sys/devices/system/cpu/cpu${core}/cache/index${i}/${name}`).trim();
    try {
      caches.push({
        level: Number(file("level")),
        type: file("type").toLowerCase() as Cache["type"],
        sizeBytes: bytesOf(file("size")),
        sharedBy: file("shared_cpu_list"),
      });
    } catch (error) {
      if (i > 0 && error instanceof Deno.errors.NotFound) return caches;
      throw error;
    }
  }
}

function bytesOf(text: string): number {
  const [, digits, unit] = /^(\d+)([KMG]?)$/.exec(text)!;
  return Number(digits) * 1024 ** ["", "K", "M", "G"].indexOf(unit);
}

/**
 * How many memory nodes are in use.
 *
 * @param read Reads a file; a test gives its own.
 * @returns Their number.
 */
export function numaNodes(read: Read): number {
  return numbersOf(read("/sys/devices/system/node/online")).length;
}

/**
 * Whether two hardware threads share a core.
 *
 * @param read Reads a file; a test gives its own.
 * @returns `on` or `off`.
 */
export function smt(read: Read): "on" | "off" {
  return read("/sys/devices/system/cpu/smt/active").trim() === "1" ? "on" : "off";
}
