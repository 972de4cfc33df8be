import { assert, assertEquals } from "@std/assert";
import { fromFileUrl, join } from "@std/path";
import type { Read } from "./page_browser.ts";
import { renderLecture } from "./render.ts";
import { broken, chunks, entry, hostile, lecture } from "./testing/made_up.ts";

/** Where Debian keeps the browser. */
const CHROMIUM = "/usr/bin/chromium";

const missing = !exists(CHROMIUM);
if (missing) {
  console.log(`The tests of the lecture in a browser are skipped: there is no ${CHROMIUM}.`);
}

/** Run a browser program, which needs all permissions, and read the JSON that it prints. */
async function browse<T>(program: URL, ...args: string[]): Promise<T> {
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--allow-all", fromFileUrl(program), ...args],
  }).output();
  const text = new TextDecoder().decode(stdout);
  assert(/^[[{]/.test(text), new TextDecoder().decode(stderr));
  return JSON.parse(text);
}

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
        const program = new URL("../../reports/page_browser.ts", import.meta.url);
        const [seen] = await browse<unknown[]>(program, scheme, width, folder, page);
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
      const program = new URL("./page_browser.ts", import.meta.url);
      const read = await browse<Read>(program, page, "1280", join(folder, "shot"));
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

function exists(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}
