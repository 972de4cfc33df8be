import { assertEquals, assertStringIncludes } from "@std/assert";
import { code, languageOf, listing } from "./code.ts";
import { hostile } from "./testing/made_up.ts";

/** The text that a reader sees. */
const seen = (html: string) =>
  html.replace(/<[^>]+>/g, "").replaceAll("&lt;", "<").replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"').replaceAll("&#x27;", "'").replaceAll("&amp;", "&");

Deno.test("a program is coloured, and its text is all there", () => {
  const source = "/** Two\nlines. */\nconst a = `${1 < 2}\n`; // <- why\n\nlet b;";
  const { text } = code(source, "ts");
  assertStringIncludes(text, '<span class="hljs-keyword">const</span>');
  assertEquals(seen(text), `${source}\n`);
});

Deno.test("a colour that goes on over lines is closed in each, so that a line can be marked", () => {
  const { text } = code("a = '''x\n# <- y\nz'''", "python");
  const lines = text.split(/(?<=\n<\/(?:span|mark)>)/);
  assertEquals(lines.length, 3);
  for (const line of lines) {
    assertEquals(line.split("</span>").length, line.split("<span").length, line);
  }
});

Deno.test("a line is marked by its comment, in any language", () => {
  assertEquals(code("a\nb // <- c", "").text, "<span>a\n</span><mark>b // &lt;- c\n</mark>");
  assertEquals(code("a <- b", "").text, "<span>a &lt;- b\n</span>");
});

Deno.test("a line that is too long goes on below its own beginning", () => {
  const { text } = code("a\n    b\n     c\n\n" + " ".repeat(40) + "d", "");
  const classes = [...text.matchAll(/<span([^>]*)>/g)].map(([, name]) => name);
  assertEquals(classes, ["", ' class="i4"', ' class="i4"', "", ' class="i16"']);
});

Deno.test("a program is text, whatever it holds", () => {
  for (const language of ["ts", "python", "sh", ""] as const) {
    const { text } = listing(hostile, hostile, language);
    assertEquals(/<(script|img)/.test(text), false, language);
    assertEquals(seen(/<code>([^]*)<\/code>/.exec(text)![1]), `${hostile}\n`);
  }
});

Deno.test("an unknown language has no colours", () => {
  assertEquals(["typescript", "py", "ts", "c", ""].map(languageOf), ["ts", "python", "ts", "", ""]);
});
