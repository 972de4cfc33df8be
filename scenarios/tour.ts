/**
 * The tour: every scenario in quick size, one after the other, each in a program of its own.
 *
 * A program of its own, because a scenario may block its main thread or leave a thread spinning: it
 * can then be ended from here, the others are not slowed down, and Ctrl-C is always answered.
 *
 * @module
 */
import { fromFileUrl } from "@std/path";
import { ids } from "./catalogue.ts";
import { table, wrap } from "./layout.ts";
import * as out from "./output.ts";
import { writable } from "./own_folder.ts";
import type { Report } from "./run.ts";
import type { Scenario } from "./scenario.ts";

/** How long a scenario may take in quick size: many times what the longest one needs. */
const limitMs = 30_000;

/** The permissions of a scenario: what workers need to load their modules and to count cores, and
 * the place where some write files. */
const permissions = [
  `--allow-read=${fromFileUrl(new URL("..", import.meta.url))}`,
  `--allow-write=${fromFileUrl(writable)}`,
  "--allow-env=NUM_PROCS,SLURM_CPUS_PER_TASK",
  "--no-prompt",
];

/** How one scenario of the tour ended. */
export interface Stop {
  /** The scenario. */
  readonly id: string;
  /** Whether it ended well and every check holds. */
  readonly passed: boolean;
  /** How long its program took. */
  readonly seconds: number;
  /** What went wrong; it means nothing when all went well. */
  readonly finding: string;
  /** What it printed. */
  readonly report: Report | undefined;
}

/** What the tour is told. */
export interface TourOptions {
  /** Print the results as JSON. */
  readonly json: boolean;
  /** The seed for the scenarios that draw random numbers. */
  readonly seed: number | undefined;
  /** How a scenario is run; a test puts its own here. */
  readonly visit?: (id: string, seed: number | undefined) => Promise<Stop>;
}

let child: Deno.ChildProcess | undefined;

/** End the scenario that runs now, if one does. */
export function endChild(): void {
  try {
    child?.kill("SIGKILL");
  } catch {
    // It has ended by itself.
  }
}

/**
 * Run one scenario as a program of its own, which is ended when it takes longer than `limit` ms.
 * `words` are further words of its command line.
 */
export async function visitProgram(
  id: string,
  seed: number | undefined,
  limit: number = limitMs,
  words: readonly string[] = ["--quick"],
): Promise<Stop> {
  const start = performance.now();
  const main = new URL("./main.ts", import.meta.url).href;
  const args = ["run", "--quiet", ...permissions, main, id, "--json", ...words];
  if (seed !== undefined) args.push("--seed", String(seed));
  let late = false;
  child = new Deno.Command(Deno.execPath(), {
    args,
    env: { NO_COLOR: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const timer = setTimeout(() => {
    late = true;
    endChild();
  }, limit);
  const { code, stdout, stderr } = await child.output();
  clearTimeout(timer);
  child = undefined;
  const seconds = (performance.now() - start) / 1000;
  const report = readReport(new TextDecoder().decode(stdout));
  const passed = code === 0 && report?.passed === true;
  const complaint = new TextDecoder().decode(stderr).trim().split("\n")[0];
  const finding = late
    ? `did not end within ${limit / 1000} s and was stopped`
    : reason(report) ?? (complaint || `ended with exit code ${code}`);
  return { id, passed, seconds, finding, report };
}

function readReport(text: string): Report | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function reason(report: Report | undefined): string | undefined {
  const failed = report?.check?.find(({ holds }) => !holds);
  return failed ? `does not hold: ${failed.claim}` : report?.error?.split("\n")[0];
}

/** Run the tour, print it, and give the exit code. */
export async function tour(
  scenarios: readonly Scenario[],
  options: TourOptions,
): Promise<number> {
  const visit = options.visit ?? visitProgram;
  const start = performance.now();
  const elapsed = () => ((performance.now() - start) / 1000).toFixed(1);
  let now = "nothing yet";
  const interrupt = (code: number) => () => {
    endChild();
    eraseLive();
    const text = `Interrupted after ${elapsed()} s while running ${now}.`;
    options.json ? out.errorLine(text) : out.line(text);
    Deno.exit(code);
  };
  const onInterrupt = interrupt(130);
  const onTerminate = interrupt(143);
  Deno.addSignalListener("SIGINT", onInterrupt);
  Deno.addSignalListener("SIGTERM", onTerminate);
  out.whenClosed(endChild);

  const say = (text: string) => options.json || out.line(text);
  const stops: Stop[] = [];
  const wide = Math.max(...ids.map((id) => id.length));
  say(`${out.bold("Polycore: the tour")} of ${scenarios.length} scenarios in quick size`);
  say("");
  for (const [i, { id, takes, summary }] of scenarios.entries()) {
    const place = `${String(i + 1).padStart(2)}/${scenarios.length}`;
    now = `${id} (${place.trim()})`;
    const timer = options.json ? undefined : live(() => `${place}  ${id} ... ${elapsed()} s`);
    const stop = await visit(id, takes.seed ? options.seed : undefined);
    clearInterval(timer);
    eraseLive();
    stops.push(stop);
    const verdict = stop.passed ? out.green("passed") : out.red("FAILED");
    say(`${place}  ${verdict}  ${id.padEnd(wide)} ${stop.seconds.toFixed(1).padStart(5)} s`);
    if (stop.passed) wrap(summary, "               ").forEach((text) => say(out.dim(text)));
    else wrap(stop.finding, "               ").forEach(say);
  }
  out.whenClosed(undefined);
  Deno.removeSignalListener("SIGINT", onInterrupt);
  Deno.removeSignalListener("SIGTERM", onTerminate);

  const failed = stops.filter(({ passed }) => !passed);
  if (options.json) {
    const seconds = Number(elapsed());
    const results = stops.map(({ id, passed, seconds, finding, report }) => ({
      ...(report ?? { id, error: finding }),
      passed,
      seconds,
    }));
    out.line(JSON.stringify({ passed: failed.length === 0, seconds, results }, null, 2));
  } else {
    printEnd(stops, elapsed());
  }
  return failed.length === 0 ? 0 : 1;
}

function printEnd(stops: readonly Stop[], seconds: string): void {
  const failed = stops.filter(({ passed }) => !passed);
  out.line();
  const rows = stops.map(({ id, passed, seconds, report }) => [
    id,
    passed ? "passed" : "FAILED",
    seconds.toFixed(1).padStart(4),
    report?.found ?? "-",
  ]);
  for (const text of table({ columns: ["scenario", "result", "   s", "found"], rows })) {
    out.line(text);
  }
  out.line();
  if (failed.length > 0) {
    out.line(`${failed.length} of ${stops.length} FAILED after ${seconds} s. See one by itself:`);
    out.line(`  deno task scenario ${failed[0]!.id} --quick`);
    return;
  }
  out.line(`All ${stops.length} passed in ${seconds} s. Try next:`);
  out.line("  deno task scenario race-condition             the slide's full size, with why");
  out.line("  deno task scenario dining-philosophers        a real deadlock, four remedies");
  out.line("  deno task scenario scaling-table --size 1e8   how far your cores go");
  out.line("  deno task scenario barrier --predict          say first what you expect");
  out.line("  deno task scenario deadlock --source          the code, which is short");
  out.line("  deno task scenario --help                     all flags");
}

/** Keep one line up to date on a terminal; in a pipe there is none. */
function live(text: () => string): ReturnType<typeof setInterval> | undefined {
  if (!Deno.stdout.isTerminal()) return undefined;
  out.raw(text());
  return setInterval(() => out.raw(`\r\x1b[K${text()}`), 100);
}

function eraseLive(): void {
  if (Deno.stdout.isTerminal()) out.raw("\r\x1b[K");
}
