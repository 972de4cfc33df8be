/**
 * Looking at pages in a real browser, for tests that may do less than a browser needs.
 *
 * @module
 */

/** Where Debian keeps the browser. */
export const CHROMIUM = "/usr/bin/chromium";

/** Whether the browser is there; if not, a line says what is skipped. */
export function hasBrowser(what: string): boolean {
  try {
    if (Deno.statSync(CHROMIUM).isFile) return true;
  } catch {
    // The line below says it.
  }
  console.log(`The tests of ${what} in a browser are skipped: there is no ${CHROMIUM}.`);
  return false;
}

/**
 * Run a program that opens pages; it prints what it saw as JSON. It is a program of its own, since the
 * browser's driver reads files that Deno lets nobody read under less than `--allow-all`.
 *
 * @param program The program.
 * @param args Its words.
 * @returns What it saw.
 * @throws {Error} If it printed none; the message is what it complained of.
 */
export async function inBrowser<T>(program: string, ...args: string[]): Promise<T> {
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--allow-all", program, ...args],
  }).output();
  const text = new TextDecoder().decode(stdout);
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`${program} saw nothing: ${new TextDecoder().decode(stderr)}${text}`);
  }
}
