/**
 * The list and the help, as text.
 *
 * @module
 */
import { usual } from "./arguments.ts";
import { wrap } from "./layout.ts";
import type { Scenario } from "./scenario.ts";

/** Where a scenario comes from. */
export function origin({ deck, slide }: Scenario): string {
  return deck === "beyond" ? `Beyond the slides: ${slide}` : `${deck} deck: ${slide}`;
}

/** What `--help` says without an id. */
export const help = `deno task scenario                the tour: every scenario in quick size
deno task scenario ID [flags]     one scenario in the slide's full size
deno task scenario --list         all ids, with one line each

  --quick        a smaller size, which the output names
  --workers N    how many workers
  --size N       how much work; what it counts is in ID --help
  --runs N       how many repetitions
  --seed N       feeds all random numbers
  --file PATH    a file to work on; what it is for is in ID --help
  --predict      first ask for your prediction, on a terminal
  --answer       print the exercise and its answer instead of running it
  --source       print its code, the lines that matter marked, and Python's
  --trace        also record who did what and when, and draw it on a page
  --json         the results as JSON
  --help         this text; with an ID, that scenario's numbers

Exit code: 0 all checks hold, 1 one fails, 2 the command line was wrong.`;

/** What `ID --help` says. */
export function helpOf(scenario: Scenario): string {
  const lines = [
    `deno task scenario ${scenario.id} [flags]`,
    "",
    ...wrap(scenario.question),
    `  (${origin(scenario)})`,
    "",
  ];
  for (const name of ["workers", "size", "runs"] as const) {
    const parameter = scenario.takes[name];
    if (parameter === undefined) continue;
    const [full, quick] = [usual(parameter, false), usual(parameter, true)];
    const range = `${parameter.min ?? 1} to ${parameter.max.toLocaleString("en-US")}`;
    const left = `  --${name} N`.padEnd(16);
    lines.push(`${left} ${parameter.means}`);
    const less = quick === full ? "" : `, with --quick ${quick.toLocaleString("en-US")}`;
    lines.push(`${" ".repeat(17)}${range}; else ${full.toLocaleString("en-US")}${less}`);
  }
  if (scenario.takes.seed) lines.push("  --seed N       feeds all random numbers; else 1");
  if (scenario.takes.file) lines.push(`  --file PATH    ${scenario.takes.file}`);
  lines.push("  --quick --predict --answer --source --trace --json: see deno task scenario --help");
  return lines.join("\n");
}

/** The list of ids with one line each. The few long ids push their line to the right. */
export function list(scenarios: readonly Scenario[]): string {
  const wide = 21;
  return scenarios.map(({ id, summary }) => `${id.padEnd(wide)}  ${summary}`).join("\n");
}

/** What `--list --json` gives for each scenario. */
export function entry({ id, deck, slide, summary, question, takes, next }: Scenario): unknown {
  const sizes = (["workers", "size", "runs"] as const).flatMap((name) => {
    const parameter = takes[name];
    if (parameter === undefined) return [];
    const { means, min = 1, max } = parameter;
    return [[name, {
      means,
      min,
      max,
      full: usual(parameter, false),
      quick: usual(parameter, true),
    }]];
  });
  const { seed = false, file } = takes;
  return {
    id,
    deck,
    slide,
    summary,
    question,
    takes: { ...Object.fromEntries(sizes), seed, file },
    next,
  };
}
