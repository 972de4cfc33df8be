import { assertAlmostEquals, assertEquals } from "@std/assert";
import { efficiency, karpFlatt, speedup } from "./scaling.ts";

Deno.test("speedup() gives the scaling column of the published table", () => {
  // 10^9 throws in Python on 1, 4, 8, 16 cores: printed as 3.67, 6.64, 12.37.
  assertEquals([109.5, 60.5, 32.5].map((s) => speedup(402, s).toFixed(2)), [
    "3.67",
    "6.64",
    "12.37",
  ]);
});

Deno.test("efficiency() divides by the workers", () => {
  assertAlmostEquals(efficiency(12.37, 16), 0.773, 0.001);
});

Deno.test("karpFlatt() is the serial part where Amdahl's law holds", () => {
  // Amdahl with a serial part of 10 %: S = 1 / (0.1 + 0.9 / p).
  for (const p of [2, 4, 8, 16]) {
    assertAlmostEquals(karpFlatt(1 / (0.1 + 0.9 / p), p)!, 0.1, 1e-12);
  }
});

Deno.test("karpFlatt() by hand for the published table", () => {
  // p = 16, S = 12.37: (0.080842 - 0.0625) / 0.9375 = 0.01956.
  assertAlmostEquals(karpFlatt(12.37, 16)!, 0.01956, 0.00001);
});

Deno.test("karpFlatt() is not defined for one worker, and negative above the ideal", () => {
  assertEquals(karpFlatt(1, 1), null);
  assertEquals(karpFlatt(2.1, 2)! < 0, true);
});
