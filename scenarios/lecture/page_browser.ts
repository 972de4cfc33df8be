/**
 * Read a lecture in headless Chromium as a student would: by the keyboard, then on paper. A program of
 * its own, since the browser's driver reads files that Deno lets nobody read under less than
 * `--allow-all`.
 *
 * @module
 */
import { toFileUrl } from "@std/path";
import { chromium, type Page } from "npm:playwright-core@1.65.1";

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

const [file, width, shots] = Deno.args;

if (import.meta.main) {
  const browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
  });
  try {
    const viewport = { width: Number(width), height: 900 };
    const context = await browser.newContext({ offline: true, viewport });
    console.log(JSON.stringify(await read(await context.newPage())));
  } finally {
    await browser.close();
  }
}

async function read(page: Page): Promise<Read> {
  const problems: string[] = [];
  page.on("console", (message) => problems.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => problems.push(error.message));
  await page.goto(toFileUrl(file).href);
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
  await page.screenshot({ path: `${shots}-trace.png` });

  await page.emulateMedia({ media: "print" });
  // The page hears of it in a later turn.
  await count(page, "new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0, 0)))");
  const closedOnPaper = await page.locator("main details:not([open])").count();
  const cutOnPaper = await count(
    page,
    `[...document.querySelectorAll("pre")].filter((pre) =>
      pre.scrollWidth > pre.clientWidth + 1 || pre.checkVisibility() === false).length`,
  );
  await page.pdf({ path: `${shots}.pdf`, format: "A4" });
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

/** Evaluate text in the page, since its names are the browser's. */
function count(page: Page, expression: string): Promise<number> {
  return page.evaluate(expression as unknown as () => number);
}
