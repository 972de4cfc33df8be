import { assert, assertEquals } from "@std/assert";
import { smallRaces } from "./small_races.ts";

Deno.test("smallRaces() loses updates where it may, and nowhere else", async () => {
  const outcomes = await smallRaces([
    "read, pause, write",
    "with a lock: read, pause, write",
    "a slot each: read, pause, write",
    "value.add(1)",
  ], { quick: true, seed: 1 });
  const lost = outcomes.map(({ rows }) => rows[1]!.count);
  assert(lost[0]! > 0);
  assertEquals(lost.slice(1), [0, 0, 0]);
  assertEquals(outcomes.map(({ rows }) => rows.length), [2, 2, 2, 2]);
  assertEquals(outcomes.map(({ seed }) => seed), [1, 1, 1, undefined]);
});
