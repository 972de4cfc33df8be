import { assert, assertEquals } from "@std/assert";
import { number, table, width, wrap } from "./layout.ts";

Deno.test("wrap() breaks at the width and indents", () => {
  const lines = wrap("word ".repeat(40));
  assert(lines.length > 1);
  assert(lines.every((line) => line.length <= width && line.startsWith("  word")));
  assertEquals(lines.join(" ").split(/\s+/).filter((word) => word === "word").length, 40);
});

Deno.test("wrap() keeps line breaks and words that are too long", () => {
  assertEquals(wrap("a\nb", ""), ["a", "b"]);
  assertEquals(wrap(`a ${"x".repeat(90)}`, ""), ["a", "x".repeat(90)]);
});

Deno.test("number() groups and keeps the digits that matter", () => {
  assertEquals([1234567, 1234.5, 99.95, 3.14159, 0.01234, 0].map(number), [
    "1,234,567",
    "1,235",
    "100.0",
    "3.14",
    "0.012",
    "0",
  ]);
  assertEquals(number(NaN), "NaN");
});

Deno.test("table() puts numbers to the right and text to the left", () => {
  const rows = [["a", 5], ["long", 1000], ["b", null]];
  assertEquals(table({ columns: ["x", "n"], rows }, ""), [
    "x         n",
    "----  -----",
    "a         5",
    "long  1,000",
    "b         -",
  ]);
});

Deno.test("table() cuts the widest column when it is too wide", () => {
  const lines = table({ columns: ["n", "order"], rows: [[1, "0 1 2 ".repeat(30)], [2, "short"]] });
  assert(lines.every((line) => line.length <= width));
  assert(lines[2]!.endsWith("..."));
  assert(lines[3]!.endsWith("short"));
});
