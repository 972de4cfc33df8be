import { assert, assertEquals } from "@std/assert";
import { smallQueues } from "./small_queues.ts";

Deno.test("smallQueues() give an item to one; who asks empty() first may come too late", async () => {
  const [asking, trying] = await smallQueues({ quick: true, seed: 1 });
  assertEquals(asking!.rows.map(({ label }) => label), [
    "expected",
    "interesting",
    "forbidden",
    "forbidden",
  ]);
  assert(asking!.rows[1]!.count > 0);
  assertEquals(trying!.rows.map(({ count }) => count), [200, 0, 0, 0]);
});
