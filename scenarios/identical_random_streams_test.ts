import { assertEquals } from "@std/assert";
import { checkStreams, findRepeats, type Result } from "./identical_random_streams.ts";

const drew = (...first: number[]): Result => ({ pi: first[0]!, first });
const own = [drew(1, 2), drew(3, 4), drew(5, 6)];
const holds = (...args: Parameters<typeof checkStreams>) =>
  checkStreams(...args).map((check) => check.holds);

Deno.test("findRepeats() names each job that drew what one before it drew", () => {
  assertEquals(findRepeats([drew(1, 2), drew(1, 3), drew(1, 2), drew(1, 3), drew(1, 2)]), [
    2,
    3,
    4,
  ]);
  assertEquals(findRepeats(own), []);
});

Deno.test("checkStreams() holds when copies repeat and own streams do not", () => {
  assertEquals(holds(2, [drew(1, 2), drew(1, 2), drew(7, 8)], own, own), [true, true, true]);
});

Deno.test("checkStreams() fails when copies differ, own ones repeat, or a rerun differs", () => {
  assertEquals(holds(2, own, own, own)[0], false);
  assertEquals(holds(2, own, [drew(1, 2), drew(1, 2)], own)[1], false);
  assertEquals(holds(2, own, own, own.toReversed())[2], false);
});
