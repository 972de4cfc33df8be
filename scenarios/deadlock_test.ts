import { assertEquals } from "@std/assert";
import { checkDeadlock } from "./deadlock.ts";

const both = (who: string) => ({ who, what: "had both locks" as const });
const told = (message: string) => ({ who: "P2", what: "deadlock" as const, message });
const message = "P1 holds lock A and waits for lock B; P2 holds lock B and waits for lock A";
const ordered = [both("P1"), both("P2")];
const holds = (...args: Parameters<typeof checkDeadlock>) =>
  checkDeadlock(...args).map((check) => check.holds);

Deno.test("checkDeadlock() holds when one is told and the other goes on", () => {
  assertEquals(holds(2, [told(message), both("P1")], ordered), [true, true, true, true]);
});

Deno.test("checkDeadlock() fails when no deadlock happened", () => {
  assertEquals(holds(2, ordered, ordered).slice(0, 2), [false, false]);
});

Deno.test("checkDeadlock() fails when the message leaves somebody out", () => {
  assertEquals(holds(2, [told("P1 waits"), both("P1")], ordered)[1], false);
});

Deno.test("checkDeadlock() fails when nobody or somebody stays stuck", () => {
  assertEquals(holds(2, [told(message), told(message)], ordered)[2], false);
  assertEquals(holds(2, [told(message), both("P1")], [both("P1")])[3], false);
});
