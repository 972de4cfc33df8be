/**
 * Whether other jobs may run on the node of this one, which decides how far its times can be trusted.
 *
 * @module
 */

/** What `OverSubscribe` of a job stands for; Slurm allocates more nodes exclusively than were asked so. */
const MEANINGS: Record<string, string> = {
  NO: "yes",
  TOPO: "yes",
  OK: "no, other jobs may run on it",
  YES: "no, other jobs may run on its very cores",
  USER: "no, other jobs of the same user may run on it",
  MCS: "no, other jobs of the same security label may run on it",
};

/** Milliseconds that Slurm has to answer. */
const PATIENCE = 10_000;

/**
 * Ask Slurm whether a job has its node for itself.
 *
 * @param job The id of the job.
 * @returns The answer in words, `not readable` where Slurm gives none.
 */
export async function exclusiveNode(job: string): Promise<string> {
  try {
    const command = new Deno.Command("scontrol", {
      args: ["--oneliner", "show", "job", job],
      signal: AbortSignal.timeout(PATIENCE),
      stderr: "null",
    });
    return exclusiveInWords(new TextDecoder().decode((await command.output()).stdout));
  } catch {
    return "not readable";
  }
}

/**
 * Find it in the answer of `scontrol show job`.
 *
 * @param answer The answer.
 * @returns It in words.
 */
export function exclusiveInWords(answer: string): string {
  return MEANINGS[/\bOverSubscribe=(\w+)/.exec(answer)?.[1] ?? ""] ?? "not readable";
}
