/**
 * The job script that runs a program on a cluster, and how the program learns its cores.
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { alone, type Check, type Scenario } from "./scenario.ts";
import { benchScript, runScript } from "./slurm_run.ts";

// #region lesson
/** The script pimc.sh; `#SBATCH` lines are orders to Slurm and comments to bash. */
function jobScript(cores: number, deno = "deno"): string {
  return `#!/bin/bash
#SBATCH --nodes=1                   # one computer: workers share its memory
#SBATCH --ntasks=1                  # one program on it,
#SBATCH --cpus-per-task=${cores}           # with so many cores
#SBATCH --time=00:10:00             # wall time; then Slurm ends the job
#SBATCH --account=YOUR_ACCOUNT      # who pays; also --partition=...
export NUM_PROCS=$SLURM_CPUS_PER_TASK # <- how many workers it starts
${deno} run -P scenarios/monte_carlo_pi.ts --quick --json`;
}

/** What cpuCount() gives, and by which rule, when these variables are set; "" is not set. */
function coresUnder(slurm: string, numProcs: string) {
  const names = ["SLURM_CPUS_PER_TASK", "NUM_PROCS"];
  const set = (values: string[]) => names.forEach((name, i) => Deno.env.set(name, values[i]!));
  const before = names.map((name) => Deno.env.get(name) ?? "");
  set([slurm, numProcs]);
  const { count, rule } = mp.cpuInfo();
  set(before);
  return { count, rule };
}

// #endregion

/** What was seen of the cores. */
interface Seen {
  slurm: number;
  numProcs: number;
  job: { workers: number; passed: boolean } | null;
  bench: string[] | null;
}

/** What must hold for a job of so many cores. */
export function checkJob(cores: number, { slurm, numProcs, job, bench }: Seen): Check[] {
  const checks = [
    { claim: "cpuCount() is what Slurm gave.", holds: slurm === cores },
    { claim: "NUM_PROCS goes before it.", holds: numProcs === cores + 1 },
  ];
  if (job === null || bench === null) return checks;
  const asked = bench.includes(`#SBATCH --cpus-per-task=${cores}`);
  return [
    ...checks,
    {
      claim: "Run by bash, the job has a worker for each core, and passes.",
      holds: job.passed && job.workers === cores,
    },
    { claim: "The script of deno task slurm asks for the same cores.", holds: asked },
  ];
}

/** The scenario. */
export const scenario: Scenario = {
  id: "slurm-job",
  deck: "UVA",
  slide: "Running the Program on a Cluster",
  summary: "a job script for a cluster, and how to read its output",
  question:
    "A cluster runs programs as jobs: a script says what they need, and Slurm says when and " +
    "where. What is in the script, and how does the program know its cores?",
  takes: {
    workers: { means: "cores that the job asks for", full: 4, quick: 2, max: 512 },
  },
  next: "scaling-table",

  async run({ workers: cores }, print) {
    print("pimc.sh:");
    for (const line of jobScript(cores).split("\n")) print(line);
    const here = coresUnder("", "");
    const slurm = coresUnder(String(cores), "");
    const numProcs = coresUnder(String(cores), String(cores + 1));
    const run = Deno.build.os !== "windows" &&
      Deno.permissions.querySync({ name: "run" }).state === "granted";
    const job = run ? await runScript(jobScript(cores, `"${Deno.execPath()}"`), cores) : null;
    const bench = run ? await benchScript(cores) : null;
    const ran = job === null
      ? "It was not run here: that needs deno task scenario slurm-job, which may run programs."
      : `Run by bash with SLURM_CPUS_PER_TASK=${cores} it started ${job.workers} workers.`;
    return {
      found: `${slurm.count} cores, from ${slurm.rule}`,
      answer: [
        {
          columns: ["what is set", "cpuCount()", "by the rule"],
          rows: [
            ["nothing, on this machine", here.count, here.rule],
            [`SLURM_CPUS_PER_TASK=${cores}`, slurm.count, slurm.rule],
            [`and NUM_PROCS=${cores + 1}`, numProcs.count, numProcs.rule],
          ],
        },
        ran,
        {
          columns: ["to do", "command", "what comes"],
          rows: [
            ["submit", "sbatch pimc.sh", "Submitted batch job 9024339"],
            ["look", "squeue --me", "PD waits, R runs, gone: it ended"],
            ["look back", "sacct -j 9024339", "COMPLETED, FAILED, TIMEOUT, OUT_OF_MEMORY"],
            ["read", "less slurm-9024339.out", "what it printed, errors too"],
            ["give up", "scancel 9024339", "nothing"],
          ],
        },
        "deno task slurm --script job.sh writes a script that measures a whole node.",
      ],
      why:
        "Slurm gives a job the cores that it asked for and not the machine. So the size of the " +
        "pool comes from the variable that Slurm sets, or from NUM_PROCS as on the slide, and is " +
        "written nowhere else: to use 2, 4 or 8 cores change --cpus-per-task and submit again. " +
        "More nodes do not help: workers share memory, which ends at the node.",
      beside: {
        columns: ["", "slide", "here"],
        rows: [
          ["cores of the job", "--cpus-per-task", `--cpus-per-task=${cores}`],
          ["size of the pool", "NUM_PROCS", slurm.rule],
        ],
      },
      check: checkJob(cores, { slurm: slurm.count, numProcs: numProcs.count, job, bench }),
    };
  },
};

if (import.meta.main) await alone(scenario);
