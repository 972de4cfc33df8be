import { assertEquals } from "@std/assert";
import { checkRace } from "./race_condition.ts";

const holds = (...args: Parameters<typeof checkRace>) => checkRace(...args).map((c) => c.holds);

Deno.test("checkRace() holds when every run loses and lock and add are exact", () => {
  assertEquals(holds(100, [40, 99, 60], 100, 100), [true, true, true]);
});

Deno.test("checkRace() fails when no update is lost, in all runs or in one", () => {
  assertEquals(holds(100, [100, 100, 100], 100, 100)[0], false);
  assertEquals(holds(100, [40, 100, 60], 100, 100)[0], false);
  assertEquals(holds(100, [], 100, 100)[0], false);
});

Deno.test("checkRace() fails when the lock or add loses one", () => {
  assertEquals(holds(100, [40], 99, 100)[1], false);
  assertEquals(holds(100, [40], 100, 99)[2], false);
});
