import { assertEquals } from "@std/assert";
import { checkCounts } from "./bag_of_words.ts";

const serial = new Map([["to", 2], ["be", 1]]);
const holds = (counts: [string, number][]) =>
  checkCounts(serial, [["A way", new Map(counts)]]).map((check) => check.holds);

Deno.test("checkCounts() holds when every count is the same, in any order", () => {
  assertEquals(holds([["be", 1], ["to", 2]]), [true, true]);
});

Deno.test("checkCounts() fails when an update or a word is lost, or one is too many", () => {
  assertEquals(holds([["be", 1], ["to", 1]])[1], false);
  assertEquals(holds([["to", 2]])[1], false);
  assertEquals(holds([["be", 1], ["to", 2], ["or", 1]])[1], false);
});

Deno.test("checkCounts() fails when there is no word at all", () => {
  assertEquals(checkCounts(new Map(), [["A way", new Map()]])[0]!.holds, false);
});
