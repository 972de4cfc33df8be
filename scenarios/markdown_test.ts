import { assert, assertEquals } from "@std/assert";
import { width } from "./layout.ts";
import { markdown } from "./markdown.ts";

Deno.test("markdown() joins the lines of a paragraph and wraps them anew", () => {
  const lines = markdown(`${"word ".repeat(15)}\n${"word ".repeat(15)}\n\nnext\none`);
  assert(lines.every((line) => line.length <= width));
  assertEquals(lines.slice(-2), ["", "  next one"]);
  assertEquals(lines.join(" ").split(/\s+/).filter((word) => word === "word").length, 30);
});

Deno.test("markdown() keeps fences as they are, and indents them", () => {
  assertEquals(markdown("Do:\n\n```ts ignore\nif (a) {\n  - b;\n\n}\n```\n\nEnd."), [
    "  Do:",
    "",
    "    if (a) {",
    "      - b;",
    "",
    "    }",
    "",
    "  End.",
  ]);
});

Deno.test("markdown() hangs the items of a list", () => {
  const lines = markdown(`- ${"word ".repeat(20)}\n- two\n\n1. one`);
  assert(lines[0]!.startsWith("  - word") && lines[1]!.startsWith("    word"));
  assertEquals(lines.slice(2), ["  - two", "", "  1. one"]);
});

Deno.test("markdown() does not break code", () => {
  const code = "`counter.value += 1; counter.value += 2`";
  const lines = markdown(`${"word ".repeat(12)}${code}, and so on`);
  assertEquals(lines.filter((line) => line.includes(`${code},`)).length, 1);
});
