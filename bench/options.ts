/**
 * The options of the bench command.
 *
 * @module
 */
import { parseArgs } from "@std/cli";

/** The most workers of one pool that can be asked for. */
export const MOST_WORKERS = 512;

/** The most samples that can be asked for. */
const MOST_SAMPLES = 1000;

/** What the command line asked for. */
export interface BenchOptions {
  /** The numbers of workers, ascending. */
  cores: number[];
  /** The names of the kernels. */
  kernels: string[];
  /** Number of samples; `null` leaves it to each kernel. */
  samples: number | null;
  /** Cut the problems down. */
  quick: boolean;
  /** The folder of the report. */
  out: string;
}

/** The command line cannot be followed. The message is one sentence. */
export class UsageError extends Error {
  /** The error's name. */
  override name = "UsageError";
}

/** What the options stand for when they are not given. */
export interface Defaults {
  /** The number of workers up to which the bench measures. */
  cpuCount: number;
  /** The names of all kernels. */
  kernels: readonly string[];
  /** The folder of the report. */
  out: string;
}

/**
 * The help text.
 *
 * @param defaults What holds when an option is not given.
 * @returns The text.
 */
export function helpText({ cpuCount, kernels, out }: Defaults): string {
  return `Measure how kernels scale with the number of workers, and write a report.

Usage: deno task bench [options]

  --cores 1,2,4     numbers of workers (default here: ${defaultCores(cpuCount).join(",")})
  --kernels a,b     which kernels (default: ${kernels.join(",")})
  --samples N       how often each number of workers is timed (default: by kernel)
  --quick           smaller problems and fewer samples, for a first look
  --out DIR         where the report goes (default: ${out})
  --help            this text`;
}

/**
 * The numbers of workers that are measured unless others are named: powers of two, and all cores.
 *
 * @param cpuCount The number of cores.
 * @returns The numbers, ascending.
 */
export function defaultCores(cpuCount: number): number[] {
  const cores: number[] = [];
  for (let n = 1; n < cpuCount; n *= 2) cores.push(n);
  return [...cores, cpuCount];
}

/**
 * Read the command line.
 *
 * @param args The words of the command line.
 * @param defaults What holds when an option is not given.
 * @returns The options, or `"help"`.
 * @throws {UsageError} If a word is not understood.
 */
export function parseOptions(args: readonly string[], defaults: Defaults): BenchOptions | "help" {
  const flags = parseArgs(args, {
    string: ["cores", "kernels", "samples", "out"],
    boolean: ["quick", "help"],
    alias: { help: "h" },
    unknown(word: string): boolean {
      throw new UsageError(`"${word}" is not an option of the bench: see deno task bench --help`);
    },
  });
  if (flags.help) return "help";
  const text = (name: string): string | undefined => {
    const value = flags[name];
    if (value === undefined) return undefined;
    if (typeof value === "string" && value !== "") return value;
    throw new UsageError(`--${name} needs a value after it: see deno task bench --help`);
  };
  const cores = text("cores");
  const names = text("kernels");
  const samples = text("samples");
  return {
    cores: cores === undefined ? defaultCores(defaults.cpuCount) : numbers(cores),
    kernels: names === undefined ? [...defaults.kernels] : known(names, defaults.kernels),
    samples: samples === undefined ? null : whole("--samples", samples, MOST_SAMPLES),
    quick: flags.quick === true,
    out: text("out") ?? defaults.out,
  };
}

function numbers(text: string): number[] {
  const list = text.split(",").map((part) => whole("--cores", part.trim(), MOST_WORKERS));
  return [...new Set(list)].sort((a, b) => a - b);
}

function whole(option: string, text: string, most: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1 || value > most) {
    throw new UsageError(
      `${option} has "${text}", and a whole number from 1 to ${most} is allowed` +
        (option === "--cores" ? ", or several with commas between, as in --cores 1,2,4" : ""),
    );
  }
  return value;
}

function known(text: string, kernels: readonly string[]): string[] {
  const names = text.split(",").map((name) => name.trim());
  const unknown = names.find((name) => !kernels.includes(name));
  if (unknown !== undefined) {
    throw new UsageError(
      `--kernels has "${unknown}", and the kernels are ${kernels.join(" and ")}`,
    );
  }
  return kernels.filter((name) => names.includes(name));
}
