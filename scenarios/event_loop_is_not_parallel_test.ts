import { assertEquals } from "@std/assert";
import { checkOverlap } from "./event_loop_is_not_parallel.ts";

const holds = (...args: Parameters<typeof checkOverlap>) =>
  checkOverlap(...args).map((check) => check.holds);
const right = { computing: 1, waiting: 4, workers: 4 };

Deno.test("checkOverlap() holds when waits and workers overlap, and computing does not", () => {
  assertEquals(holds(4, right, [7, 7]), [true, true, true, true]);
});

Deno.test("checkOverlap() fails when one thread seems to compute two things at once", () => {
  assertEquals(holds(4, { ...right, computing: 2 }, [7, 7])[0], false);
});

Deno.test("checkOverlap() fails when the waits or the workers come one after the other", () => {
  assertEquals(holds(4, { ...right, waiting: 1 }, [7])[1], false);
  assertEquals(holds(4, { ...right, workers: 3 }, [7])[2], false);
});

Deno.test("checkOverlap() fails when a result differs, or none is there", () => {
  assertEquals(holds(4, right, [7, 8])[3], false);
  assertEquals(holds(4, right, [])[3], false);
});
