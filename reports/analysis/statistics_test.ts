import { assertEquals, assertThrows } from "@std/assert";
import { estimate, medianRanks } from "./statistics.ts";

Deno.test("medianRanks() gives the published ranks", () => {
  // The printed tables of intervals for a median, with their level in percent.
  const table: [n: number, low: number, high: number, level: number][] = [
    [6, 1, 6, 96.9],
    [7, 1, 7, 98.4],
    [9, 2, 8, 96.1],
    [10, 2, 9, 97.9],
    [12, 3, 10, 96.1],
    [15, 4, 12, 96.5],
    [17, 5, 13, 95.1],
    [19, 5, 15, 98.1],
    [20, 6, 15, 95.9],
  ];
  for (const [n, low, high, level] of table) {
    assertEquals(medianRanks(n), [low, high]);
    assertEquals((100 * coverage(n, low)).toFixed(1), level.toFixed(1));
  }
});

Deno.test("medianRanks() gives none below 6 samples", () => {
  assertEquals([1, 2, 3, 4, 5].map(medianRanks), [null, null, null, null, null]);
});

Deno.test("medianRanks() covers 95 % and no rank further in would, for every exact size", () => {
  for (let n = 6; n <= 70; n++) {
    const [low, high] = medianRanks(n)!;
    assertEquals(low + high, n + 1);
    assertEquals([coverage(n, low) >= 0.95, coverage(n, low + 1) >= 0.95], [true, false], `n=${n}`);
  }
});

Deno.test("medianRanks() goes on smoothly where the approximation begins", () => {
  const [exact] = medianRanks(70)!;
  const [near] = medianRanks(71)!;
  assertEquals(Math.abs(exact - near) <= 1, true);
  // Hoefler and Belli's formula by hand: 40.2 down, 60.8 up.
  assertEquals(medianRanks(100), [40, 61]);
});

Deno.test("estimate() sorts by number and leaves the samples alone", () => {
  const samples = [100, 9, 20, 1, 50, 3, 7];
  assertEquals(estimate(samples), { median: 9, low: 1, high: 100 });
  assertEquals(samples, [100, 9, 20, 1, 50, 3, 7]);
});

Deno.test("estimate() throws for no samples", () => {
  assertThrows(() => estimate([]), RangeError, "0 samples");
});

/**
 * The probability that k..n-k of n fair coins show heads, from Pascal's triangle in exact integers.
 */
function coverage(n: number, k: number): number {
  let below = 0n;
  let choose = 1n;
  for (let i = 0; i < k; i++) {
    below += choose;
    choose = choose * BigInt(n - i) / BigInt(i + 1);
  }
  return 1 - 2 * Number(below) / 2 ** n;
}
