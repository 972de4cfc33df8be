import { assert, assertEquals } from "@std/assert";
import { benchScript, runScript } from "./slurm_run.ts";

Deno.test({
  name: "runScript() gives a script the cores as Slurm does, and reads what it printed",
  ignore: Deno.build.os === "windows",
  async fn() {
    const script = `echo '{ "options": { "workers": '$SLURM_CPUS_PER_TASK' }, "passed": true }'`;
    assertEquals(await runScript(script, 3), { workers: 3, passed: true });
  },
});

Deno.test("benchScript() gives the lines of a job script for so many cores", async () => {
  assert((await benchScript(3)).includes("#SBATCH --cpus-per-task=3"));
});
