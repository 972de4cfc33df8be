import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { countHits, generator, nearPi } from "./throws.ts";

const draws = (seed: number, stream: number) =>
  Array.from({ length: 1000 }, generator(seed, stream));

Deno.test("generator() gives the same numbers for the same seed and stream, and others for others", () => {
  assertEquals(draws(1, 2), draws(1, 2));
  assertNotEquals(draws(1, 2), draws(1, 3));
  assertNotEquals(draws(1, 2), draws(2, 2));
  assert(draws(1, 2).every((x) => x >= 0 && x < 1));
});

Deno.test("countHits() counts what the stream of its generator hits", () => {
  const random = generator(7, 3);
  let hits = 0;
  for (let i = 0; i < 1000; i++) if (random() ** 2 + random() ** 2 < 1) hits++;
  assertEquals(countHits(1000, 7, 3), hits);
  assert(nearPi(4 * countHits(1e6, 7, 3) / 1e6, 1e6));
});

Deno.test("nearPi() wants more of more throws", () => {
  assert(nearPi(3.2, 1e4));
  assert(!nearPi(3.2, 1e6));
  assert(!nearPi(NaN, 1e4));
});
