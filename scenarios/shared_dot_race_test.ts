import { assertEquals } from "@std/assert";
import { checkRace } from "./shared_dot_race.ts";

const holds = (...args: Parameters<typeof checkRace>) => checkRace(...args).map((c) => c.holds);

Deno.test("checkRace() holds when shares are lost", () => {
  assertEquals(holds(80, 10, [30, 80], 10), [true, true, true]);
});

Deno.test("checkRace() fails when nothing is lost", () => {
  assertEquals(holds(80, 10, [30], 80)[0], false);
  assertEquals(holds(80, 10, [80, 80], 10)[1], false);
});

Deno.test("checkRace() fails when a share is counted twice", () => {
  assertEquals(holds(80, 10, [90], 10)[2], false);
});
