/**
 * Read a lecture in headless Chromium as a student would: by the keyboard, then on paper. A program of
 * its own, since the browser's driver reads files that Deno lets nobody read under less than
 * `--allow-all`.
 *
 * @module
 */
import { type Browser, evaluate, main, open, type Page } from "@polycore/reports/testing/browser";

/** What a student saw. */
export interface Read {
  /** The id that the skip link leads to. */
  skippedTo: string;
  /** Whether the answer of the first exercise is seen, before and after it is opened. */
  answer: [before: boolean, after: boolean];
  /** Whether the first picture of a recording is seen, before and after it is opened. */
  trace: [before: boolean, after: boolean];
  /** What is in the field of the prediction after typing, and after loading the page anew. */
  prediction: [typed: string, later: string];
  /** How many details are closed on paper. */
  closedOnPaper: number;
  /** How many programs are cut off on paper. */
  cutOnPaper: number;
  /** Lines in the console, and errors. */
  problems: string[];
}

if (import.meta.main) await main(read);

async function read(
  browser: Browser,
  colorScheme: "light" | "dark",
  width: number,
  file: string,
  shot: string,
): Promise<Read> {
  const { page, problems } = await open(browser, file, { colorScheme, width });
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  const skippedTo = await page.locator(":focus").getAttribute("id") ?? "";

  const field = page.locator("textarea").first();
  await field.fill("half of them");
  const typed = await field.inputValue();

  const answer = await opened(page, ".exercise .details .body", ".exercise summary");
  const trace = await opened(
    page,
    "article .trace-figure svg",
    "article:has(.trace-figure) > .details summary",
  );
  await page.locator("article .trace-figure svg").first().scrollIntoViewIfNeeded();
  await page.screenshot({ path: `${shot}-trace.png` });

  await page.emulateMedia({ media: "print" });
  // The page hears of it in a later turn.
  await evaluate(
    page,
    "new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0, 0)))",
  );
  const closedOnPaper = await page.locator("main details:not([open])").count();
  const cutOnPaper = await evaluate<number>(
    page,
    `[...document.querySelectorAll("pre")].filter((pre) =>
      pre.scrollWidth > pre.clientWidth + 1 || pre.checkVisibility() === false).length`,
  );
  await page.pdf({ path: `${shot}.pdf`, format: "A4" });
  await page.emulateMedia({ media: "screen" });
  await page.reload();
  const later = await field.inputValue();
  return {
    skippedTo,
    answer,
    trace,
    prediction: [typed, later],
    closedOnPaper,
    cutOnPaper,
    problems,
  };
}

/** Whether something is seen before and after a summary is opened by the keyboard. */
async function opened(page: Page, what: string, summary: string): Promise<[boolean, boolean]> {
  const [thing, handle] = [page.locator(what).first(), page.locator(summary).first()];
  const before = await thing.isVisible();
  await handle.focus();
  await page.keyboard.press("Enter");
  return [before, await thing.isVisible()];
}
