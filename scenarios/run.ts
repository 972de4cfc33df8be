/**
 * Running one scenario and printing what it found.
 *
 * @module
 */
import { usual } from "./arguments.ts";
import { table, wrap } from "./layout.ts";
import type { Lesson } from "./lesson.ts";
import { markdown } from "./markdown.ts";
import { checkOutcomes, outcomeTable, runsOf } from "./outcomes.ts";
import * as out from "./output.ts";
import { ownFolder } from "./own_folder.ts";
import { ask } from "./predict.ts";
import type { Options, Outcome, Scenario, Table } from "./scenario.ts";
import { marked } from "./source.ts";
import { origin } from "./texts.ts";

/** What `--json` prints for one scenario; the tour reads it back. */
export interface Report extends Partial<Outcome> {
  /** The scenario. */
  readonly id: string;
  /** The deck that it comes from. */
  readonly deck: string;
  /** The title of the slide. */
  readonly slide: string;
  /** The slide's question. */
  readonly question: string;
  /** The numbers it ran with. */
  readonly options: Options;
  /** What ran, line by line. */
  readonly ran: readonly string[];
  /** Whether every check holds. */
  readonly passed: boolean;
  /** The error that ended it, if one did. */
  readonly error?: string;
  /** The words that go with it; `--json` prints them. */
  readonly lesson?: Lesson;
  /** How long it took. */
  readonly seconds: number;
}

/** Run a scenario; an error becomes a failed report. `print` gets each line as it comes. */
export async function run(
  scenario: Scenario,
  options: Options,
  print: (line: string) => void,
): Promise<Report> {
  const { id, deck, slide, question } = scenario;
  const ran: string[] = [];
  const head = { id, deck, slide, question, options, ran };
  const start = performance.now();
  const seconds = () => Math.round(performance.now() - start) / 1000;
  try {
    await using own = scenario.takes.folder && await ownFolder(id);
    const told = own ? { ...options, folder: own.path } : options;
    const outcome = await scenario.run(told, (line) => {
      ran.push(line);
      print(line);
    });
    const outcomes = await scenario.often?.(options) ?? outcome.outcomes;
    const check = [...outcome.check, ...(outcomes ?? []).map(checkOutcomes)];
    // A scenario without a check proves nothing.
    const passed = check.length > 0 && check.every(({ holds }) => holds);
    return {
      ...head,
      ...outcome,
      ...(outcomes && { outcomes }),
      check,
      passed,
      seconds: seconds(),
    };
  } catch (error) {
    const text = error instanceof Error ? error.stack ?? error.message : String(error);
    return { ...head, passed: false, error: text, seconds: seconds() };
  }
}

/** Run a scenario and print it for a reader, who may be asked first for a prediction. */
export async function runForReader(
  scenario: Scenario,
  options: Options,
  lesson: Lesson,
  predict: boolean,
): Promise<Report> {
  out.line(out.bold(scenario.id));
  for (const text of wrap(origin(scenario))) out.line(out.dim(text));
  section("Question", scenario.question);
  let predicted: string | undefined;
  if (predict) {
    words("Prediction", lesson.predict);
    predicted = ask();
  }
  section("What ran", ...settings(scenario, options));
  const report = await run(scenario, options, (line) => say(line));
  if (report.answer !== undefined) section("Answer", ...report.answer);
  if (predicted !== undefined) {
    section("Your prediction", ...[
      `You predicted: ${predicted}`,
      `Found: ${report.found ?? "nothing, as an error ended the run"}`,
    ]);
  }
  if (report.outcomes !== undefined) {
    section("Outcomes", ...report.outcomes.flatMap((each) => [runsOf(each), outcomeTable(each)]));
  }
  if (report.why !== undefined) section("Why", report.why);
  if (report.beside !== undefined) section("Beside the slide", report.beside);
  words("What the slide does not say", lesson.beyond);
  if (report.check !== undefined) {
    section("Check");
    for (const { claim, holds } of report.check) {
      const [first, ...more] = wrap(claim, "          ");
      out.line(`  ${holds ? out.green("holds ") : out.red("FAILS ")}  ${first!.trimStart()}`);
      for (const line of more) out.line(line);
    }
  }
  if (report.error !== undefined) section("Error", report.error);
  words("Exercise", lesson.exercise);
  out.line();
  const verdict = report.passed ? out.green("Passed") : out.red("FAILED");
  out.line(`${verdict} after ${report.seconds.toFixed(2)} s.`);
  out.line(out.dim(`The exercise's answer: deno task scenario ${scenario.id} --answer`));
  out.line(out.dim(`The code: deno task scenario ${scenario.id} --source`));
  out.line(out.dim(`Try next: deno task scenario ${scenario.next}`));
  return report;
}

/** Print the exercise of a scenario with its answer. */
export function printAnswer(scenario: Scenario, exercise: string, answer: string): void {
  out.line(out.bold(scenario.id));
  for (const text of wrap(origin(scenario))) out.line(out.dim(text));
  words("Exercise", exercise);
  words("Answer", answer);
}

/** Print the code of a scenario with the lines that matter marked, and the program in Python. */
export function printSource(code: string, python: string): void {
  const heavy = out.colourful ? out.bold : undefined;
  out.line(marked(code, heavy));
  section("In Python");
  out.line(marked(python, heavy));
}

/** A section in Markdown. */
function words(title: string, text: string): void {
  section(title);
  for (const line of markdown(text)) out.line(line);
}

/** Print a section. */
export function section(title: string, ...blocks: readonly (string | Table)[]): void {
  out.line();
  out.line(out.bold(title));
  blocks.forEach((block, i) => {
    if (i > 0 && (typeof block !== "string" || typeof blocks[i - 1] !== "string")) out.line();
    say(block);
  });
}

function say(block: string | Table): void {
  for (const line of typeof block === "string" ? wrap(block) : table(block)) out.line(line);
}

/** The numbers of this run, and what `--quick` scaled down. */
export function settings(scenario: Scenario, options: Options): string[] {
  const { takes } = scenario;
  const lines: string[] = [];
  for (const name of ["workers", "size", "runs"] as const) {
    const parameter = takes[name];
    if (parameter === undefined) continue;
    const full = usual(parameter, false);
    const value = options[name];
    const scaled = options.quick && value === usual(parameter, true) && value !== full
      ? `, scaled ${value < full ? "down" : "up"} by --quick from ${full.toLocaleString("en-US")}`
      : "";
    lines.push(`${value.toLocaleString("en-US")} ${parameter.means}${scaled}`);
  }
  if (takes.seed !== undefined) lines.push(`--seed ${options.seed} feeds all random numbers`);
  if (options.file !== "") lines.push(`--file ${options.file}`);
  return lines;
}
