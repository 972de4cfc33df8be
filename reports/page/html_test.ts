import { assertEquals } from "@std/assert";
import { html, jsonForScript } from "./html.ts";

Deno.test("html escapes text, keeps HTML, joins lists and drops null", () => {
  const bold = html`<b>${'a < "b" & c'}</b>`;
  assertEquals(bold.text, "<b>a &lt; &quot;b&quot; &amp; c</b>");
  assertEquals(html`<p>${[bold, 1, null]}</p>`.text, `<p>${bold.text}1</p>`);
});

Deno.test("jsonForScript() cannot end its element and is still the same JSON", () => {
  const value = { host: "</script><script>alert(1)</script><!--" };
  const { text } = jsonForScript(value);
  assertEquals(text.includes("<"), false);
  assertEquals(JSON.parse(text), value);
});
