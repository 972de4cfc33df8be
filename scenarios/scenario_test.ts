import { assertEquals } from "@std/assert";
import { besideSlide } from "./scenario.ts";

Deno.test("besideSlide() gives the ratio where both figures are there and of the same work", () => {
  const { columns, rows } = besideSlide([
    ["time, s", 4, 1],
    ["of less work, s", 4, 1, false],
    ["never on the slide", 0, 1],
    ["not here", 2, null],
    ["not there", null, 2],
  ]);
  assertEquals(columns.at(-1), "here / slide");
  assertEquals(rows.map((row) => row.at(-1)), [0.25, null, null, null, null]);
  assertEquals(rows[1], ["of less work, s", 4, 1, null]);
});
