import { assertEquals } from "@std/assert";
import { lesson } from "./texts.ts";

Deno.test("lesson() gives the parts between the marks, one empty line apart", () => {
  const source = "import x;\n// #region lesson\na();\n// #endregion\nrest();\n" +
    "    // #region lesson\n    b();\n    // #endregion\n";
  assertEquals(lesson(source), "a();\n\n    b();");
  assertEquals(lesson("nothing"), "");
});
