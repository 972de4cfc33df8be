/**
 * The job script.
 *
 * @module
 */
import type { JobOptions } from "./options.ts";

/** Where things are that the job needs; the nodes have to see the same disk. */
export interface Place {
  /** The program Deno. */
  deno: string;
  /** Deno's cache. */
  denoDir: string;
  /** The top folder of this project. */
  project: string;
}

/**
 * Seconds before the time limit at which the bench is told to stop. Slurm may be up to a minute early,
 * and writing the report takes less than a second.
 */
const NOTICE = 30;

/**
 * Write the script of a job.
 *
 * SIGTERM and not SIGUSR1 tells of the end, since Deno opens its debugger on the latter.
 *
 * @param options What the job asks for; its folder is an absolute path.
 * @param place Where things are.
 * @returns The script.
 */
export function jobScript(options: JobOptions, { deno, denoDir, project }: Place): string {
  const { name, nodes, cpusPerTask, out } = options;
  const log = `${out}/${name.replace(/[^A-Za-z0-9._-]+/g, "-")}`.replaceAll("%", "%%");
  const asked: [string, string | number | null][] = [
    ["job-name", name],
    ["partition", options.partition],
    ["account", options.account],
    ["array", nodes > 1 ? `1-${nodes}` : null],
    ["nodes", 1],
    ["ntasks", 1],
    ["cpus-per-task", cpusPerTask],
    ["mem", options.mem],
    ["time", options.time],
    ["constraint", options.constraint],
    ["hint", options.hint],
    ["output", `${log}-${nodes > 1 ? "%A_%a" : "%j"}.log`],
    ["open-mode", "append"], // a job that is requeued keeps the log of its first run
    ["signal", `TERM@${NOTICE}`],
  ];
  const lines = asked.flatMap(([option, value]) =>
    value === null ? [] : [`#SBATCH --${option}=${sbatchWord(String(value))}`]
  );
  if (cpusPerTask === null) lines.push("#SBATCH --exclusive");
  const cpus = cpusPerTask === null ? "SLURM_CPUS_ON_NODE" : "SLURM_CPUS_PER_TASK";
  const bench = [...options.bench, "--out", out].map(shellWord).join(" ");
  // With scontrol the bench asks whether it has the node for itself; elsewhere there is none.
  const permissions = "--no-prompt -P=bench --allow-run=cat,scontrol";
  return `#!/usr/bin/env bash
# Written by deno task slurm; submit it with sbatch.
${lines.join("\n")}

set -euo pipefail
export DENO_DIR=${shellWord(denoDir)}
cd ${shellWord(project)}

# A step does not inherit the cores of its job since Slurm 22.05, so they are told again.
# By exec, the signals of Slurm reach srun, and by it the bench, which then saves its report.
exec srun --ntasks=1 --cpus-per-task="$${cpus}" \\
  ${shellWord(deno)} run -q --cached-only ${permissions} \\
  bench/main.ts ${bench}
`;
}

/** A word as bash reads it back. */
function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** A word as sbatch reads it back from a line of the script, which bash takes for a comment. */
function sbatchWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `"${word.replace(/["\\]/g, "\\$&")}"`;
}
