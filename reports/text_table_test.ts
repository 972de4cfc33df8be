import { assertEquals } from "@std/assert";
import { columns } from "./text_table.ts";

Deno.test("columns() sets figures right and names left, and bears short rows", () => {
  assertEquals(
    columns([["workers", "time"], ["1", "10 ms"], ["plain loop", "9 ms", "x"], ["2"]]),
    "  workers      time\n  1           10 ms\n  plain loop   9 ms  x\n  2",
  );
});
