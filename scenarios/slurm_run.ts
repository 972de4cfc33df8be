/**
 * Running a job script without a cluster, and what `deno task slurm` would write.
 *
 * @module
 */

/** Run a job script as Slurm would: by bash, with the variable that Slurm sets. */
export async function runScript(
  script: string,
  cores: number,
): Promise<{ workers: number; passed: boolean }> {
  const output = await outputOf("bash", ["-c", script], { SLURM_CPUS_PER_TASK: String(cores) });
  const { options, passed } = JSON.parse(output);
  return { workers: options.workers, passed };
}

/** The lines of the script that `deno task slurm` writes for a job of so many cores. */
export async function benchScript(cores: number): Promise<string[]> {
  const words = ["run", "-q", "--no-prompt", "-P=slurm", "bench/slurm/main.ts"];
  const script = await outputOf(Deno.execPath(), [...words, "--cpus-per-task", String(cores)]);
  return script.split("\n");
}

async function outputOf(program: string, args: string[], env = {}): Promise<string> {
  const cwd = new URL("..", import.meta.url);
  const { stdout } = await new Deno.Command(program, { args, env, cwd }).output();
  return new TextDecoder().decode(stdout);
}
