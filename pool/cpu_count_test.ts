import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { cpuCount, type CpuInfo, cpuInfo } from "./mod.ts";
import { runProgram } from "./testing/helpers.ts";

async function infoWith(env: Record<string, string>): Promise<CpuInfo> {
  return JSON.parse((await runProgram("./program.ts", ["cpu"], env)).out);
}

/** Without what the machine on which the tests run may have set. */
const UNSET = { NUM_PROCS: "", SLURM_CPUS_PER_TASK: "" };

Deno.test("the count is at least 1 and not above what the program may use", () => {
  const { count, allowed, logical, physical } = cpuInfo();
  assertEquals(cpuCount(), count);
  assert(count >= 1 && allowed >= 1);
  assert(logical === null || logical >= allowed);
  assert(physical === null || logical === null || physical <= logical);
});

Deno.test("NUM_PROCS decides before SLURM_CPUS_PER_TASK, and that before the machine", async () => {
  const [machine, slurm, both] = await Promise.all([
    infoWith(UNSET),
    infoWith({ ...UNSET, SLURM_CPUS_PER_TASK: "3" }),
    infoWith({ NUM_PROCS: "7", SLURM_CPUS_PER_TASK: "3" }),
  ]);
  assertEquals([slurm.count, slurm.rule], [3, "SLURM_CPUS_PER_TASK"]);
  assertEquals([both.count, both.rule], [7, "NUM_PROCS"]);
  assert(["the affinity mask", "the cgroup quota"].includes(machine.rule), machine.rule);
  const quota = machine.quota === null ? Infinity : Math.ceil(machine.quota);
  assertEquals(machine.count, Math.max(1, Math.min(machine.allowed, quota)));
});

Deno.test("a variable that is no count is an error that names it and its value", async () => {
  for (const value of ["0", "two", "1.5", "-1"]) {
    const { code, err } = await runProgram("./program.ts", ["cpu"], { NUM_PROCS: value });
    assertEquals(code, 1);
    assertStringIncludes(err, `NUM_PROCS is "${value}": it must be a whole number of at least 1.`);
  }
});
