import { assertEquals, assertStringIncludes } from "@std/assert";
import { markdown } from "./markdown.ts";
import { hostile } from "./testing/made_up.ts";

Deno.test("paragraphs, lists and fences become elements", () => {
  const { text } = markdown("One *two* `a < b`.\n\n- x\n- y\n\n```ts ignore\nlet a = 1;\n```");
  assertStringIncludes(text, "<p>One <em>two</em> <code>a &lt; b</code>.</p>");
  assertStringIncludes(text, "<li>y</li>");
  assertStringIncludes(text, '<span class="hljs-keyword">let</span>');
});

Deno.test("HTML is shown as the text that it is", () => {
  for (const words of [hostile, `a ${hostile} b`, `- ${hostile}`, `## ${hostile}`]) {
    assertEquals(/<(script|img)/.test(markdown(words).text), false, words);
  }
});

Deno.test("a link leads to the web or into the page, never to a script; a picture is its words", () => {
  assertStringIncludes(
    markdown("[a](https://x.org/?a=1&b=2)").text,
    '"https://x.org/?a=1&amp;b=2"',
  );
  assertEquals(markdown("[a](javascript:alert(1))").text, "<p>a</p>\n");
  assertEquals(markdown('[a](https://x.org/"onclick="b)').text.includes('"onclick'), false);
  assertEquals(markdown("![a](b.png)").text, "<p>a</p>\n");
});

Deno.test("a title stands below those of the page", () => {
  assertEquals(markdown("## a").text, "<h5>a</h5>\n");
});
