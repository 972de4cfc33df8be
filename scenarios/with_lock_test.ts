import { assertEquals } from "@std/assert";
import { checkWays, type Result } from "./with_lock.ts";

const error = "the disk is full";
const right: Result[] = [
  { way: "acquire, release", error, free: false },
  { way: "acquire, try, finally", error, free: true },
  { way: "using hold()", error, free: true },
];
const holds = (results: readonly Result[]) => checkWays(results).map((check) => check.holds);
const with_ = (i: number, fault: Partial<Result>) => right.with(i, { ...right[i]!, ...fault });

Deno.test("checkWays() holds when only the bare acquire leaves the lock held", () => {
  assertEquals(holds(right), [true, true, true, true]);
});

Deno.test("checkWays() fails when a way swallows the error, or is missing", () => {
  assertEquals(holds(with_(2, { error: "no error" }))[0], false);
  assertEquals(holds(right.slice(1)), [false, false, true, true]);
});

Deno.test("checkWays() fails for each way that leaves the lock otherwise", () => {
  assertEquals(holds(with_(0, { free: true }))[1], false);
  assertEquals(holds(with_(1, { free: false }))[2], false);
  assertEquals(holds(with_(2, { free: false }))[3], false);
});
