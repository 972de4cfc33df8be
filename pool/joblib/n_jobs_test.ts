import { assertEquals, assertThrows } from "@std/assert";
import { cpuCount } from "../mod.ts";
import { checkNJobs, countBack } from "./n_jobs.ts";
import { parseBytes } from "./nbytes.ts";

Deno.test("nJobs: whole, truncated, negative, left open", () => {
  const cpus = cpuCount();
  assertEquals([3, 2.7, -1.5, null, undefined].map(checkNJobs), [3, 2, -1, null, null]);
  assertEquals([3, -1, -2, -1000].map(countBack), [3, cpus, Math.max(1, cpus - 1), 1]);
  assertThrows(() => checkNJobs(0), RangeError, "nJobs == 0 in Parallel has no meaning");
  assertThrows(() => checkNJobs(0.5), RangeError, "nJobs == 0 in Parallel has no meaning");
  for (const bad of ["2", NaN, Infinity, {}]) {
    assertThrows(() => checkNJobs(bad), TypeError, "nJobs could not be converted to int");
  }
});

Deno.test("maxNbytes: a number, or a text with its unit", () => {
  assertEquals([0, 100, "1K", "1M", "1.5G", null].map(parseBytes), [
    0,
    100,
    1024,
    1048576,
    1610612736,
    null,
  ]);
  for (const bad of ["1", "1T", "M", -1, NaN, {}]) {
    assertThrows(() => parseBytes(bad), RangeError, "maxNbytes is");
  }
});
