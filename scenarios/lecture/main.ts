/**
 * `deno task lecture`: run every scenario, and write all of it as one page for a lecture.
 *
 * @module
 */
import { join } from "@std/path";
import { mayStartPrograms } from "../allowed.ts";
import { UsageError } from "../arguments.ts";
import { ids, load } from "../catalogue.ts";
import * as out from "../output.ts";
import { endChild, type Stop, visitProgram } from "../tour.ts";
import { commandOf, help, type LectureRequest, readWords } from "./arguments.ts";
import { collect } from "./collect.ts";
import { type LectureData, parseLecture } from "./data.ts";
import { readMachine } from "./machine.ts";
import { record } from "./record.ts";
import { renderLecture } from "./render.ts";

/** How long a scenario may take in the slide's own size. */
const fullLimitMs = 30 * 60_000;

if (import.meta.main) {
  try {
    Deno.exit(await lecture(Deno.args));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    out.errorLine(error.message);
    Deno.exit(2);
  }
}

/** Run the command; gives the exit code. */
async function lecture(words: readonly string[]): Promise<number> {
  const request = readWords(words, ids);
  if (request.help) {
    out.line(help);
    return 0;
  }
  const data = request.from === undefined ? await run(request) : read(request.from);
  Deno.mkdirSync(request.out, { recursive: true });
  const page = join(request.out, "lecture.html");
  const html = renderLecture(data);
  write(page, html);
  if (request.data !== undefined) write(request.data, `${JSON.stringify(data)}\n`);
  const failed = data.entries.filter(({ passed }) => !passed);
  out.line();
  out.line(
    failed.length === 0
      ? `All ${data.entries.length} passed in ${data.seconds} s.`
      : `${failed.length} of ${data.entries.length} FAILED: ${
        failed.map(({ id }) => id).join(", ")
      }.`,
  );
  out.line(`The page is ${page} (${Math.round(html.length / 1000).toLocaleString("en-US")} kB).`);
  return failed.length === 0 ? 0 : 1;
}

async function run(request: LectureRequest): Promise<LectureData> {
  mayStartPrograms();
  const scenarios = await Promise.all(request.only.map(load));
  const start = performance.now();
  const interrupt = (code: number) => () => {
    endChild();
    out.line();
    out.line(
      `Interrupted after ${
        ((performance.now() - start) / 1000).toFixed(1)
      } s; nothing was written.`,
    );
    Deno.exit(code);
  };
  const [onInterrupt, onTerminate] = [interrupt(130), interrupt(143)];
  Deno.addSignalListener("SIGINT", onInterrupt);
  Deno.addSignalListener("SIGTERM", onTerminate);
  out.whenClosed(endChild);
  try {
    return await collect(scenarios, {
      full: request.full,
      seed: request.seed,
      command: commandOf(request, ids),
      machine: readMachine(),
      visit: (id, seed, full) =>
        full ? visitProgram(id, seed, fullLimitMs, []) : visitProgram(id, seed),
      record: request.trace ? record : () => Promise.resolve(null),
      progress: progressOf(scenarios.length),
    });
  } finally {
    Deno.removeSignalListener("SIGINT", onInterrupt);
    Deno.removeSignalListener("SIGTERM", onTerminate);
    out.whenClosed(undefined);
  }
}

/** One line for each scenario; on a terminal also what runs now. */
function progressOf(count: number): (id: string, stop?: Stop) => void {
  let n = 0;
  const terminal = Deno.stdout.isTerminal();
  return (id, stop) => {
    if (stop === undefined) {
      n++;
      if (terminal) out.raw(`${n}/${count}  ${id} ...`);
      return;
    }
    if (terminal) out.raw("\r\x1b[K");
    const verdict = stop.passed ? out.green("passed") : out.red("FAILED");
    const place = `${String(n).padStart(2)}/${count}`;
    out.line(`${place}  ${verdict}  ${id.padEnd(28)} ${stop.seconds.toFixed(1).padStart(6)} s`);
    if (!stop.passed) out.line(`               ${stop.finding}`);
  };
}

function read(path: string): LectureData {
  try {
    return parseLecture(Deno.readTextFileSync(path), path);
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** Write a file that nobody sees half written. */
function write(path: string, text: string): void {
  const part = `${path}.${crypto.randomUUID()}.part`;
  Deno.writeTextFileSync(part, text);
  Deno.renameSync(part, path);
}
