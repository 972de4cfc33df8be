import { assertEquals } from "@std/assert";
import { fromFileUrl, join } from "@std/path";
import { nameNodes } from "./nodes.ts";
import { compareNamed } from "./comparison.ts";
import type { Seen } from "./page_browser.ts";
import { renderMerge } from "./page/merge_page.ts";
import type { Report } from "./schema.ts";
import { saveReport } from "./store.ts";
import { syntheticReport } from "./synthetic_report.ts";
import { hasBrowser, inBrowser } from "./testing/mod.ts";

const missing = !hasBrowser("the page");

for (const [scheme, width] of [["light", 1280], ["dark", 360]] as const) {
  Deno.test({
    name:
      `every chart is drawn with the network off and an empty console, ${scheme}, ${width} wide`,
    ignore: missing,
    async fn() {
      const folder = Deno.makeTempDirSync();
      try {
        const pages = writePages(folder);
        const seen = await browse(scheme, width, folder, pages.map(({ html }) => html));
        seen.forEach((page, i) => {
          const { html, charts, first, reports } = pages[i];
          const { saved, ...rest } = page;
          // Paper shows what is open, and everything was opened.
          const opened = charts;
          assertEquals(rest, {
            charts,
            first,
            opened,
            printed: opened,
            tooWide: false,
            dark: { screen: scheme === "dark", paper: false },
            faults: [],
            problems: [],
          }, html);
          if (reports === null) return assertEquals(saved, null);
          assertEquals([JSON.parse(saved!.json)].flat(), reports);
          assertEquals(csvOf(saved!.csv), allSamples(reports));
        });
        for (const { name } of Deno.readDirSync(folder)) {
          if (name.endsWith(".png")) {
            assertEquals(Deno.statSync(join(folder, name)).size > 9000, true);
          }
        }
      } finally {
        Deno.removeSync(folder, { recursive: true });
      }
    },
  });
}

interface Expected {
  html: string;
  /** Charts in the page. */
  charts: number;
  /** Charts that are drawn before anything is opened: speedup and time of each kernel. */
  first: number;
  /** The data of the page; `null` where there is none to save. */
  reports: Report[] | null;
}

/** Pages of all kinds. */
function writePages(folder: string): Expected[] {
  const languages = syntheticReport(2, [1, 2, 3, 4], { host: "languages", governor: null });
  for (const kernel of languages.kernels) {
    Object.assign(kernel, { weakRuns: [], chunkSweep: null, taskSweep: null });
    for (const run of kernel.runs) run.workerTimes = null;
    const [loop] = kernel.baseLines;
    kernel.baseLines.push({ ...loop, name: "c", title: "C with OpenMP, 2 threads", threads: 2 });
  }
  languages.startup = [];
  const large = [1, 2, 4, 8, 16, 32, 64, 96, 128, 160];
  const reports: [Report, number, number][] = [
    [syntheticReport(1, [1], { host: "one" }), 12, 2],
    [syntheticReport(2, [1, 2], { host: "two", cpu: null }), 22, 4],
    [syntheticReport(128, large, { host: "large", physicalCores: 64, smt: "on" }), 22, 4],
    [languages, 11, 4],
    [{ ...syntheticReport(4, [1, 2, 4], { host: "cut" }), complete: false }, 22, 4],
  ];
  const pages = reports.map(([report, charts, first]): Expected => ({
    html: saveReport(folder, report).html,
    charts,
    first,
    reports: [report],
  }));
  const nodes = ["a", "b", "c,\"'"].map((host, i) =>
    syntheticReport(4, [1, 2, 4], { host }, { oneMs: i === 2 ? 1400 : 1000 })
  );
  const merged = join(folder, "merged.html");
  Deno.writeTextFileSync(merged, renderMerge(nameNodes(nodes), "merged"));
  pages.push({ html: merged, charts: 4, first: 4, reports: nodes });
  const [before, after] = [0.02, 0.3].map((contention) => ({
    name: `contention-${contention}`,
    report: syntheticReport(4, [1, 2, 4], { host: "later" }, { contention, samples: 12 }),
  }));
  const { comparison, html } = saveReport(folder, after.report, compareNamed(before, after));
  pages.push({ html, charts: 22, first: 4, reports: [after.report] });
  Deno.writeTextFileSync(join(folder, "damaged.json"), "{");
  saveReport(folder, { ...after.report, createdAt: "2026-02-02T03:04:05.678Z" });
  for (const html of [comparison!, join(folder, "index.html")]) {
    pages.push({ html, charts: 0, first: 0, reports: null });
  }
  return pages;
}

/** The times of a CSV file. */
function csvOf(csv: string): number[] {
  const [head, ...lines] = csv.trimEnd().split("\n");
  assertEquals(head.split(",").slice(0, 6).join(), "host,begun,kernel,part,program,workers");
  return lines.map((line) => Number(line.split(",").at(-1))).sort((a, b) => a - b);
}

/** Every number of every list of samples, wherever it stands. */
function allSamples(value: unknown, key = ""): number[] {
  if (/^(samplesMs|serialMs|poolMs)$/.test(key)) return value as number[];
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([key, value]) => allSamples(value, key))
    .sort((a, b) => a - b);
}

function browse(scheme: string, width: number, shots: string, pages: string[]): Promise<Seen[]> {
  const program = fromFileUrl(new URL("./page_browser.ts", import.meta.url));
  return inBrowser(program, scheme, String(width), shots, ...pages);
}
