import { assertEquals } from "@std/assert";
import { checkOutcomes, outcomeTable, runsOf } from "./outcomes.ts";
import type { Distribution } from "./scenario.ts";

const two: Distribution = {
  of: "two increments",
  runs: 2000,
  seed: 7,
  rows: [
    { outcome: "2", count: 1990, label: "expected", means: "one after the other" },
    { outcome: "1", count: 10, label: "interesting", means: "a lost update" },
    { outcome: "0", count: 0, label: "forbidden", means: "a write that never came" },
  ],
};

const withCount = (row: number, count: number): Distribution => ({
  ...two,
  rows: two.rows.map((old, i) => i === row ? { ...old, count } : old),
});

Deno.test("runsOf() names the runs, and the seed where there is one", () => {
  assertEquals(runsOf(two), "One run: two increments. 2,000 runs, seed 7.");
  assertEquals(runsOf({ of: "x", runs: 5, rows: [] }), "One run: x. 5 runs.");
});

Deno.test("outcomeTable() has a row for each outcome, with its share", () => {
  assertEquals(outcomeTable(two).rows, [
    ["2", 1990, " 99.5 %", "expected", "one after the other"],
    ["1", 10, "  0.5 %", "interesting", "a lost update"],
    ["0", 0, "  0.0 %", "forbidden", "a write that never came"],
  ]);
});

Deno.test("checkOutcomes() fails when a forbidden outcome came", () => {
  assertEquals(checkOutcomes(two).holds, true);
  assertEquals(checkOutcomes({ ...withCount(2, 1), runs: 2001 }), {
    claim: 'No run of "two increments" ends in a forbidden outcome: "0" came 1 times.',
    holds: false,
  });
});

Deno.test("checkOutcomes() fails when a run is in no row, or there was none", () => {
  assertEquals(checkOutcomes(withCount(0, 1989)).holds, false);
  assertEquals(checkOutcomes({ of: "x", runs: 0, rows: [] }).holds, false);
});
