import { assertEquals } from "@std/assert";
import { checkJoin } from "./joinable_queue.ts";

const right = {
  early: { empty: true, joined: false },
  joined: true,
  squares: [4, 1],
  codes: [0, 0],
};
const holds = (fault: Partial<typeof right>) =>
  checkJoin(2, { ...right, ...fault }).map((check) => check.holds);

Deno.test("checkJoin() holds when join waits for the work", () => {
  assertEquals(holds({}), [true, true, true, true]);
});

Deno.test("checkJoin() fails when tasks are left, or join returns too soon", () => {
  assertEquals(holds({ early: { empty: false, joined: false } })[0], false);
  assertEquals(holds({ early: { empty: true, joined: true } })[1], false);
});

Deno.test("checkJoin() fails when a result is missing or wrong, or a worker did not end well", () => {
  assertEquals(holds({ squares: [4] })[2], false);
  assertEquals(holds({ squares: [4, 2] })[2], false);
  assertEquals(holds({ joined: false })[2], false);
  assertEquals(holds({ codes: [0, -15] })[3], false);
});
