import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { generator, measurements, noise } from "./made_numbers.ts";

Deno.test("generator() gives the same numbers for the same seed, evenly from 0 to 1", () => {
  const numbers = noise(100_000, generator(7));
  assertEquals(numbers, noise(100_000, generator(7)));
  assertNotEquals(numbers, noise(100_000, generator(8)));
  assert(numbers.every((x) => x >= 0 && x < 1));
  const mean = numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
  assert(Math.abs(mean - 0.5) < 0.01, `the mean is ${mean}`); // ten times its deviation
  assertEquals(new Set(numbers).size, numbers.length);
});

Deno.test("measurements() are hundredths", () => {
  const numbers = measurements(1000, generator(1));
  assertEquals(numbers, numbers.map((x) => Math.round(x * 100) / 100));
});
