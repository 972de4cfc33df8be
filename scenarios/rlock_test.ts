import { assertEquals } from "@std/assert";
import { DeadlockError } from "@polycore/polycore";
import { checkRecursion, type Result } from "./rlock.ts";

const plain: Result = { result: new DeadlockError("itself", []), free: true };
const recursive: Result = { result: 120, free: true };
const holds = (a: Result, b: Result) => checkRecursion(120, a, b).map((check) => check.holds);

Deno.test("checkRecursion() holds when the Lock is reported and the RLock computes", () => {
  assertEquals(holds(plain, recursive), [true, true, true]);
});

Deno.test("checkRecursion() fails when no deadlock, or another error, is reported", () => {
  assertEquals(holds(recursive, recursive)[0], false);
  assertEquals(holds({ result: new Error("x"), free: true }, recursive)[0], false);
});

Deno.test("checkRecursion() fails when the RLock fails, or a lock stays held", () => {
  assertEquals(holds(plain, { result: 24, free: true })[1], false);
  assertEquals(holds(plain, plain)[1], false);
  assertEquals(holds({ ...plain, free: false }, recursive)[2], false);
});
