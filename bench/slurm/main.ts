/**
 * Write a job script for Slurm: `deno task slurm --help`.
 *
 * @module
 */
import { fromFileUrl, resolve } from "@std/path";
import { reportFolder, requireWritable } from "../command.ts";
import { kernels } from "../kernels/all.ts";
import { asCommand, UsageError } from "../options.ts";
import { print } from "../terminal.ts";
import { helpText, parseJobOptions } from "./options.ts";
import { jobScript } from "./script.ts";

if (import.meta.main) await asCommand(main);

function main(args: string[]): void {
  const defaults = { out: reportFolder(), kernels: kernels.map(({ name }) => name) };
  const options = parseJobOptions(args, defaults);
  if (options === "help") return print(helpText(defaults.out));
  // Slurm does not start a job whose log has no folder.
  requireWritable(options.out);
  const script = jobScript({ ...options, out: resolve(options.out) }, {
    deno: Deno.execPath(),
    denoDir: denoDir(),
    project: fromFileUrl(new URL("../..", import.meta.url)).replace(/\/$/, ""),
  });
  if (options.script === null) return print(script.trimEnd());
  try {
    Deno.writeTextFileSync(options.script, script);
  } catch (error) {
    const reason = error instanceof Error ? error.message.split(": ")[0] : String(error);
    throw new UsageError(
      `Cannot write --script "${options.script}": ${reason}: name a file that you may write`,
    );
  }
  print(`Submit it by: sbatch ${options.script}`);
}

/** Deno's cache, by Deno's own rule for Linux. */
function denoDir(): string {
  const cache = Deno.env.get("XDG_CACHE_HOME") || `${Deno.env.get("HOME") ?? ""}/.cache`;
  return resolve(Deno.env.get("DENO_DIR") || `${cache}/deno`);
}
