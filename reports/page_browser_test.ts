import { assertEquals } from "@std/assert";
import { join, toFileUrl } from "@std/path";
import { chromium, type Page } from "npm:playwright-core@1.65.1";
import { saveReport } from "./store.ts";
import { syntheticReport } from "./synthetic_report.ts";

const CHROMIUM = "/usr/bin/chromium";
const missing = !exists(CHROMIUM);
if (missing) {
  console.log(`The tests of the page in a browser are skipped: there is no ${CHROMIUM}.`);
}

Deno.test({
  name: "the page draws every chart with the network off, and no console error",
  ignore: missing,
  // The browser's driver keeps timers and pipes of its own until the program ends.
  sanitizeOps: false,
  sanitizeResources: false,
  async fn(t) {
    const folder = Deno.makeTempDirSync();
    const browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
    });
    try {
      const machines = [[1, [1]], [2, [1, 2, 4]], [16, [1, 2, 4, 8, 16]]] as const;
      for (const [cores, workers] of machines) {
        for (const [colorScheme, width] of [["light", 1280], ["dark", 390]] as const) {
          await t.step(`${cores} cores, ${colorScheme}, ${width} pixels wide`, async () => {
            const report = syntheticReport(cores, [...workers], { host: `node-${cores}` });
            const { html } = saveReport(folder, report);
            const context = await browser.newContext({
              colorScheme,
              offline: true,
              viewport: { width, height: 900 },
            });
            const page = await context.newPage();
            const problems = watch(page);
            await page.goto(toFileUrl(html).href);
            // 3 charts a kernel and the published one; one worker alone has only its time.
            const charts = cores === 1 ? 3 : 7;
            assertEquals(await page.evaluate(inspect), { charts, drawn: charts, tooWide: false });
            await page.emulateMedia({ media: "print" });
            assertEquals((await page.evaluate(inspect)).drawn, charts);
            await page.goto(toFileUrl(join(folder, "index.html")).href);
            assertEquals(problems, []);
            await context.close();
          });
        }
      }
    } finally {
      await browser.close();
      Deno.removeSync(folder, { recursive: true });
    }
  },
});

/**
 * Collect whatever a reader's console would show, and every request for something outside the file.
 */
function watch(page: Page): string[] {
  const problems: string[] = [];
  page.on("console", (message) => problems.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("request", (request) => {
    if (!/^(file|data):/.test(request.url())) problems.push(`request: ${request.url()}`);
  });
  return problems;
}

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
})()` as unknown as () => { charts: number; drawn: number; tooWide: boolean };

function exists(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}
