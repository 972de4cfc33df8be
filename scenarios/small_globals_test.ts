import { assertEquals } from "@std/assert";
import { smallGlobals } from "./small_globals.ts";

Deno.test("smallGlobals() count every job in a worker, and none in the parent", async () => {
  const [each] = await smallGlobals({ quick: true, seed: 1 });
  assertEquals(each!.rows.map(({ label }) => label), ["expected", "interesting"]);
  assertEquals(each!.rows.reduce((sum, { count }) => sum + count, 0), 200);
});
