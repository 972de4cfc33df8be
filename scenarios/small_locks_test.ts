import { assert, assertEquals } from "@std/assert";
import { lockCircles } from "./small_locks.ts";

Deno.test("lockCircles() gets stuck by chance, and never in order", async () => {
  const [left, ordered] = await lockCircles(2, { quick: true, seed: 1 });
  assertEquals(left!.rows.map(({ label }) => label), ["expected", "expected", "interesting"]);
  assert(left!.rows[2]!.count > 0);
  assertEquals(ordered!.rows.map(({ label }) => label), ["expected", "expected", "forbidden"]);
  assertEquals(ordered!.rows[2]!.count, 0);
});
