import { task } from "../mod.ts";

export const unreachable = task(import.meta, (x: unknown) => x);

if ("WorkerGlobalScope" in globalThis) Deno.exit(8);
