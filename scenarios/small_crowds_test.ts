import { assert, assertEquals } from "@std/assert";
import { crowds } from "./small_crowds.ts";

Deno.test("crowds() are too large without a semaphore, and never with one", async () => {
  const [open, guarded] = await crowds(3, 1, { quick: true, seed: 1 });
  assertEquals(open!.rows.map(({ label }) => label), ["expected", "interesting", "interesting"]);
  assert(open!.rows[2]!.count > 0);
  assertEquals(guarded!.rows.map(({ label, count }) => [label, count]), [
    ["expected", 200],
    ["forbidden", 0],
    ["forbidden", 0],
  ]);
});
