import { assertEquals } from "@std/assert";
import { checkPhases, type Run } from "./barrier.ts";

const open: Run = {
  passed: 1,
  results: [{ i: 0, turn: undefined, missing: 0 }, { i: 1, turn: undefined, missing: 1 }],
};
const walled: Run = {
  passed: 0,
  results: [{ i: 0, turn: 1, missing: 0 }, { i: 1, turn: 0, missing: 0 }],
};
const holds = (a: Run, b: Run) => checkPhases(2, a, b).map((check) => check.holds);

Deno.test("checkPhases() holds when only the barrier keeps the phases apart", () => {
  assertEquals(holds(open, walled), [true, true, true, true]);
});

Deno.test("checkPhases() fails when the fault does not show", () => {
  assertEquals(holds(walled, walled)[0], false);
});

Deno.test("checkPhases() fails when somebody passes the barrier too early", () => {
  assertEquals(holds(open, { ...walled, passed: 1 })[1], false);
  assertEquals(holds(open, { ...walled, results: open.results })[2], false);
});

Deno.test("checkPhases() fails when two get the same number", () => {
  const results = walled.results.map((result) => ({ ...result, turn: 0 }));
  assertEquals(holds(open, { ...walled, results })[3], false);
});
