/**
 * The bench as a command: `deno task bench --help`.
 *
 * @module
 */
import { comparisonText, formatList } from "@polycore/reports";
import { commandOf, defaults, measureAndSave, readOptions } from "./command.ts";
import { asCommand, helpText } from "./options.ts";
import { summary } from "./summary.ts";
import { print } from "./terminal.ts";

if (import.meta.main) await asCommand(main);

async function main(args: string[]): Promise<void> {
  const given = defaults();
  const options = readOptions(args, given);
  if (options === "help") return print(helpText(given));
  const workers = options.cores.join() === "1"
    ? "1 worker"
    : `${formatList(options.cores)} workers`;
  print(`Measuring ${formatList(options.kernels)} on ${workers}.`);
  // Saved before it is printed: a reader who closes the pipe still finds the report.
  const outcome = await measureAndSave(options, commandOf(options, given));
  const { report, files, exitCode, compared } = outcome;
  print(`\n${summary(report)}\n\nThe report is in ${files.html}`);
  if (typeof compared === "string") print(`\n${compared}`);
  else if (compared) {
    print(`\n${comparisonText(compared)}\n\nThe comparison is in ${files.comparison}`);
  }
  if (exitCode !== 0) Deno.exit(exitCode);
}
