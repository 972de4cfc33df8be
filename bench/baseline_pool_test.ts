import { assertEquals } from "@std/assert";
import { BaselinePool } from "./baseline_pool.ts";

Deno.test("BaselinePool answers each task with its own result", async () => {
  using pool = new BaselinePool(2);
  for (const count of [1, 1000]) {
    const xs = Array.from({ length: count }, (_, i) => i);
    assertEquals(await Promise.all(xs.map((x) => pool.submit(x))), xs.map((x) => x + 1));
  }
});
