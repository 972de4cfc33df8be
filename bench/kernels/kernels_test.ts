import { assertAlmostEquals, assertEquals } from "@std/assert";
import { Pool } from "@polycore/pool";
import { SharedArray } from "@polycore/shm";
import { dotOfSlice, dotProduct } from "./dot_product.ts";
import { countInside, monteCarloPi } from "./monte_carlo_pi.ts";
import { nextUint32, seedState } from "./xoshiro128.ts";

Deno.test("countInside() counts what the generator itself throws", () => {
  const state = seedState(3);
  let inside = 0;
  for (let i = 0; i < 10_000; i++) {
    // The kernel takes the bits as signed numbers, so the square is the whole one around the
    // circle.
    const x = (nextUint32(state) | 0) / 2 ** 31;
    const y = (nextUint32(state) | 0) / 2 ** 31;
    if (x * x + y * y < 1) inside++;
  }
  assertEquals(countInside(3, 10_000), inside);
});

Deno.test("Monte-Carlo pi comes near pi, and the last block may be short", () => {
  const size = 1_200_001;
  const { serial, describe } = monteCarloPi.prepare(size);
  const inside = serial();
  // Five standard deviations of the estimate: 5 * sqrt(pi (4 - pi) / n).
  assertAlmostEquals(4 * inside / size, Math.PI, 0.0075);
  assertEquals(describe(inside).startsWith("pi is about 3.1"), true);
});

Deno.test("dotOfSlice() adds up its slice alone", () => {
  const a = new SharedArray("d", [1, 2, 3, 4]);
  const b = new SharedArray("d", [10, 20, 30, 40]);
  assertEquals([dotOfSlice(a, b, 0, 4), dotOfSlice(a, b, 1, 3), dotOfSlice(a, b, 2, 2)], [
    300,
    130,
    0,
  ]);
});

Deno.test("every kernel gives the same on the plain loop and on 1, 2 and 3 workers", async () => {
  await using one = new Pool(1);
  await using two = new Pool(2);
  await using three = new Pool(3);
  for (const [kernel, size] of [[monteCarloPi, 2_500_000], [dotProduct, 10_001]] as const) {
    const prepared = kernel.prepare(size);
    const expected = prepared.serial();
    for (const [pool, workers] of [[one, 1], [two, 2], [three, 3]] as const) {
      assertEquals(await prepared.parallel(pool, workers), expected, `${kernel.name} ${workers}`);
    }
  }
});
