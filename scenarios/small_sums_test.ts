import { assert, assertEquals } from "@std/assert";
import { smallSums } from "./small_sums.ts";

Deno.test("smallSums() lose parts without a lock, and never with one", async () => {
  const [open, locked] = await smallSums(3, { quick: true, seed: 1 });
  assertEquals(open!.rows.map(({ label }) => label), ["expected", "interesting", "interesting"]);
  assert(open!.rows[0]!.count < 200);
  assertEquals(locked!.rows.map(({ label, count }) => [label, count]), [
    ["expected", 200],
    ["forbidden", 0],
    ["forbidden", 0],
  ]);
});
