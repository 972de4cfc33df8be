import { assertEquals } from "@std/assert";
import { checkNews } from "./daemon_processes.ts";

const before = ["the program reached its last line", "the daemon was cut off"];
const after = ["the other finished its work"];
const holds = (...args: Parameters<typeof checkNews>) =>
  checkNews(...args).map((check) => check.holds);

Deno.test("checkNews() holds when the daemon is cut off and the other one waited for", () => {
  assertEquals(holds(before, true, after, 0), [true, true, true, true]);
});

Deno.test("checkNews() fails when the daemon lives on", () => {
  assertEquals(holds([before[0]!, "the other finished its work"], true, after, 0)[0], false);
});

Deno.test("checkNews() fails when the program does not wait, or the other one is cut off", () => {
  assertEquals(holds(before, false, after, 0)[1], false);
  assertEquals(holds(before, true, ["the other was cut off"], 0)[2], false);
  assertEquals(holds(before, true, after, 1)[3], false);
});
