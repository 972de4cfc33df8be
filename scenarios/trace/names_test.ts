import { assertEquals } from "@std/assert";
import { byName, withUniqueNames } from "./names.ts";

Deno.test("withUniqueNames() numbers the copies of a name", () => {
  const objects = ["lock A", "lock B", "lock A", "lock A"].map((name) => ({ kind: "Lock", name }));
  const trace = { threads: [], objects, events: [], lost: 0, nsPerEvent: 0 };
  assertEquals(withUniqueNames(trace).objects.map(({ name }) => name), [
    "lock A",
    "lock B",
    "lock A (2)",
    "lock A (3)",
  ]);
});

Deno.test("byName() counts, and has the copies behind", () => {
  const names = ["fork 10", "fork 2", "fork 1 (2)", "fork 1", "fork 2 (2)"];
  assertEquals(names.sort(byName), ["fork 1", "fork 2", "fork 10", "fork 1 (2)", "fork 2 (2)"]);
});
