/**
 * A module that cannot be imported in a worker: the part of its address behind `?` says why.
 *
 * @module
 */

import { exit, task } from "../../mod.ts";
import type { Job } from "./faults.ts";

export const unreachable = task(import.meta, function unreachable(_: Job) {});

const fault = decodeURIComponent(new URL(import.meta.url).search.slice(1));

if ("WorkerGlobalScope" in globalThis) {
  if (fault === "throw") throw new RangeError("thrown on purpose");
  if (fault === "throw a symbol") throw Symbol("on purpose");
  if (fault === "exit(3)") exit(3);
  if (fault === "Deno.exit(3)") Deno.exit(3);
  if (fault === "self.close()") self.close();
  if (fault === "an unhandled rejection") Promise.reject(new RangeError("thrown on purpose"));
  if (fault === "an error in a timer") {
    setTimeout(() => {
      throw new RangeError("thrown on purpose");
    });
  }
  await new Promise(() => {});
}
