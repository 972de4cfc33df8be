import { hasBrowser, inBrowser } from "@polycore/reports/testing";
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { fromFileUrl, join } from "@std/path";
import type { Trace } from "./model.ts";
import { modelOf } from "./model.ts";
import { tracePage } from "./page.ts";
import type { Seen } from "./page_browser.ts";
import { crossedLocks, lostUpdate, TraceBuilder } from "./testing/trace_builder.ts";

/** Eight threads, four at a time, take one lock in turns: 300,000 events. */
function many(): Trace {
  const t = new TraceBuilder();
  const [lock, count] = [t.object("Lock", "the only lock"), t.object("Value", "count")];
  for (let n = 0; n < 60_000; n++) {
    const name = `Worker-${1 + n % 4 + (n < 30_000 ? 0 : 4)}`;
    t.at(n / 10, name, "acquire", lock, n).at(n / 10 + 0.01, name, "read", count, n);
    t.at(n / 10 + 0.02, name, "write", count, n + 1).at(n / 10 + 0.03, name, "release", lock, n);
    t.at(n / 10 + 0.04, name, "wait", lock);
    t.at(n / 10 + 0.39, name, "wait end", lock);
  }
  return t.trace({ lost: { "Worker-1": 12 } });
}

const traces: [name: string, trace: Trace][] = [
  ["deadlock", crossedLocks()],
  ["race", lostUpdate()],
  ["many", many()],
];

for (const [scheme, width] of [["light", 1280], ["dark", 360]] as const) {
  Deno.test({
    name:
      `the page of a recording is drawn, zoomed, read out and printed, ${scheme}, ${width} wide`,
    ignore: !hasBrowser("a recording's page"),
    async fn() {
      const folder = Deno.makeTempDirSync();
      try {
        const files = traces.map(([name, trace]) => {
          const file = join(folder, `${name}.html`);
          Deno.writeTextFileSync(file, tracePage(modelOf(trace), name));
          return file;
        });
        const program = fromFileUrl(new URL("./page_browser.ts", import.meta.url));
        const seen = await inBrowser<Seen[]>(program, scheme, String(width), folder, ...files);
        const ends = traces.map(([, { events }]) => events.at(-1)!.ms);
        seen.forEach((page, i) => check(page, scheme, ends[i]!));
        const [deadlock, race, lots] = seen as [Seen, Seen, Seen];
        assertStringIncludes(deadlock.told.keys, "P2 ");
        assertStringIncludes(deadlock.path, "P3 waits for lock A for 11.5 ms");
        assertStringIncludes(deadlock.path, "P1 runs (3.50 ms), P3 wakes (500 µs).");
        assertStringIncludes(deadlock.marks.deadlock, "P2 waits for lock A for 4.00 ms");
        assertStringIncludes(
          race.marks.lost,
          "W1 writes count: 1 at 3.000 ms, an update that is lost",
        );
        assertEquals([deadlock.marks.lost, race.marks.deadlock], ["", ""]);
        assertStringIncludes(race.told.mouse, "W1 runs for 9.00 ms");
        assertStringIncludes(lots.told.keys, "Worker-2 ");
        assert(lots.slowest < 10_000, `drawing took ${lots.slowest} ms`);
      } finally {
        Deno.removeSync(folder, { recursive: true });
      }
    },
  });
}

function check(page: Seen, scheme: string, end: number): void {
  const { lengths, faults, problems, tooWide, dark, paper } = page;
  assertEquals({ faults, problems, tooWide, dark, paper }, {
    faults: [],
    problems: [],
    tooWide: false,
    dark: scheme === "dark",
    paper: { canvas: false, svg: true },
  });
  assert(page.colours > 50, `the picture has ${page.colours} colours`);
  const near = (value: number) => Math.round(value * 1e4) / 1e4;
  assertEquals(
    [lengths.first, lengths.button, lengths.key].map(near),
    [end, end / 2, end / 4].map(near),
  );
  assert(lengths.wheel < lengths.key && lengths.wheel > lengths.key / 2);
  assertEquals(near(lengths.back), near(end));
  // The window is dragged to the left, so what comes later is seen.
  assert(page.dragged > 0.05 && page.dragged < 0.3, `dragged by ${page.dragged}`);
  assertMatch(page.told.mouse, / at \d/);
}
