import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { renderLecture } from "./render.ts";
import { broken, chunks, entry, hostile, lecture } from "./testing/made_up.ts";

Deno.test("the same data gives the same page, byte for byte", () => {
  const make = () => renderLecture(lecture(entry(), chunks, broken));
  assertEquals(make(), make());
});

Deno.test("the contents lead to every scenario by deck, with its result", () => {
  const page = renderLecture(lecture(entry(), chunks, broken));
  const contents = /<nav id="contents"[^]*?<\/nav>/.exec(page)![0];
  const links = [...contents.matchAll(/href="#([^"]+)"/g)].map(([, to]) => to);
  assertEquals(links, ["deck-PNNL", "deadlock", "deck-Duke", "race-condition", "chunk-size"]);
  for (const id of links) assertEquals(page.split(`id="${id}"`).length, 2, id);
  assertEquals([...contents.matchAll(/class="badge (\w+)"/g)].map(([, kind]) => kind), [
    "failed",
    "passed",
    "passed",
  ]);
  assertEquals(contents.includes("lost 40 %"), false, "the contents tell what came out");
});

Deno.test("what came out is folded away, and all of it is there", () => {
  const page = renderLecture(lecture(entry()));
  const [before, after] = page.split("What came out");
  assertEquals(before.includes("lost 40 %"), false);
  for (
    const text of [
      "lost 40 %",
      "plain: 400 lost",
      "Some are lost.",
      "996",
      "interesting",
      "A read, an addition, a write.",
      "44 %",
      "trace-figure",
      "Updates are lost.",
      "A right answer proves nothing.",
      "It is right, by luck.",
    ]
  ) assertStringIncludes(after, text);
});

Deno.test("the line that matters stands out in both programs", () => {
  const page = renderLecture(lecture(entry()));
  const marked = [...page.matchAll(/<mark>([^]*?)<\/mark>/g)].map(([, html]) =>
    html.replace(/<[^>]+>/g, "").replaceAll("&lt;", "<")
  );
  assertEquals(marked, [
    "counter.value += 1  # <- three steps\n",
    "counter.value += 1; // <- a read, an addition, a write\n",
  ]);
});

Deno.test("a scenario that failed says so with its message, above all else", () => {
  const page = renderLecture(lecture(entry(), broken));
  assertStringIncludes(page, "1 of 2 scenarios failed:");
  const [, article] = page.split('<article id="deadlock"');
  assertStringIncludes(article, "did not end within 30 s and was stopped");
  assertStringIncludes(article, "Error: it broke\n    at somewhere");
  assertStringIncludes(article, "it ended before its answer");
  assertEquals(article.split("</article>")[0].includes("trace-figure"), false);
  assertStringIncludes(article, "<span>Next: nowhere</span>");
});

Deno.test("what stands between backticks is code, in every sentence of a scenario", () => {
  const { outcome } = entry();
  const text = "a `b < c` and `d`, but not e` f";
  const said = { answer: [text], why: text, check: [{ claim: text, holds: true }] };
  const page = renderLecture(lecture(entry({ question: text, outcome: { ...outcome!, ...said } })));
  const code = "a <code>b &lt; c</code> and <code>d</code>, but not e` f";
  assertEquals(page.split(code).length, 5);
});

Deno.test("a check that fails is shown as such", () => {
  const { outcome } = entry();
  const check = [{ claim: "It holds not.", holds: false }];
  const page = renderLecture(lecture(entry({ passed: false, outcome: { ...outcome!, check } })));
  assertStringIncludes(
    page,
    '<li class="fails"><strong>FAILS</strong> <span>It holds not.</span></li>',
  );
});

/** The same value with hostile text in each of its texts. */
function poisoned<T>(value: T, key = ""): T {
  if (typeof value === "string") {
    // These are names that the page is built on, or say which colours are meant.
    const kept = ["id", "deck", "next", "createdAt", "label", "kind", "figure"].includes(key);
    return (kept ? value : `${value}${hostile}`) as T;
  }
  if (Array.isArray(value)) return value.map((item) => poisoned(item)) as T;
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, poisoned(v, k)])) as T;
}

Deno.test("no text of the data becomes an element, wherever it stands", () => {
  const clean = renderLecture(lecture(entry(), broken));
  const page = renderLecture(poisoned(lecture(entry(), broken)));
  assert(page.split("alert(").length > 50, "the text came into the page");
  const count = (html: string, tag: string) => html.split(new RegExp(`<${tag}\\b`)).length;
  for (const tag of ["script", "img", "style", "article"]) {
    assertEquals(count(page, tag), count(clean, tag), tag);
  }
  const [, outside] = /^([^]*?)<script type="application\/json"/.exec(page)!;
  const unquoted = outside.replace(/"[^"]*"/g, '""');
  assertEquals(/<[^>]*\son\w+=/.test(unquoted), false);
});

Deno.test("the page's policy lets in its own scripts and styles and nothing else", async () => {
  const page = renderLecture(lecture(entry()));
  const policy = /Content-Security-Policy" content="([^"]+)"/.exec(page)![1];
  assertStringIncludes(policy, "default-src 'none'");
  const bodies = [...page.matchAll(/<(script|style)>([^]*?)<\/\1>/g)].map(([, , text]) => text);
  assertEquals(bodies.length, 6);
  for (const text of bodies) {
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
    assertStringIncludes(policy, `sha256-${new Uint8Array(digest).toBase64()}`);
  }
  assertEquals(/<[^>]+ style=/.test(page.replace(/<script[^]*?<\/script>/g, "")), false);
});
