/**
 * The options of the bench, on the command line and as environment variables.
 *
 * @module
 */
import { parseArgs } from "@std/cli";
import { formatList } from "@polycore/reports";

/** The most workers of one pool that can be asked for. */
export const MOST_WORKERS = 512;

/** What was asked for. */
export interface BenchOptions {
  /** The numbers of workers, ascending. */
  cores: number[];
  /** The names of the kernels. */
  kernels: string[];
  /** The width of a median's interval that is narrow enough, as a share of the median. */
  precision: number;
  /** Seconds for the whole run; what has to be measured is measured, so it may take a little longer. */
  budget: number;
  /** Measure other languages and variants of the kernels beside the pools, and nothing else. */
  languages: boolean;
  /** Pin each worker to a core. */
  pin: boolean;
  /** Cut the problems down. */
  quick: boolean;
  /** The folder of the report. */
  out: string;
  /** An earlier report to compare with. */
  compare: string | null;
  /** Where chance begins. */
  seed: number;
}

/** The options cannot be followed. The message is one sentence. */
export class UsageError extends Error {
  /** The error's name. */
  override name = "UsageError";
}

/** Run a program with its words; a mistake in them is told in its sentence, with exit code 2. */
export async function asCommand(main: (args: string[]) => void | Promise<void>): Promise<void> {
  try {
    await main(Deno.args);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(error.message);
    Deno.exit(2);
  }
}

/** What the options stand for when they are not given. */
export interface Defaults {
  /** The number of workers up to which the bench measures. */
  cpuCount: number;
  /** The names of all kernels. */
  kernels: readonly string[];
  /** The folder of the report. */
  out: string;
  /** Where chance begins. */
  seed: number;
}

/** The precision that is asked for when none is named. */
const PRECISION = 0.02;

/** The budgets, in seconds, of a full run and of a quick one. */
const BUDGET = { full: 200, quick: 35 };

/** The options with a value, and those without one; each is `POLYCORE_` and its name in capitals, too. */
const VALUES = ["cores", "kernels", "precision", "budget", "out", "compare", "seed"] as const;
const FLAGS = ["languages", "pin", "quick"] as const;

/** The environment variables that stand for options. */
export const VARIABLES: readonly string[] = [...VALUES, ...FLAGS].map(variableOf);

function variableOf(option: string): string {
  return `POLYCORE_${option.toUpperCase()}`;
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

  --cores 1,2,4      numbers of workers, or 1..8 for all of them, or 1..N up to every
                     core (default here: ${defaultCores(cpuCount).join(",")})
  --kernels a,b      which kernels (default: all)
                     ${formatList([...kernels])}
  --precision 2%     go on until the 95 % interval of each median is as narrow as that
  --budget 200       seconds after which no more samples are taken (default: ${BUDGET.full}, and
                     ${BUDGET.quick} with --quick)
  --pin              pin each worker to a core of its own (Linux)
  --languages        only compare the kernels with plain TypeScript, numba, numpy and C
  --quick            smaller problems and less time, for a first look
  --compare FILE     compare with an earlier report of this machine (its .json)
  --out DIR          where the report goes (default: ${out})
  --seed N           the seed of the order of the samples
  --help             this text

Each option is an environment variable, too, for deno bench -P and for job scripts:
POLYCORE_CORES=1,2,4, POLYCORE_QUICK=1 and so on; the command line wins.`;
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
 * Read the options.
 *
 * @param args The words of the command line.
 * @param defaults What holds when an option is not given.
 * @param variable Reads an environment variable.
 * @returns The options, or `"help"`.
 * @throws {UsageError} If an option is not understood.
 */
export function parseOptions(
  args: readonly string[],
  defaults: Defaults,
  variable: (name: string) => string | undefined = () => undefined,
): BenchOptions | "help" {
  const flags = parseArgs(args, {
    string: VALUES,
    boolean: [...FLAGS, "help"],
    alias: { help: "h" },
    unknown(word: string): boolean {
      throw new UsageError(`"${word}" is not an option of the bench: see deno task bench --help`);
    },
  });
  if (flags.help) return "help";
  const read = <T>(
    name: typeof VALUES[number],
    parse: (text: string, name: string) => T,
  ): T | null => {
    const given = flags[name] as unknown;
    if (given !== undefined) {
      if (typeof given === "string" && given !== "") return parse(given, `--${name}`);
      throw new UsageError(`--${name} needs a value after it: see deno task bench --help`);
    }
    const text = variable(variableOf(name));
    return text ? parse(text, variableOf(name)) : null;
  };
  const flag = (name: typeof FLAGS[number]): boolean =>
    flags[name] === true || isOn(variableOf(name), variable(variableOf(name)));
  const quick = flag("quick");
  return {
    cores: read("cores", (text, name) => coresOf(text, name, defaults.cpuCount)) ??
      defaultCores(defaults.cpuCount),
    kernels: read("kernels", (text, name) => known(text, name, defaults.kernels)) ??
      [...defaults.kernels],
    precision: read("precision", precisionOf) ?? PRECISION,
    budget: read("budget", (text, name) => whole(text, name, 1, 86_400)) ??
      (quick ? BUDGET.quick : BUDGET.full),
    languages: flag("languages"),
    pin: flag("pin"),
    quick,
    out: read("out", (text) => text) ?? defaults.out,
    compare: read("compare", (text) => text),
    seed: read("seed", (text, name) => whole(text, name, 0, 2 ** 32 - 1)) ?? defaults.seed,
  };
}

function isOn(name: string, text: string | undefined): boolean {
  if (!text || text === "0") return false;
  if (text === "1") return true;
  throw new UsageError(`${name} is "${text}", and 1 for yes and 0 for no are allowed`);
}

function coresOf(text: string, name: string, cpuCount: number): number[] {
  const list = text.split(",").flatMap((part) => {
    const [first, last = first, ...rest] = part.trim().split("..");
    const number = (word: string) =>
      word === "N" && cpuCount <= MOST_WORKERS ? cpuCount : whole(word, name, 1, MOST_WORKERS);
    if (rest.length > 0) throw notCores(name, part);
    const from = number(first);
    const to = number(last);
    if (to < from) throw notCores(name, part);
    return Array.from({ length: to - from + 1 }, (_, i) => from + i);
  });
  return [...new Set(list)].sort((a, b) => a - b);
}

function notCores(name: string, part: string): UsageError {
  return new UsageError(
    `${name} has "${part}", and a range goes up, as in 1..8 or 1..N, where N is all cores`,
  );
}

function precisionOf(text: string, name: string): number {
  const value = /^\d+(\.\d+)?%?$/.test(text)
    ? parseFloat(text) / (text.endsWith("%") ? 100 : 1)
    : NaN;
  if (value > 0 && value < 1) return value;
  throw new UsageError(`${name} is "${text}", and a share such as 2% or 0.02 is allowed`);
}

/**
 * Read a whole number.
 *
 * @param text The text.
 * @param name What it belongs to, for the error.
 * @param least The least that is allowed.
 * @param most The most.
 * @returns The number.
 * @throws {UsageError} If it is no such number.
 */
export function whole(text: string, name: string, least: number, most: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most) {
    throw new UsageError(
      `${name} has "${text}", and a whole number from ${least} to ${most} is allowed` +
        (most === MOST_WORKERS ? ", or several with commas between, as in 1,2,4" : ""),
    );
  }
  return value;
}

function known(text: string, name: string, kernels: readonly string[]): string[] {
  const names = text.split(",").map((word) => word.trim());
  const unknown = names.find((word) => !kernels.includes(word));
  if (unknown !== undefined) {
    throw new UsageError(
      `${name} has "${unknown}", and the kernels are ${formatList([...kernels])}`,
    );
  }
  return kernels.filter((word) => names.includes(word));
}
