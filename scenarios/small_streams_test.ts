import { assert, assertEquals } from "@std/assert";
import { smallStreams } from "./small_streams.ts";

Deno.test("smallStreams() repeat with a copied state, and never with a stream for each job", async () => {
  const [copied, own] = await smallStreams(2, { quick: true, seed: 1 });
  const counts = copied!.rows.map(({ count }) => count);
  assertEquals(counts.reduce((sum, n) => sum + n, 0), 200);
  assert(counts[2]! < 200);
  assertEquals(own!.rows.map(({ outcome, count, label }) => [outcome, count, label]), [
    ["only 5 differ", 0, "forbidden"],
    ["6 to 9 differ", 0, "forbidden"],
    ["all differ", 200, "expected"],
  ]);
});
