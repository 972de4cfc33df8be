import { assertEquals, assertThrows } from "@std/assert";
import { preDispatchAmount } from "./pre_dispatch.ts";

Deno.test("preDispatch: all, numbers and arithmetic in n_jobs, as Python computes it", () => {
  const rows: [value: unknown, amount: number][] = [
    ["all", Infinity],
    [5, 5],
    [2.9, 2],
    ["2 * n_jobs", 8],
    ["2*nJobs", 8],
    ["1.5*n_jobs", 6],
    ["n_jobs + 2 * 3", 10],
    ["(n_jobs + 2) * 3", 18],
    ["n_jobs // 3 + 7 % 4", 4],
    ["2 ** 3 ** 2", 512],
    ["-n_jobs ** 2 + 20", 4],
    ["-7 // 2 + n_jobs * 2", 4],
    ["3 - -2", 5],
    [" 7 / 2 ", 3],
  ];
  assertEquals(rows.map(([value]) => preDispatchAmount(value, 4)), rows.map((row) => row[1]));
});

Deno.test("preDispatch: what is no arithmetic is refused and never run", () => {
  const bad = [
    "",
    "2 *",
    "exit()",
    "n_jobs n_jobs",
    "(2",
    "2)",
    "1 / 0",
    "a",
    "globalThis",
    "2 ^ 3",
  ];
  for (const value of [...bad, 0, -1, "n_jobs - 4", NaN, null, {}]) {
    assertThrows(() => preDispatchAmount(value, 4), RangeError, "preDispatch is");
  }
});
