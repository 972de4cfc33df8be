import { assertEquals, assertStringIncludes } from "@std/assert";
import { codeOf, lessonCode, marked, markedLines } from "./source.ts";

Deno.test("lessonCode() gives the parts between the marks, one empty line apart", () => {
  const source = "import x;\n// #region lesson\na();\n// #endregion\nrest();\n" +
    "    // #region lesson\n    b();\n    // #endregion\n";
  assertEquals(lessonCode(source), "a();\n\n    b();");
  assertEquals(lessonCode("nothing"), "");
});

const code = "a();\n\n  b(); // <- why\nc(); // no mark";

Deno.test("markedLines() gives the lines that carry the mark", () => {
  assertEquals(markedLines(code), [3]);
});

Deno.test("markedLines() sees the mark in a script inside of the code", () => {
  assertEquals(markedLines("`export A=1 # <- why\n# <-x`"), [1]);
});

Deno.test("marked() makes those lines heavy, or puts a sign into the margin", () => {
  assertEquals(marked(code), "  a();\n\n>   b(); // <- why\n  c(); // no mark");
  const heavy = (text: string) => `<b>${text}</b>`;
  assertEquals(marked(code, heavy), "a();\n\n<b>  b(); // <- why</b>\nc(); // no mark");
});

Deno.test("codeOf() has the lesson of a module and of those beside it", async () => {
  const code = await codeOf("dining-philosophers");
  assertStringIncludes(code, "const eatOnce = mp.task(");
  assertStringIncludes(code, "\n\n// dining_remedies.ts\n/** Four ways");
  assertEquals(code.includes("export const scenario"), false);
});
