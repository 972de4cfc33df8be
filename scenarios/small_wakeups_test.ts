import { assert, assertEquals } from "@std/assert";
import { wakeUps } from "./small_wakeups.ts";

Deno.test("wakeUps() are lost by wait(), and never by waitFor()", async () => {
  const [byCall, byState] = await wakeUps({ quick: true, seed: 1 });
  assertEquals(byCall!.rows.map(({ label }) => label), ["expected", "interesting"]);
  assert(byCall!.rows.every(({ count }) => count > 0));
  assertEquals(byState!.rows.map(({ label, count }) => [label, count]), [
    ["expected", 200],
    ["forbidden", 0],
  ]);
});
