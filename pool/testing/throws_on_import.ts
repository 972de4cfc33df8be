import { task } from "../mod.ts";

export const unreachable = task(import.meta, (x: number) => x);

if ("WorkerGlobalScope" in globalThis) throw new RangeError("this module hates workers");
