import { assertEquals } from "@std/assert";
import { wander } from "./steadiness.ts";

Deno.test("wander() sees a machine that slows down, and not the same times mixed up", () => {
  const slowing = Array.from({ length: 40 }, (_, i) => 100 + i);
  assertEquals(wander(slowing)! > 0.2, true);
  const mixed = slowing.map((_, i) => 100 + (i * 17) % 40);
  assertEquals(wander(mixed)! < 0.1, true);
});

Deno.test("wander() is 0 for equal times and not moved by one outlier", () => {
  assertEquals(wander(Array(12).fill(5)), 0);
  const outlier = Array(12).fill(5);
  outlier[4] = 500;
  assertEquals(wander(outlier), 0);
});

Deno.test("wander() needs two samples in each quarter", () => {
  assertEquals([wander(Array(7).fill(1)), wander(Array(8).fill(1))], [null, 0]);
});
