/**
 * The options of `deno task slurm`: what a job asks of Slurm, and what it measures.
 *
 * @module
 */
import { parseArgs } from "@std/cli";
import { formatList } from "@polycore/reports";
import { MOST_WORKERS, parseOptions, UsageError, whole } from "../options.ts";

/** What was asked for. */
export interface JobOptions {
  /** The name of the job. */
  name: string;
  /** Number of nodes: one job, or an array of as many. */
  nodes: number;
  /** Number of cores; `null` for a whole node, exclusively. */
  cpusPerTask: number | null;
  /** The memory of a node, such as `16G`; 0 for all that it has. */
  mem: string | null;
  /** The time limit in Slurm's words. */
  time: string;
  /** The partition. */
  partition: string | null;
  /** The account that pays. */
  account: string | null;
  /** Features that a node needs to have. */
  constraint: string | null;
  /** What to do with hardware threads. */
  hint: string | null;
  /** The folder of the reports and of the job's log. */
  out: string;
  /** The file of the job script; `null` for standard output. */
  script: string | null;
  /** The options that the job hands on to the bench. */
  bench: string[];
}

const HINTS = ["nomultithread", "multithread", "compute_bound", "memory_bound"];

/** The options of the bench that are handed on. */
const BENCH_VALUES = ["cores", "kernels", "precision", "budget"] as const;
const BENCH_FLAGS = ["pin", "quick"] as const;

const SLURM_VALUES = ["partition", "account", "time", "nodes", "cpus-per-task", "mem"] as const;
const MORE_VALUES = ["constraint", "hint", "name", "out", "script"] as const;
const VALUES = [...SLURM_VALUES, ...MORE_VALUES, ...BENCH_VALUES] as const;

/**
 * The help text.
 *
 * @param out The folder of the reports if none is named.
 * @returns The text.
 */
export function helpText(out: string): string {
  return `Write a job script for Slurm that measures on a node of a cluster, as deno task bench does.

Usage: deno task slurm [options] --script job.sh && sbatch job.sh

  --partition P, --account A, --constraint C   as for sbatch
  --time 30          the time limit (default: 10 minutes and twice the budget)
  --nodes N          measure on N nodes, as an array of N jobs (default: 1)
  --cpus-per-task N  so many cores of a shared node (default: a whole node, exclusively)
  --mem 16G          the memory (default: all of a whole node)
  --hint nomultithread   leave the second thread of each core idle
  --name NAME        the name of the job (default: polycore-bench)
  --cores, --kernels, --precision, --budget, --pin, --quick
                     as for deno task bench; N in --cores 1..N is all cores of the node
  --out DIR          where reports and logs go, on a disk that the nodes see
                     (default: ${out})
  --script FILE      where the script goes (default: standard output)
  --help             this text`;
}

/**
 * Read the options.
 *
 * @param args The words of the command line.
 * @param defaults The folder of the reports, and the names of all kernels.
 * @returns The options, or `"help"`.
 * @throws {UsageError} If an option is not understood.
 */
export function parseJobOptions(
  args: readonly string[],
  defaults: { out: string; kernels: readonly string[] },
): JobOptions | "help" {
  const flags = parseArgs(args, {
    string: VALUES,
    boolean: [...BENCH_FLAGS, "help"],
    alias: { help: "h" },
    unknown(word: string): boolean {
      throw new UsageError(`"${word}" is not an option of the job: see deno task slurm --help`);
    },
  });
  if (flags.help) return "help";
  const value = (name: typeof VALUES[number]): string | null => {
    const given = flags[name] as unknown;
    if (given === undefined) return null;
    if (typeof given !== "string" || given === "") {
      throw new UsageError(`--${name} needs a value after it: see deno task slurm --help`);
    }
    // A line that ends within a value would be a line of the script of its own.
    if (!/\p{Cc}/u.test(given)) return given;
    throw new UsageError(`--${name} is ${JSON.stringify(given)}, and one line of text is allowed`);
  };
  const like = (name: typeof VALUES[number], form: RegExp, allowed: string): string | null => {
    const given = value(name);
    if (given === null || form.test(given)) return given;
    throw new UsageError(`--${name} is "${given}", and ${allowed} is allowed`);
  };
  const count = (name: typeof VALUES[number], most: number): number | null => {
    const given = value(name);
    return given === null ? null : whole(given, `--${name}`, 1, most);
  };
  const cpusPerTask = count("cpus-per-task", 4096);
  const bench = [
    ...BENCH_VALUES.flatMap((name) => value(name) === null ? [] : [`--${name}`, value(name)!]),
    ...BENCH_FLAGS.filter((name) => flags[name]).map((name) => `--${name}`),
  ];
  // The node's cores are not known here; what the job would refuse in the night is refused now.
  const cpuCount = cpusPerTask ?? MOST_WORKERS;
  const parsed = parseOptions(bench, { ...defaults, cpuCount, seed: 0 });
  if (parsed === "help") throw new Error("[polycore bug] help was not asked for");
  return {
    name: value("name") ?? "polycore-bench",
    nodes: count("nodes", 1000) ?? 1,
    cpusPerTask,
    mem: like("mem", /^\d+[KMGT]?$/, "a size such as 16G, or 0 for all memory of the node,") ??
      (cpusPerTask === null ? "0" : null),
    time: like(
      "time",
      /^(\d+(:\d+){0,2}|\d+-\d+(:\d+){0,2})$/,
      "a time such as 30 (minutes), 1:30:00 or 1-12 (a day and 12 hours)",
    ) ?? String(10 + Math.ceil(2 * parsed.budget / 60)),
    partition: value("partition"),
    account: value("account"),
    constraint: value("constraint"),
    hint: like("hint", new RegExp(`^(${HINTS.join("|")})$`), `one of ${formatList(HINTS)}`),
    out: value("out") ?? defaults.out,
    script: value("script"),
    bench,
  };
}
