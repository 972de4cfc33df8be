/**
 * Use the page of a recording in headless Chromium as a reader would, with buttons, keys and mouse. A
 * program of its own, since the browser's driver reads files that Deno lets nobody read under less
 * than `--allow-all`.
 *
 * @module
 */
import {
  type Browser,
  evaluate,
  faultsOf,
  main,
  open,
  type Page,
} from "@polycore/reports/testing/browser";

/** What was seen of a page. */
export interface Seen {
  /** Colours in the picture. */
  colours: number;
  /** The length of the view in ms: at first, after the button, the key, the wheel, and in the end. */
  lengths: { first: number; button: number; key: number; wheel: number; back: number };
  /** By how much dragging moved the view, in parts of its length. */
  dragged: number;
  /** What is told of the thing under the mouse, and of the one that the keys chose. */
  told: { mouse: string; keys: string };
  /** What is told when the longest wait is shown. */
  path: string;
  /** What is told after the buttons for a deadlock and a lost update, where they are. */
  marks: { deadlock: string; lost: string };
  /** How long drawing took at the most, in ms. */
  slowest: number;
  /** Whether the page was ever wider than its window. */
  tooWide: boolean;
  /** Whether the background is dark. */
  dark: boolean;
  /** On paper: whether the picture for the screen is gone and the one for paper is there. */
  paper: { canvas: boolean; svg: boolean };
  /** Serious and critical faults for those who cannot see, hear or point well. */
  faults: string[];
  /** Lines in the console, errors, and requests for anything outside of the file. */
  problems: string[];
}

/** Whoever draws does so in the next frame. */
const frame = "new Promise((done) => requestAnimationFrame(() => setTimeout(done)))";

if (import.meta.main) await main(see);

async function length(page: Page): Promise<{ from: number; to: number; length: number }> {
  await evaluate(page, frame);
  const [from, to] = await evaluate<[number, number]>(
    page,
    "(({ from, to }) => [Number(from), Number(to)])(plot.dataset)",
  );
  return { from, to, length: to - from };
}

async function see(
  browser: Browser,
  colorScheme: "light" | "dark",
  width: number,
  file: string,
  shot: string,
): Promise<Seen> {
  const { page, context, problems } = await open(browser, file, { colorScheme, width });
  await evaluate(page, frame);
  await page.screenshot({ path: `${shot}.png`, fullPage: true });
  const first = (await length(page)).length;
  const canvas = page.locator("#plot");
  const { x, y, width: wide } = (await canvas.boundingBox())!;
  const colours = await evaluate<number>(
    page,
    `(() => {
    const { width, height } = plot;
    const copy = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
    copy.drawImage(plot, 0, 0);
    return new Set(new Uint32Array(copy.getImageData(0, 0, width, height).data.buffer)).size;
  })()`,
  );

  await page.click("button[data-do=in]");
  const button = (await length(page)).length;
  await canvas.focus();
  await page.keyboard.press("+");
  const key = await length(page);
  await page.mouse.move(x + wide * 0.6, y + 60);
  await page.mouse.wheel(0, -100);
  const wheel = await length(page);
  await page.mouse.down();
  await page.mouse.move(x + wide * 0.5, y + 60, { steps: 4 });
  await page.mouse.up();
  const after = await length(page);
  await page.keyboard.press("0");
  const back = (await length(page)).length;

  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Shift+ArrowRight");
  const keys = await page.locator("#said").innerText();
  await page.mouse.move(x + wide * 0.62, y + 40);
  const mouse = await page.locator("#tip").innerText();
  await page.screenshot({ path: `${shot}-told.png` });

  const wait = page.locator(".tools button[data-wait]");
  const path = await wait.count() > 0
    ? (await wait.click(), await page.locator("#said").innerText())
    : "";
  await evaluate(page, frame);
  await page.screenshot({ path: `${shot}-path.png` });
  const marks = { deadlock: "", lost: "" };
  for (const mark of ["deadlock", "lost"] as const) {
    const button = page.locator(`button[data-do=${mark}]`);
    if (await button.count() === 0) continue;
    await button.click();
    marks[mark] = await page.locator("#said").innerText();
    await evaluate(page, frame);
    await page.screenshot({ path: `${shot}-${mark}.png` });
  }
  const slowest = await evaluate<number>(
    page,
    `(() => {
    let most = 0;
    for (const share of [1, 0.5, 0.1, 0.01, 0.001]) {
      const { end } = polycoreTrace;
      const view = { from: end * (1 - share) / 2, to: end * (1 + share) / 2, left: 100, wide: innerWidth };
      const start = performance.now();
      polycorePaint.paint(document.createElement("canvas"), view, { chosen: null, path: [] });
      most = Math.max(most, performance.now() - start);
    }
    return most;
  })()`,
  );

  for (const summary of await page.locator("summary").all()) await summary.click();
  const tooWide = await evaluate<boolean>(
    page,
    "document.documentElement.scrollWidth > innerWidth",
  );
  const dark = await evaluate<boolean>(
    page,
    "getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0] < 60",
  );
  const faults = await faultsOf(page);
  await page.screenshot({ path: `${shot}-opened.png`, fullPage: true });
  await page.emulateMedia({ media: "print" });
  const paper = {
    canvas: await canvas.isVisible(),
    svg: await page.locator(".paper svg").first().isVisible(),
  };
  await page.screenshot({ path: `${shot}-print.png`, fullPage: true });
  await context.close();
  return {
    colours,
    lengths: { first, button, key: key.length, wheel: wheel.length, back },
    dragged: (after.from - wheel.from) / wheel.length,
    told: { mouse, keys },
    path,
    marks,
    slowest,
    tooWide,
    dark,
    paper,
    faults,
    problems,
  };
}
