import { assertEquals } from "@std/assert";
import { checkJob } from "./slurm_job.ts";

const good = {
  slurm: 4,
  numProcs: 5,
  job: { workers: 4, passed: true },
  bench: ["#SBATCH --nodes=1", "#SBATCH --cpus-per-task=4"],
};
const holds = (change: Partial<Parameters<typeof checkJob>[1]>) =>
  checkJob(4, { ...good, ...change }).map((check) => check.holds);

Deno.test("checkJob() holds when the job has the cores that it asked for", () => {
  assertEquals(holds({}), [true, true, true, true]);
  assertEquals(holds({ job: null, bench: null }), [true, true]);
});

Deno.test("checkJob() fails when the cores come from elsewhere", () => {
  assertEquals(holds({ slurm: 2 })[0], false);
  assertEquals(holds({ numProcs: 4 })[1], false);
  assertEquals(holds({ job: { workers: 2, passed: true } })[2], false);
  assertEquals(holds({ job: { workers: 4, passed: false } })[2], false);
  assertEquals(holds({ bench: ["#SBATCH --cpus-per-task=40"] })[3], false);
});
