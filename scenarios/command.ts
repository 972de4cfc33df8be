/**
 * The command `deno task scenario`: from the words of the command line to the exit code.
 *
 * @module
 */
import {
  mayReadFile,
  mayStartPrograms,
  mayStartWorkers,
  mayWriteFolder,
  mayWriteTrace,
} from "./allowed.ts";
import { knownId, readRequest, type Request, resolve, UsageError } from "./arguments.ts";
import { fileOf, ids, load, loadAll } from "./catalogue.ts";
import { readLesson } from "./lesson.ts";
import * as out from "./output.ts";
import { writable } from "./own_folder.ts";
import { canAsk } from "./predict.ts";
import { printAnswer, printSource, run, runForReader, section } from "./run.ts";
import type { Scenario } from "./scenario.ts";
import { codeOf, markedLines } from "./source.ts";
import { entry, help, helpOf, list } from "./texts.ts";
import { tour } from "./tour.ts";

/** Run the command and end the program with its exit code. */
export function main(words: readonly string[]): Promise<never> {
  return exitWith(() => dispatch(readRequest(words)));
}

/** Run a given scenario as the whole program; the words are the flags. */
export function runAlone(scenario: Scenario, words: readonly string[]): Promise<never> {
  return exitWith(() => one(scenario, readRequest([scenario.id, ...words])));
}

/** End with `Deno.exit`, so that no thread of a scenario keeps the program alive. */
async function exitWith(action: () => Promise<number>): Promise<never> {
  try {
    Deno.exit(await action());
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    out.errorLine(error.message);
    Deno.exit(2);
  }
}

async function dispatch(request: Request): Promise<number> {
  const { id, json, help: helpWanted } = request;
  if (id !== undefined) return await one(await load(knownId(id, ids)), request);
  if (helpWanted) {
    out.line(help);
    return 0;
  }
  const scenarios = await loadAll();
  if (request.list) {
    out.line(json ? text(scenarios.map(entry)) : list(scenarios));
    return 0;
  }
  mayStartPrograms();
  return await tour(scenarios, { json, seed: request.given.seed });
}

async function one(scenario: Scenario, request: Request): Promise<number> {
  const { id } = scenario;
  const { json } = request;
  if (request.help) {
    out.line(helpOf(scenario));
    return 0;
  }
  const options = resolve(scenario, request.given, request.quick);
  if (request.source) {
    const code = await codeOf(id);
    const { python } = await readLesson(id);
    const facts = { id, file: fileOf(id).href, code, marked: markedLines(code), python };
    if (json) out.line(text(facts));
    else printSource(code, python);
    return 0;
  }
  if (request.answer) {
    const { exercise, answer } = await readLesson(id);
    if (json) out.line(text({ id, exercise, answer }));
    else printAnswer(scenario, exercise, answer);
    return 0;
  }
  mayStartWorkers();
  if (options.file !== "") mayReadFile(options.file);
  if (scenario.takes.folder) mayWriteFolder(id, writable);
  const lesson = await readLesson(id);
  // Only who asks for it loads what draws it.
  const trace = request.trace ? await import("./trace/record.ts") : undefined;
  if (trace !== undefined && !json) mayWriteTrace(trace.folder);
  const recorded = trace?.recorded(scenario);
  const ran = recorded?.scenario ?? scenario;
  if (json) {
    const report = await run(ran, options, () => {});
    out.line(text({ ...report, lesson, trace: trace?.factsOf(recorded!.model(), id) }));
    return report.passed ? 0 : 1;
  }
  const predict = request.predict && canAsk();
  const { passed } = await runForReader(ran, options, lesson, predict);
  if (trace !== undefined) section("Recording", ...trace.saveTrace(recorded!.model(), id));
  return passed ? 0 : 1;
}

const text = (facts: unknown): string => JSON.stringify(facts, null, 2);
