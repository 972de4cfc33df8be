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

Deno.test("wrap() does not break code between backticks, and copes with a lone one", () => {
  const code = "`a += 1; b += 2`";
  assert(wrap("x ".repeat(35) + code + ".", "").includes(code + "."));
  assertEquals(wrap("it`s one", ""), ["it`s one"]);
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

Deno.test("table() breaks the texts of the widest column when it is too wide", () => {
  const rows = [[1, "0 1 2 ".repeat(30)], [2, "short"], [3, "x".repeat(100)]];
  const lines = table({ columns: ["n", "order"], rows });
  assert(lines.every((line) => line.length <= width));
  const words = lines.slice(2).join(" ").split(/\s+/).filter((word) => /^[012]$/.test(word));
  assertEquals(words.length, 3 * 30 + 2, "nothing is left out");
  assert(lines.some((line) => line === "  2  short"));
  assertEquals(lines.join("").match(/x/g)!.length, 100);
});
