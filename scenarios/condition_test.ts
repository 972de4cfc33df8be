import { assertEquals } from "@std/assert";
import { type Begun, checkBegun } from "./condition.ts";

const right: Begun = {
  wait: { waiting: true, late: false },
  waitFor: { waiting: true, late: true },
};
const holds = (fault: Partial<Begun>) =>
  checkBegun({ ...right, ...fault }).map((check) => check.holds);

Deno.test("checkBegun() holds when only the late bare wait loses its wake-up", () => {
  assertEquals(holds({}), [true, true, true]);
});

Deno.test("checkBegun() fails when a waiting stage is not woken", () => {
  assertEquals(holds({ waitFor: { waiting: false, late: true } })[0], false);
  assertEquals(holds({ wait: { waiting: false, late: false } })[0], false);
});

Deno.test("checkBegun() fails when the loss does not show, or waitFor loses too", () => {
  assertEquals(holds({ wait: { waiting: true, late: true } })[1], false);
  assertEquals(holds({ waitFor: { waiting: true, late: false } })[2], false);
});
