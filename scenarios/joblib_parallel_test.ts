import { assertEquals } from "@std/assert";
import { checkWays } from "./joblib_parallel.ts";

/** Three passes of two workers, which find 7. */
const holds = (started: number[], xs = [7, 7, 7]) =>
  checkWays(3, 2, 7, started.map((started, i) => ({ started, x: xs[i]! }))).map((c) => c.holds);

Deno.test("checkWays() holds when only the new pools start workers in each pass", () => {
  assertEquals(holds([6, 2, 2]), [true, true, true, true]);
});

Deno.test("checkWays() fails when new pools have old workers", () => {
  assertEquals(holds([2, 2, 2]), [true, false, true, true]);
  assertEquals(holds([5, 2, 2]), [true, false, true, true]);
});

Deno.test("checkWays() fails when a reused pool starts more, or fewer do all the work", () => {
  assertEquals(holds([6, 6, 2]), [true, true, false, true]);
  assertEquals(holds([6, 1, 2]), [true, true, false, true]);
  assertEquals(holds([6, 2, 4]), [true, true, true, false]);
});

Deno.test("checkWays() fails when a way finds another number, or was not tried", () => {
  assertEquals(holds([6, 2, 2], [7, 8, 7])[0], false);
  assertEquals(holds([6, 2])[0], false);
});
