import { assertEquals } from "@std/assert";
import { checkOrder, type Run } from "./map_order.ts";

const map: Run = { results: [0, 1, 4], early: 0, first: 100 };
const completed: Run = { results: [4, 1, 0], early: 2, first: 1 };
const holds = (a: Partial<Run>, b: Partial<Run>) =>
  checkOrder(3, { ...map, ...a }, { ...completed, ...b }).map((check) => check.holds);

Deno.test("checkOrder() holds when map keeps the order and asCompleted does not wait", () => {
  assertEquals(holds({}, {}), [true, true, true, true]);
});

Deno.test("checkOrder() fails when map changes the order or overtakes its first", () => {
  assertEquals(holds({ results: [1, 0, 4] }, {})[0], false);
  assertEquals(holds({ early: 1 }, {})[1], false);
});

Deno.test("checkOrder() fails when asCompleted waits for the slow one, or loses a result", () => {
  assertEquals(holds({}, { results: [0, 1, 4] })[2], false);
  assertEquals(holds({}, { early: 0 })[2], false);
  assertEquals(holds({}, { results: [4, 4, 0] })[3], false);
});
