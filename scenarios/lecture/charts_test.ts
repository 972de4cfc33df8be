import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { fileOf, ids } from "../catalogue.ts";
import { chartsOf, draw } from "./charts.ts";
import { pictures } from "./pictures.ts";
import { chunks, entry } from "./testing/made_up.ts";

Deno.test("bars: one for each row, from top to bottom, shares taken from their text", () => {
  const [chart] = chartsOf("race-condition", entry().outcome!);
  assertEquals(chart!.kind, "rows");
  assertEquals(chart!.series.map(({ points }) => points.map(({ x, y }) => [x, y])), [[[40, 0], [
    0,
    -1,
  ]]]);
  assertEquals(chart!.y.ticks.map(({ label }) => label), ["plain", "lock"]);
  assertStringIncludes(chart!.description, "plain: 40");
});

Deno.test("lines: over the numbers that were measured, without those that are missing", () => {
  const picture = { ...pictures["chunk-size"]![0]!, series: [] };
  const series = [{ column: "slide s", name: "slide", role: "published" }] as const;
  const table = chunks.outcome!.answer[0]!;
  assert(typeof table !== "string");
  const chart = draw("c", { ...picture, series }, table)!;
  assertEquals(chart.series[0]!.points.map(({ x, y }) => [x, y]), [[1, 4.2], [100, 1.32]]);
  assertEquals(chart.x.ticks.map(({ label }) => label), ["1", "100"]);
});

Deno.test("a column splits the rows into lines that differ", () => {
  const columns = ["workers", "serial", "s", "speedup", "by the law"];
  const rows = [[1, "0 %", 1, 1, 1], [1, "10 %", 1, 1, 1], [2, "0 %", 1, 2, 2], [
    2,
    "10 %",
    1,
    1.8,
    1.8,
  ]];
  const chart = draw("c", pictures["amdahl"]![0]!, { columns, rows })!;
  assertEquals(chart.series.map(({ name, role, points }) => [name, role, points.length]), [
    ["0 % serial, measured", "pool", 2],
    ["0 % serial, by the law", "ideal", 2],
    ["10 % serial, measured", "serial", 2],
    ["10 % serial, by the law", "amdahl", 2],
  ]);
});

Deno.test("a table without the column, or without numbers, has no chart", () => {
  const [picture] = pictures["race-condition"]!;
  assertEquals(draw("c", picture!, { columns: ["way", "ms"], rows: [["a", 1]] }), null);
  assertEquals(draw("c", picture!, { columns: ["way", "of all"], rows: [["a", "many"]] }), null);
  assertEquals(draw("c", picture!, { columns: ["way", "of all"], rows: [] }), null);
});

Deno.test("every column that is drawn stands in its scenario's module", async () => {
  for (const [id, list] of Object.entries(pictures)) {
    assert(ids.includes(id), id);
    const source = await Deno.readTextFile(fileOf(id));
    const columns = list.flatMap(({ over, series, split }) => [
      ...over,
      ...series.map(({ column }) => column),
      ...split === undefined ? [] : [split],
    ]);
    for (const column of columns) {
      assert(typeof column === "number" || source.includes(`"${column}"`), `${id}: ${column}`);
    }
  }
});
