import { assertEquals } from "@std/assert";
import { encode } from "./mod.ts";
import { assertAsCloned } from "./testing.ts";

Deno.test("doubles come through", () => {
  for (const value of [0.1, -0, NaN, Infinity, -Infinity, 5e-324, 2 ** 53, Number.MAX_VALUE]) {
    assertAsCloned(value);
    assertAsCloned([value]);
    assertAsCloned([value, value]);
    assertAsCloned([1, value]);
  }
});

Deno.test("an array of doubles takes two words for each", () => {
  const array = Array.from({ length: 1000 }, (_, i) => i + 0.5);
  assertEquals(encode(array) - encode([]), 2000);
  assertEquals(encode([1, 2, ...array]) - encode([]), 2004);
});

Deno.test("an array of whole numbers takes one word for each", () => {
  assertEquals(encode(Array.from({ length: 1000 }, (_, i) => i)) - encode([]), 1000);
});

Deno.test("bigints come through", () => {
  for (let bits = 0n; bits < 200n; bits++) {
    for (const near of [-1n, 0n, 1n]) {
      assertAsCloned((1n << bits) + near);
      assertAsCloned(-(1n << bits) + near);
    }
  }
  assertAsCloned(7n ** 20000n);
});
