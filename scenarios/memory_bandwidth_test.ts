import { assertEquals } from "@std/assert";
import { checkElements } from "./memory_bandwidth.ts";

const holds = (...args: Parameters<typeof checkElements>) =>
  checkElements(...args).map((check) => check.holds);

Deno.test("checkElements() holds when all are right, fails when one is not or none was looked at", () => {
  assertEquals(holds(5, [5, 5]), [true]);
  assertEquals(holds(5, [5, 4]), [false]);
  assertEquals(holds(5, []), [false]);
});
