import { assertEquals } from "@std/assert";
import { fromFileUrl, join } from "@std/path";
import type { Seen } from "./page_browser.ts";
import { saveReport } from "./store.ts";
import { syntheticReport } from "./synthetic_report.ts";

/** Where Debian keeps the browser. */
const CHROMIUM = "/usr/bin/chromium";

const missing = !exists(CHROMIUM);
if (missing) {
  console.log(`The tests of the page in a browser are skipped: there is no ${CHROMIUM}.`);
}

for (const [scheme, width] of [["light", 1280], ["dark", 390]] as const) {
  Deno.test({
    name:
      `every chart is drawn with the network off and an empty console, ${scheme}, ${width} wide`,
    ignore: missing,
    async fn() {
      const folder = Deno.makeTempDirSync();
      try {
        const files = [[1, [1]], [2, [1, 2, 4]], [16, [1, 2, 4, 8, 16]]] as const;
        const pages = files.map(([cores, workers]) =>
          saveReport(folder, syntheticReport(cores, [...workers], { host: `node-${cores}` })).html
        );
        const seen = await browse(scheme, width, [...pages, join(folder, "index.html")]);
        // Three charts a kernel and the published one; one worker alone has its time; the list has none.
        assertEquals(seen, [3, 7, 7, 0].map(fine));
      } finally {
        Deno.removeSync(folder, { recursive: true });
      }
    },
  });
}

function fine(charts: number): Seen {
  return { charts, drawn: charts, printed: charts, tooWide: false, problems: [] };
}

async function browse(scheme: string, width: number, pages: string[]): Promise<Seen[]> {
  const program = fromFileUrl(new URL("./page_browser.ts", import.meta.url));
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--allow-all", program, scheme, String(width), ...pages],
  }).output();
  const text = new TextDecoder().decode(stdout);
  assertEquals(text.startsWith("["), true, new TextDecoder().decode(stderr));
  return JSON.parse(text);
}

function exists(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}
