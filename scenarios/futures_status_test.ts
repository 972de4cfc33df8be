import { assertEquals } from "@std/assert";
import { checkStatus } from "./futures_status.ts";

const runs: [boolean, boolean] = [true, false];
const waits: [boolean, boolean] = [false, false];
const done: [boolean, boolean] = [false, true];
const results = [1, 2, 100];
const holds = (...args: Parameters<typeof checkStatus>) =>
  checkStatus(...args).map((check) => check.holds);

Deno.test("checkStatus() holds on as many workers as jobs, and on one", () => {
  assertEquals(holds(3, [runs, runs, runs], [done, done, done], results), [true, true, true]);
  assertEquals(holds(1, [runs, waits, waits], [done, done, done], results), [true, true, true]);
});

Deno.test("checkStatus() fails when one is done too early or does not run", () => {
  assertEquals(holds(3, [runs, done, runs], [done, done, done], results)[0], false);
  assertEquals(holds(3, [runs, waits, runs], [done, done, done], results)[0], false);
  assertEquals(holds(1, [runs, runs, waits], [done, done, done], results)[0], false);
});

Deno.test("checkStatus() fails when one still runs in the end, or has a wrong result", () => {
  assertEquals(holds(3, [runs, runs, runs], [done, runs, done], results)[1], false);
  assertEquals(holds(3, [runs, runs, runs], [done, done, done], [1, 2, 99])[2], false);
});
