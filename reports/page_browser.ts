/**
 * Open pages in headless Chromium with the network off, and tell what a reader would see: a program
 * of its own, since the browser's driver reads files that Deno lets nobody read under less than
 * `--allow-all`.
 *
 * @module
 */
import { toFileUrl } from "@std/path";
import { chromium, type Page } from "npm:playwright-core@1.65.1";

/** What was seen of a page. */
export interface Seen {
  /** Number of charts in the page. */
  charts: number;
  /** Number of charts with something drawn, on the screen. */
  drawn: number;
  /** The same on paper. */
  printed: number;
  /** Whether the page is wider than its window. */
  tooWide: boolean;
  /** Lines in the console, errors, and requests for anything outside of the file. */
  problems: string[];
}

/** Where Debian keeps the browser. */
const CHROMIUM = "/usr/bin/chromium";

/** Runs in the page, as text, since its names are the browser's. */
const inspect = `(() => {
  const canvases = [...document.querySelectorAll("canvas")];
  const drawn = canvases.filter((canvas) => {
    // A copy is read, since reading the canvas itself makes the browser advise against it.
    const { width, height } = canvas;
    const copy = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
    copy.drawImage(canvas, 0, 0);
    const { data } = copy.getImageData(0, 0, width, height);
    const colours = new Set(new Uint32Array(data.buffer));
    return width > 200 && colours.size > 20;
  });
  const tooWide = document.documentElement.scrollWidth > innerWidth;
  return { charts: canvases.length, drawn: drawn.length, tooWide };
})()` as unknown as () => Pick<Seen, "charts" | "drawn" | "tooWide">;

if (import.meta.main) {
  const [colorScheme, width, ...files] = Deno.args;
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
  });
  try {
    const context = await browser.newContext({
      colorScheme: colorScheme as "light" | "dark",
      offline: true,
      viewport: { width: Number(width), height: 900 },
    });
    const seen: Seen[] = [];
    for (const file of files) seen.push(await look(await context.newPage(), file));
    console.log(JSON.stringify(seen));
  } finally {
    await browser.close();
  }
}

async function look(page: Page, file: string): Promise<Seen> {
  const problems: string[] = [];
  page.on("console", (message) => problems.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("request", (request) => {
    if (!/^(file|data):/.test(request.url())) problems.push(`request: ${request.url()}`);
  });
  await page.goto(toFileUrl(file).href);
  const { charts, drawn, tooWide } = await page.evaluate(inspect);
  await page.emulateMedia({ media: "print" });
  const printed = (await page.evaluate(inspect)).drawn;
  return { charts, drawn, printed, tooWide, problems };
}
