import { assertEquals } from "@std/assert";
import { checkThreads } from "./oversubscription.ts";

const right = Math.PI ** 2 / 6;

/** Four workers. */
const holds = (cores: number, inner: number[], sums = [right, right, right]) =>
  checkThreads(4, cores, inner.map((inner, i) => ({ inner, sum: sums[i]! })))
    .map((check) => check.holds);

Deno.test("checkThreads() holds for 1 each, a share each, and all each", () => {
  assertEquals(holds(2, [4, 4, 16]), [true, true, true, true]);
  assertEquals(holds(9, [4, 8, 16]), [true, true, true, true]);
});

Deno.test("checkThreads() fails when the limit or the share is not kept", () => {
  assertEquals(holds(2, [16, 4, 16]), [true, false, true, true]);
  assertEquals(holds(2, [4, 16, 16]), [true, true, false, true]);
  assertEquals(holds(8, [4, 4, 16]), [true, true, false, true]);
});

Deno.test("checkThreads() fails when those without a limit are not all there", () => {
  assertEquals(holds(2, [4, 4, 15]), [true, true, true, false]);
});

Deno.test("checkThreads() fails for a sum that lacks a part, or a way that was not tried", () => {
  assertEquals(holds(2, [4, 4, 16], [right, right - 1e-4, right])[0], false);
  assertEquals(holds(2, [4, 4, 16], [right, right - 1e-8, right])[0], true);
  assertEquals(holds(2, [4, 4])[0], false);
});
