/**
 * The bench as a command: `deno task bench --help`.
 *
 * @module
 */
import { fromFileUrl, join, relative } from "@std/path";
import { cpuCount } from "@polycore/pool";
import { formatList, saveReport } from "@polycore/reports";
import { kernels } from "./kernels/all.ts";
import { type BenchOptions, type Defaults, helpText, parseOptions, UsageError } from "./options.ts";
import { runBench } from "./run.ts";
import { summary } from "./summary.ts";
import { print, progress } from "./terminal.ts";

if (import.meta.main) {
  try {
    await main(Deno.args);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(error.message);
    Deno.exit(2);
  }
}

async function main(args: string[]): Promise<void> {
  const defaults: Defaults = {
    cpuCount: count(),
    kernels: kernels.map(({ name }) => name),
    out: relative(Deno.cwd(), fromFileUrl(new URL("../reports/out", import.meta.url))),
  };
  const options = parseOptions(args, defaults);
  if (options === "help") return print(helpText(defaults));
  requireWritable(options.out);
  const workers = options.cores.join() === "1"
    ? "1 worker"
    : `${formatList(options.cores)} workers`;
  print(`Measuring ${formatList(options.kernels)} on ${workers}.`);
  const report = await runBench({
    ...options,
    kernels: kernels.filter(({ name }) => options.kernels.includes(name)),
    command: commandOf(options, defaults),
    onProgress: progress,
  });
  // Saved before it is printed: a reader who closes the pipe still finds the report.
  const { html } = saveReport(options.out, report);
  print(`\n${summary(report)}\n\nThe report is in ${html}`);
}

/** Faulty settings of the machine are bad input like any other. */
function count(): number {
  try {
    return cpuCount();
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(error.message);
    throw error;
  }
}

/** Fail before a minute of measuring, not after it. */
function requireWritable(folder: string): void {
  const probe = join(folder, `.probe-${Deno.pid}`);
  try {
    Deno.mkdirSync(folder, { recursive: true });
    Deno.writeTextFileSync(probe, "");
    Deno.removeSync(probe);
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) {
      throw new UsageError(
        `Cannot write into --out "${folder}": Deno has no permission to: grant it by ` +
          `deno run -P=bench --allow-write="${folder}" bench/main.ts --out "${folder}"`,
      );
    }
    const reason = error instanceof Error ? error.message.split(": ")[0] : String(error);
    throw new UsageError(
      `Cannot write into --out "${folder}": ${reason}: name a folder that you may write to`,
    );
  }
}

/** The command that does the same on any machine, so the numbers of workers are always in it. */
function commandOf(options: BenchOptions, defaults: Defaults): string {
  const { cores, kernels, samples, quick } = options;
  const words = ["deno task bench", `--cores ${cores}`];
  if (kernels.length < defaults.kernels.length) words.push(`--kernels ${kernels}`);
  if (samples !== null) words.push(`--samples ${samples}`);
  if (quick) words.push("--quick");
  return words.join(" ");
}
