import { assertEquals } from "@std/assert";
import { checkMeals, type Item } from "./producer_consumer.ts";

const holds = (...items: Item[][]) =>
  checkMeals(items.map((items, i) => ({ who: `consumer ${i}`, items })), 2, 2)
    .map((check) => check.holds);

Deno.test("checkMeals() holds when each item reaches one consumer, in any mixture", () => {
  assertEquals(holds([[0, 0], [1, 0], [0, 1]], [[1, 1]]), [true, true, true]);
  assertEquals(holds([[1, 1]], [[0, 0], [0, 1], [1, 0]]), [true, true, true]);
});

Deno.test("checkMeals() fails when an item is lost", () => {
  assertEquals(holds([[0, 0], [1, 0]], [[1, 1]]), [false, true, true]);
});

Deno.test("checkMeals() fails when an item comes twice", () => {
  assertEquals(holds([[0, 0], [1, 0], [0, 1]], [[0, 1], [1, 1]]), [true, false, true]);
});

Deno.test("checkMeals() fails when a later item overtakes an earlier one", () => {
  assertEquals(holds([[0, 1], [0, 0], [1, 0], [1, 1]], []), [true, true, false]);
});
