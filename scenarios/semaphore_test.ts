import { assertEquals } from "@std/assert";
import { checkInside } from "./semaphore.ts";

const holds = (guarded: number, open: number, left = 0) =>
  checkInside(2, 6, { most: guarded, left }, { most: open, left: 0 }).map((check) => check.holds);

Deno.test("checkInside() holds when exactly n are inside, and all without a semaphore", () => {
  assertEquals(holds(2, 6), [true, true, true, true]);
});

Deno.test("checkInside() fails when too many or too few are inside", () => {
  assertEquals(holds(3, 6)[0], false);
  assertEquals(holds(1, 6)[1], false);
  assertEquals(holds(2, 5)[2], false);
});

Deno.test("checkInside() fails when somebody is left inside", () => {
  assertEquals(holds(2, 6, 1)[3], false);
});
