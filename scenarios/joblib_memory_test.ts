import { assertEquals } from "@std/assert";
import { type Call, checkCalls } from "./joblib_memory.ts";

const first: Call = { what: "first", wanted: true, computes: true, right: true };
const again: Call = { what: "again", wanted: false, computes: false, right: true };

const holds = (...calls: Call[]) => checkCalls(calls).map((check) => check.holds);

Deno.test("checkCalls() holds when the first call computes and the next one reads", () => {
  assertEquals(holds(first, again), [true, true, true]);
});

Deno.test("checkCalls() fails when a kept call computes, or a new one reads", () => {
  assertEquals(holds(first, { ...again, computes: true }), [true, false, true]);
  assertEquals(holds({ ...first, computes: false }, again), [false, true, true]);
});

Deno.test("checkCalls() fails when a result is not the function's, or nothing was called", () => {
  assertEquals(holds(first, { ...again, right: false }), [true, true, false]);
  assertEquals(holds(), [false]);
});
