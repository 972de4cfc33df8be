/**
 * How much memory `dump` and `load` take, in a new process: `peak.ts peak-dump FILE RAW` prints the
 * bytes by which the memory went up at the most, with the array itself.
 *
 * @module
 */
import { dump, load } from "@polycore/pool";

/** A figure of this process, in bytes. Linux only. */
function memory(field: string): number {
  const text = Deno.readTextFileSync("/proc/self/status");
  return Number(new RegExp(`^${field}:\\s+(\\d+) kB$`, "m").exec(text)![1]) * 1024;
}

/** The doubles in a file, with no second copy of them. */
function readDoubles(path: string): Float64Array {
  using file = Deno.openSync(path);
  const bytes = new Uint8Array(file.statSync().size);
  for (let at = 0; at < bytes.length;) at += file.readSync(bytes.subarray(at))!;
  return new Float64Array(bytes.buffer);
}

if (import.meta.main) {
  const [name, file, raw] = Deno.args as [string, string, string];
  const before = memory("VmRSS");
  if (name === "peak-dump") await dump(readDoubles(raw), file);
  else await load(file);
  console.log(memory("VmHWM") - before);
}
