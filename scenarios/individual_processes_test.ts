import { assertEquals } from "@std/assert";
import { checkProcesses } from "./individual_processes.ts";

const holds = (...args: Parameters<typeof checkProcesses>) =>
  checkProcesses(...args).map((check) => check.holds);

Deno.test("checkProcesses() holds in order, then in any order", () => {
  assertEquals(holds(2, [[5, 0], [6, 1]], [[8, 1], [7, 0]]), [true, true, true]);
});

Deno.test("checkProcesses() fails when one overtakes, is missing, or is heard twice", () => {
  assertEquals(holds(2, [[6, 1], [5, 0]], [[7, 0], [8, 1]])[0], false);
  assertEquals(holds(2, [[5, 0]], [[7, 0], [8, 1]])[0], false);
  assertEquals(holds(2, [[5, 0], [6, 1]], [[7, 0], [8, 0]])[1], false);
});

Deno.test("checkProcesses() fails when two share an id", () => {
  assertEquals(holds(2, [[5, 0], [6, 1]], [[5, 0], [8, 1]])[2], false);
});
