import { assertEquals } from "@std/assert";
import { ids } from "./catalogue.ts";
import { nearest } from "./nearest.ts";

Deno.test("nearest() finds the id that was meant", () => {
  assertEquals(nearest("race-conditon", ids), "race-condition");
  assertEquals(nearest("dining", ids), "dining-philosophers");
  assertEquals(nearest("DEADLOCK", ids), "deadlock");
});
