import { assertEquals } from "@std/assert";
import { checkMemmap } from "./joblib_memmap.ts";

const good = {
  copied: { sum: 10, copied: 800 },
  shared: { sum: 10, copied: 0 },
  loaded: { sum: 10, copied: 0 },
};
const seen = { workers: 0, sharedmem: 8, array: 8 };

/** The places of the claims that do not hold. */
function fails(handed: Partial<typeof good>, others: Partial<typeof seen> = {}): number[] {
  const checks = checkMemmap(100, 8, 10, { ...good, ...handed }, { ...seen, ...others });
  return checks.flatMap(({ holds }, i) => holds ? [] : [i]);
}

Deno.test("checkMemmap() holds when only the copied way copies, and all is seen that should be", () => {
  assertEquals(fails({}), []);
});

Deno.test("checkMemmap() fails when a sum is wrong", () => {
  assertEquals(fails({ loaded: { sum: 9, copied: 0 } }), [0]);
});

Deno.test("checkMemmap() fails when a call has no copy, or has one that it should not", () => {
  assertEquals(fails({ copied: { sum: 10, copied: 700 } }), [1]);
  assertEquals(fails({ shared: { sum: 10, copied: 100 } }), [2]);
  assertEquals(fails({ loaded: { sum: 10, copied: 100 } }), [3]);
});

Deno.test("checkMemmap() fails when more or less is seen than should be", () => {
  assertEquals(fails({}, { workers: 1 }), [4]);
  assertEquals(fails({}, { sharedmem: 7 }), [5]);
  assertEquals(fails({}, { array: 0 }), [6]);
});
