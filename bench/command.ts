/**
 * One run of the bench from options to report, for both commands: `deno task bench` and `deno bench`.
 *
 * @module
 */
import { fromFileUrl, join, relative } from "@std/path";
import { cpuCount } from "@polycore/pool";
import {
  type ComparedReports,
  compareNamed,
  type NamedReport,
  readReport,
  type Report,
  ReportError,
  type ReportFiles,
  reportName,
  saveReport,
} from "@polycore/reports";
import { kernels } from "./kernels/all.ts";
import { type BenchOptions, type Defaults, parseOptions, UsageError } from "./options.ts";
import { runBench } from "./run.ts";
import { note, progress } from "./terminal.ts";

/** A report and where it went. */
export interface Outcome {
  /** The report. */
  report: Report;
  /** Its files. */
  files: ReportFiles;
  /** The exit code of a command: 0, or 128 and the number of the signal that ended the measuring. */
  exitCode: number;
  /** The comparison that was asked for, or why it could not be made; `null` where none was. */
  compared: ComparedReports | string | null;
}

/** What ends the measuring, and the exit code then; Windows knows no SIGTERM. */
const EXIT_CODES = Deno.build.os === "windows" ? { SIGINT: 130 } : { SIGINT: 130, SIGTERM: 143 };

/**
 * What the options stand for on this machine.
 *
 * @returns The defaults.
 * @throws {UsageError} If the settings of the machine are faulty.
 */
export function defaults(): Defaults {
  return {
    cpuCount: count(),
    kernels: kernels.map(({ name }) => name),
    out: reportFolder(),
    seed: crypto.getRandomValues(new Uint32Array(1))[0],
  };
}

/**
 * The folder of the reports if none is named.
 *
 * @returns Its path from here.
 */
export function reportFolder(): string {
  return relative(Deno.cwd(), fromFileUrl(new URL("../reports/out", import.meta.url)));
}

/**
 * Read the options of the command line and of the environment.
 *
 * @param args The words of the command line.
 * @param defaults What holds when an option is not given.
 * @returns The options, or `"help"`.
 * @throws {UsageError} If an option is not understood, the report could not be written, or the one to
 * compare with could not be read.
 */
export function readOptions(args: string[], defaults: Defaults): BenchOptions | "help" {
  const options = parseOptions(args, defaults, (name) => Deno.env.get(name));
  if (options === "help") return options;
  requireWritable(options.out);
  if (options.compare !== null) readEarlier(options.compare, options.out);
  return options;
}

/**
 * Measure, and save the report. An interrupt (Ctrl-C) or SIGTERM, such as a job's at its time limit,
 * ends the measuring, and what is there is saved.
 *
 * @param options What to measure.
 * @param command The command that repeats the run.
 * @returns The report, its files and the exit code.
 */
export async function measureAndSave(options: BenchOptions, command: string): Promise<Outcome> {
  const earlier = options.compare === null ? null : readEarlier(options.compare, options.out);
  let exitCode = 0;
  const listeners = Object.entries(EXIT_CODES).map(([signal, code]) => {
    const stop = () => {
      // A second Ctrl-C ends at once, with no report; Slurm itself may send SIGTERM twice.
      if (exitCode !== 0 && signal === "SIGINT") Deno.exit(code);
      exitCode ||= code;
      progress("stopping; the report gets what is there");
    };
    return [signal as Deno.Signal, stop] as const;
  });
  for (const [signal, stop] of listeners) Deno.addSignalListener(signal, stop);
  try {
    const report = await runBench({
      ...options,
      kernels: kernels.filter(({ name }) => options.kernels.includes(name)),
      command,
      stopped: () => exitCode !== 0,
      onProgress: progress,
      onMeasured: ({ title }) => note(`measured: ${title}`),
    });
    const compared = earlier && compareWith(earlier, report);
    const found = typeof compared === "string" ? null : compared;
    return { report, files: saveReport(options.out, report, found), exitCode, compared };
  } finally {
    for (const [signal, stop] of listeners) Deno.removeSignalListener(signal, stop);
  }
}

/** Read the report to compare with; it is tried before a minute of measuring, not after it. */
function readEarlier(path: string, out: string): NamedReport {
  try {
    // The page of the comparison leads from its folder to the pages of both reports.
    return { name: relative(out, path).replace(/\.json$/, ""), report: readReport(path) };
  } catch (error) {
    if (error instanceof ReportError) throw new UsageError(error.message);
    throw error;
  }
}

/** The comparison with an earlier report, or why there is none. */
function compareWith(earlier: NamedReport, report: Report): ComparedReports | string {
  try {
    return compareNamed(earlier, { name: reportName(report), report });
  } catch (error) {
    if (error instanceof ReportError) return error.message;
    throw error;
  }
}

/**
 * The command that does the same on any machine, so the numbers of workers are always in it.
 *
 * @param options The options of the run.
 * @param defaults What holds when an option is not given.
 * @returns The command.
 */
export function commandOf(options: BenchOptions, defaults: Defaults): string {
  const { cores, kernels, precision, budget, languages, pin, quick, seed } = options;
  const words = ["deno task bench", `--cores ${cores}`];
  if (kernels.length < defaults.kernels.length) words.push(`--kernels ${kernels}`);
  words.push(`--precision ${precision}`, `--budget ${budget}`, `--seed ${seed}`);
  if (languages) words.push("--languages");
  if (pin) words.push("--pin");
  if (quick) words.push("--quick");
  return words.join(" ");
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

/**
 * Make the folder of the reports; fail before a minute of measuring, not after it.
 *
 * @param folder The folder.
 * @throws {UsageError} If it cannot be made or written into.
 */
export function requireWritable(folder: string): void {
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
