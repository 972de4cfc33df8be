import { assertEquals, assertRejects } from "@std/assert";
import { BareMessages } from "./bare_messages.ts";
import { BaselinePool } from "./baseline_pool.ts";

const xs = Array.from({ length: 1000 }, (_, i) => i);
const next = xs.map((x) => x + 1);

Deno.test("BaselinePool answers each task with its own result", async () => {
  using pool = new BaselinePool(2);
  assertEquals(await Promise.all(xs.map((x) => pool.submit("addOne", [x]))), next);
  await assertRejects(() => pool.submit("nothing", []), TypeError);
  assertEquals(await pool.submit("addOne", [1]), 2);
});

Deno.test("BareMessages answers each number in order, batch after batch", async () => {
  using pool = new BareMessages(2);
  for (const count of [1, 1000, 3]) {
    assertEquals(
      await Promise.all(xs.slice(0, count).map((x) => pool.submit(x))),
      next.slice(0, count),
    );
  }
});
