/**
 * The command `deno task scenario`: from the words of the command line to the exit code.
 *
 * @module
 */
import { mayReadFile, mayStartPrograms, mayStartWorkers } from "./allowed.ts";
import { knownId, readRequest, type Request, resolve, UsageError } from "./arguments.ts";
import { fileOf, ids, load, loadAll } from "./catalogue.ts";
import * as out from "./output.ts";
import { run, runForReader } from "./run.ts";
import type { Scenario } from "./scenario.ts";
import { entry, help, helpOf, lesson, list } from "./texts.ts";
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
    out.line(json ? JSON.stringify(scenarios.map(entry), null, 2) : list(scenarios));
    return 0;
  }
  mayStartPrograms();
  return await tour(scenarios, { json, seed: request.given.seed });
}

async function one(scenario: Scenario, request: Request): Promise<number> {
  if (request.help) {
    out.line(helpOf(scenario));
    return 0;
  }
  const options = resolve(scenario, request.given, request.quick);
  if (request.source) {
    const { id } = scenario;
    const code = await sourceOf(id);
    out.line(request.json ? JSON.stringify({ id, file: fileOf(id).href, code }, null, 2) : code);
    return 0;
  }
  mayStartWorkers();
  if (options.file !== "") mayReadFile(options.file);
  if (request.json) {
    const report = await run(scenario, options, () => {});
    out.line(JSON.stringify(report, null, 2));
    return report.passed ? 0 : 1;
  }
  return (await runForReader(scenario, options)).passed ? 0 : 1;
}

/** The lesson of a scenario's module, and of the modules beside it that it imports. */
async function sourceOf(id: string): Promise<string> {
  const file = fileOf(id);
  const source = await Deno.readTextFile(file);
  const beside = [...source.matchAll(/(?: from |\bimport\()"(\.\/[a-z_]+\.ts)"/g)].map(([, path]) =>
    path!
  );
  const others = beside.map((path) => Deno.readTextFile(new URL(path, file)));
  return [source, ...await Promise.all(others)].map(lesson).filter((text) => text !== "").join(
    "\n\n",
  );
}
