import { assert, assertEquals, assertMatch } from "@std/assert";
import { join } from "@std/path";
import { parseJobOptions } from "./options.ts";
import { jobScript } from "./script.ts";

const place = { deno: "/opt/deno", denoDir: "/home/me/.cache/deno", project: "/home/me/polycore" };

function scriptOf(args: string[], out = "/data/out", where = place): string {
  const options = parseJobOptions(args, { out, kernels: ["triad", "word-count"] });
  assert(options !== "help");
  return jobScript(options, where);
}

function asked(script: string): string[] {
  return [...script.matchAll(/^#SBATCH --(.*)$/gm)].map((match) => match[1]);
}

Deno.test("without options the job has a whole node, its memory, and time for the budget", () => {
  const script = scriptOf([]);
  assertEquals(asked(script), [
    "job-name=polycore-bench",
    "nodes=1",
    "ntasks=1",
    "mem=0",
    "time=17",
    "output=/data/out/polycore-bench-%j.log",
    "open-mode=append",
    "signal=TERM@30",
    "exclusive",
  ]);
  assertMatch(script, /^exec srun --ntasks=1 --cpus-per-task="\$SLURM_CPUS_ON_NODE" /m);
});

Deno.test("each option of the job is a line for sbatch", () => {
  const cases: [string[], string][] = [
    [["--partition", "compute"], "partition=compute"],
    [["--account", "phys-01"], "account=phys-01"],
    [["--time", "1-12:30"], "time=1-12:30"],
    [["--budget", "3600"], "time=130"],
    [["--mem", "16G"], "mem=16G"],
    [["--constraint", "zen4&nvme"], 'constraint="zen4&nvme"'],
    [["--hint", "nomultithread"], "hint=nomultithread"],
    [["--name", "my run"], 'job-name="my run"'],
    [["--name", "my run"], "output=/data/out/my-run-%j.log"],
    [["--name", 'a"\\'], 'job-name="a\\"\\\\"'],
    [["--nodes", "4"], "array=1-4"],
    [["--nodes", "4"], "nodes=1"],
    [["--nodes", "4"], "output=/data/out/polycore-bench-%A_%a.log"],
  ];
  for (const [args, line] of cases) assert(asked(scriptOf(args)).includes(line), line);
  assert(asked(scriptOf([], "/100%")).includes("output=/100%%/polycore-bench-%j.log"));
});

Deno.test("one job is no array, and some cores of a node are not the whole node", () => {
  const lines = asked(scriptOf(["--nodes", "1", "--cpus-per-task", "8"]));
  assertEquals(lines.filter((line) => /^(array|exclusive|mem)/.test(line)), []);
  assert(lines.includes("cpus-per-task=8"));
  assertMatch(
    scriptOf(["--cpus-per-task", "8"]),
    /^exec srun --ntasks=1 --cpus-per-task="\$SLURM_CPUS_PER_TASK" /m,
  );
});

Deno.test("bash starts the bench by what the script says, whatever the names are", async () => {
  const folder = Deno.makeTempDirSync();
  try {
    const odd = join(folder, 'it\'s $HOME "and" `more`; 100%');
    Deno.mkdirSync(odd);
    const script = scriptOf(
      ["--cores", "1..N", "--kernels", "triad", "--precision", "1%", "--pin", "--quick"],
      odd,
      { deno: join(odd, "deno"), denoDir: odd, project: odd },
    );
    const srun = `#!/bin/sh\nprintf '%s\\n' "$DENO_DIR" "$PWD" "$@"\n`;
    Deno.writeTextFileSync(join(folder, "srun"), srun, { mode: 0o755 });
    const { code, stdout, stderr } = await new Deno.Command("bash", {
      args: ["-c", script],
      env: { PATH: `${folder}:${Deno.env.get("PATH")}`, SLURM_CPUS_ON_NODE: "24" },
    }).output();
    const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    assertEquals([code, text(stderr)], [0, ""]);
    assertEquals(text(stdout).trimEnd().split("\n"), [
      odd,
      odd,
      "--ntasks=1",
      "--cpus-per-task=24",
      join(odd, "deno"),
      ..."run -q --cached-only --no-prompt -P=bench --allow-run=cat,scontrol".split(" "),
      "bench/main.ts",
      ..."--cores 1..N --kernels triad --precision 1% --pin --quick --out".split(" "),
      odd,
    ]);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});
