/**
 * Headless Chromium with the network off. For programs that run under `--allow-all`, see `mod.ts`.
 *
 * @module
 */
import { basename, join, toFileUrl } from "@std/path";
import axe from "npm:axe-core@4.14.1";
import { type Browser, type BrowserContext, chromium, type Page } from "npm:playwright-core@1.65.1";
import { CHROMIUM } from "./mod.ts";

export type { Browser, Page };

/** What a page is opened with. */
export interface OpenOptions {
  /** What the reader likes. */
  colorScheme: "light" | "dark";
  /** The width of the window. */
  width: number;
}

/** A page that was opened. */
export interface Opened {
  /** The page. */
  page: Page;
  /** Its window; close it in the end. */
  context: BrowserContext;
  /** Lines in the console, errors, and requests for anything outside of the file. */
  problems: string[];
}

/** Look at one page; screenshots go to files whose names begin with `shot`. */
export type See<T> = (
  browser: Browser,
  colorScheme: "light" | "dark",
  width: number,
  file: string,
  shot: string,
) => Promise<T>;

/** The program of a test: look at the files that the command line names, and print what was seen. */
export async function main<T>(see: See<T>): Promise<void> {
  const [colorScheme, width, shots, ...files] = Deno.args;
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
  });
  try {
    const seen: T[] = [];
    for (const file of files) {
      const shot = join(shots!, `${basename(file, ".html")}-${colorScheme}-${width}`);
      seen.push(await see(browser, colorScheme as "light" | "dark", Number(width), file, shot));
    }
    console.log(JSON.stringify(seen));
  } finally {
    await browser.close();
  }
}

/** Open a file. */
export async function open(
  browser: Browser,
  file: string,
  { colorScheme, width }: OpenOptions,
): Promise<Opened> {
  const viewport = { width, height: 900 };
  const context = await browser.newContext({ colorScheme, offline: true, viewport });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on("console", (message) => problems.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("request", (request) => {
    if (!/^(file|data|blob):/.test(request.url())) problems.push(`request: ${request.url()}`);
  });
  await page.goto(toFileUrl(file).href);
  return { page, context, problems };
}

/** Run a script in the page; it is text, since its names are the browser's. */
export function evaluate<T>(page: Page, script: string): Promise<T> {
  return page.evaluate(script as unknown as () => T);
}

/** Serious and critical faults for those who cannot see, hear or point well. */
export async function faultsOf(page: Page): Promise<string[]> {
  await evaluate(page, axe.source);
  const found = await evaluate<{ id: string; impact: string; where: string }[]>(
    page,
    `axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) =>
      violations.map(({ id, impact, nodes }) => ({ id, impact, where: nodes[0].html })))`,
  );
  return found.filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, where }) => `${id}: ${where.slice(0, 200)}`);
}
