import { hasBrowser, inBrowser } from "@polycore/reports/testing";
import { assertEquals } from "@std/assert";
import { fromFileUrl, join } from "@std/path";
import type { Read } from "./page_browser.ts";
import { renderLecture } from "./render.ts";
import { broken, chunks, entry, hostile, lecture } from "./testing/made_up.ts";

const missing = !hasBrowser("the lecture");

const programOf = (path: string) => fromFileUrl(new URL(path, import.meta.url));

/** Let a test work on the page of a lecture in a folder of its own. */
async function withPage(test: (page: string, folder: string) => Promise<void>): Promise<void> {
  const folder = Deno.makeTempDirSync();
  try {
    const page = join(folder, "lecture.html");
    const long = `const long = "${"word ".repeat(60)}";\n`;
    const word = "x".repeat(300);
    const { outcome, lesson } = entry();
    const wide = entry({
      code: long + entry().code,
      question: word,
      ran: [word, hostile],
      lesson: { ...lesson!, predict: `\`${word}\``, beyond: `- ${word}` },
      outcome: { ...outcome!, answer: [word, ...outcome!.answer], why: word, found: word },
    });
    Deno.writeTextFileSync(page, renderLecture(lecture(wide, chunks, broken)));
    await test(page, folder);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

for (const [scheme, width] of [["light", "1280"], ["dark", "360"]] as const) {
  Deno.test({
    name: `the lecture opens offline, ${scheme}, ${width} wide: charts drawn, no fault, no message`,
    ignore: missing,
    fn: () =>
      withPage(async (page, folder) => {
        const program = programOf("../../reports/page_browser.ts");
        const [seen] = await inBrowser<unknown[]>(program, scheme, width, folder, page);
        // Two charts, which are folded away at first; paper shows what is open.
        assertEquals(seen, {
          charts: 2,
          first: 0,
          opened: 2,
          printed: 2,
          tooWide: false,
          dark: { screen: scheme === "dark", paper: false },
          saved: null,
          faults: [],
          problems: [],
        });
      }),
  });
}

Deno.test({
  name: "a student skips to the contents, predicts, opens an answer and a picture, and prints all",
  ignore: missing,
  fn: () =>
    withPage(async (page, folder) => {
      const program = programOf("./page_browser.ts");
      const [read] = await inBrowser<Read[]>(program, "light", "1280", folder, page);
      assertEquals(read, {
        skippedTo: "contents",
        answer: [false, true],
        trace: [false, true],
        prediction: ["half of them", ""],
        closedOnPaper: 0,
        cutOnPaper: 0,
        problems: [],
      });
    }),
});
