/**
 * Open pages in headless Chromium with the network off, and tell what a reader would see: a program
 * of its own, since the browser's driver reads files that Deno lets nobody read under less than
 * `--allow-all`.
 *
 * @module
 */
import { type Browser, evaluate, faultsOf, main, open, type Page } from "./testing/browser.ts";

/** What was seen of a page. */
export interface Seen {
  /** Number of charts in the page. */
  charts: number;
  /** Number of charts with something drawn before anything was opened. */
  first: number;
  /** The same when all details are open. */
  opened: number;
  /** The same on paper. */
  printed: number;
  /** Whether the page was ever wider than its window. */
  tooWide: boolean;
  /** Whether the background is dark, on the screen and on paper. */
  dark: { screen: boolean; paper: boolean };
  /** What the buttons save; `null` where there are none. */
  saved: { json: string; csv: string } | null;
  /** Serious and critical faults for those who cannot see, hear or point well. */
  faults: string[];
  /** Lines in the console, errors, and requests for anything outside of the file. */
  problems: string[];
}

/** Runs in the page, as text, since its names are the browser's. */
const inspect = `(() => {
  const canvases = [...document.querySelectorAll("canvas")];
  const drawn = canvases.filter((canvas) => {
    // A copy is read, since reading the canvas itself makes the browser advise against it.
    const { width, height } = canvas;
    const copy = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
    if (!canvas.checkVisibility()) return false;
    copy.drawImage(canvas, 0, 0);
    const { data } = copy.getImageData(0, 0, width, height);
    const colours = new Set(new Uint32Array(data.buffer));
    return width > 200 && colours.size > 20;
  });
  const tooWide = document.documentElement.scrollWidth > innerWidth;
  const [red] = getComputedStyle(document.body).backgroundColor.match(/[\\d.]+/g);
  const clear = getComputedStyle(document.body).backgroundColor === "rgba(0, 0, 0, 0)";
  return { charts: canvases.length, drawn: drawn.length, tooWide, dark: !clear && red < 60 };
})()`;

interface Inspected {
  charts: number;
  drawn: number;
  tooWide: boolean;
  dark: boolean;
}

const look = (page: Page) => evaluate<Inspected>(page, inspect);

if (import.meta.main) await main(see);

async function see(
  browser: Browser,
  colorScheme: "light" | "dark",
  width: number,
  file: string,
  shot: string,
): Promise<Seen> {
  const { page, context, problems } = await open(browser, file, { colorScheme, width });
  const first = await look(page);
  await page.screenshot({ path: `${shot}.png` });
  await openAll(page);
  const opened = await look(page);
  const faults = await faultsOf(page);
  await page.screenshot({ path: `${shot}-opened.png` });
  const saved = await page.$("#save-json")
    ? { json: await save(page, "#save-json"), csv: await save(page, "#save-csv") }
    : null;
  await page.emulateMedia({ media: "print" });
  const printed = await look(page);
  await page.screenshot({ path: `${shot}-print.png` });
  await context.close();
  return {
    charts: first.charts,
    first: first.drawn,
    opened: opened.drawn,
    printed: printed.drawn,
    tooWide: first.tooWide || opened.tooWide,
    dark: { screen: first.dark, paper: printed.dark },
    saved,
    faults,
    problems,
  };
}

/** By the keyboard where there is a button for it, as a reader would. */
async function openAll(page: Page): Promise<void> {
  const button = await page.$("#open-all");
  if (button) {
    await button.focus();
    await page.keyboard.press("Enter");
  }
  // Whoever opens a detail hears of it in a later turn.
  await evaluate(
    page,
    "new Promise((done) => requestAnimationFrame(() => setTimeout(done)))",
  );
}

async function save(page: Page, button: string): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent("download"), page.click(button)]);
  return await Deno.readTextFile(await download.path());
}
