import { assertEquals } from "@std/assert";
import { checkSums } from "./function_adapter.ts";

const chunks = [Int32Array.of(0, 1), Int32Array.of(2, 3)];
const holds = (...args: Parameters<typeof checkSums>) =>
  checkSums(...args).map((check) => check.holds);

Deno.test("checkSums() holds for the sums in order", () => {
  assertEquals(holds(chunks, [[1, 5], [1, 5]], ["0,1undefined", "2,3undefined"]), [true, true]);
});

Deno.test("checkSums() fails when a way gives others, or the sums in another order", () => {
  assertEquals(holds(chunks, [[1, 5], [5, 1]], ["", ""])[0], false);
  assertEquals(holds(chunks, [[1]], ["", ""])[0], false);
});

Deno.test("checkSums() fails when no adapter is needed", () => {
  assertEquals(holds(chunks, [[1, 5]], [1, ""])[1], false);
});
