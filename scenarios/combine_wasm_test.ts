import { assertEquals } from "@std/assert";
import { checkForms } from "./combine_wasm.ts";

const hits = Math.round(1000 * Math.PI / 4);
const holds = (...args: Parameters<typeof checkForms>) =>
  checkForms(...args).map((check) => check.holds);

Deno.test("checkForms() holds when all count the same and find pi", () => {
  assertEquals(holds(1000, [[hits, hits], [hits, hits]]), [true, true]);
});

Deno.test("checkForms() fails when many workers or another form count others", () => {
  assertEquals(holds(1000, [[hits, hits + 1], [hits, hits]])[0], false);
  assertEquals(holds(1000, [[hits, hits], [hits + 1, hits + 1]])[0], false);
  assertEquals(holds(1e6, [[500_000, 500_000]])[1], false);
});
