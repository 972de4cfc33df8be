import { assertEquals } from "@std/assert";
import { checkSizes } from "./pool_job_sizes.ts";

const results = (pids: number[], throws: number) =>
  pids.map((pid) => ({ pid, throws, hits: throws * Math.PI / 4 }));
const few = results([1, 2], 200);
const holds = (...args: Parameters<typeof checkSizes>) =>
  checkSizes(...args).map((check) => check.holds);

Deno.test("checkSizes() holds when the worker changes between chunks only", () => {
  assertEquals(holds(few, results([1, 1, 2, 2], 100), 2), [true, true, true]);
});

Deno.test("checkSizes() fails when throws are missing, or the hits of some", () => {
  assertEquals(holds(few, results([1, 1, 2], 100), 2)[0], false);
  const none = results([1, 1, 2, 2], 100).map((result) => ({ ...result, hits: 0 }));
  assertEquals(holds(few, none, 2)[1], false);
});

Deno.test("checkSizes() fails when a chunk is torn apart", () => {
  assertEquals(holds(few, results([1, 2, 2, 2], 100), 2)[2], false);
});
