import { assertEquals, assertMatch, assertThrows } from "@std/assert";
import { fromFileUrl, join } from "@std/path";
import { UsageError } from "../options.ts";
import { parseJobOptions } from "./options.ts";

const defaults = { out: "reports/out", kernels: ["triad", "word-count"] };

Deno.test("what Slurm or the bench would refuse in the night is refused at once, in one sentence", () => {
  const cases: [string[], RegExp][] = [
    [["--fast"], /^"--fast" is not an option of the job: see deno task slurm --help$/],
    [["job.sh"], /^"job.sh" is not an option of the job/],
    [["--nodes", "0"], /^--nodes has "0", and a whole number from 1 to 1000 is allowed$/],
    [["--cpus-per-task", "x"], /^--cpus-per-task has "x", and a whole number from 1 to 4096/],
    [["--partition"], /^--partition needs a value after it/],
    [["--time", "soon"], /^--time is "soon", and a time such as 30 \(minutes\)/],
    [["--mem", "16GB"], /^--mem is "16GB", and a size such as 16G/],
    [["--hint", "fast"], /^--hint is "fast", and one of nomultithread, .* is allowed$/],
    [["--name", "a\n#SBATCH --nodes=9"], /^--name is "a\\n#SBATCH --nodes=9", and one line/],
    [["--cores", "4..2"], /^--cores has "4..2"/],
    [["--cores", "1..N", "--cpus-per-task", "4096"], /^--cores has "N", and a whole number/],
    [["--kernels", "fft"], /^--kernels has "fft", and the kernels are triad and word-count$/],
    [["--precision", "0"], /^--precision is "0"/],
    [["--budget", "0"], /^--budget has "0"/],
  ];
  for (const [args, sentence] of cases) {
    const error = assertThrows(() => parseJobOptions(args, defaults), UsageError, undefined);
    assertMatch(error.message, sentence);
  }
});

Deno.test("the command writes the script and its folder, and refuses what it cannot write", async () => {
  const folder = Deno.makeTempDirSync();
  const run = async (...args: string[]) => {
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["task", "-q", "slurm", ...args],
      cwd: fromFileUrl(new URL("../..", import.meta.url)),
      env: { NO_COLOR: "1" },
    }).output();
    const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    return { code, out: text(stdout), err: text(stderr) };
  };
  try {
    const [out, script] = [join(folder, "new", "out"), join(folder, "job.sh")];
    const [toFile, shown, help, bad] = await Promise.all([
      run("--out", out, "--script", script),
      run("--out", out),
      run("--help"),
      run("--script", join(folder, "no", "job.sh"), "--out", out),
    ]);
    assertEquals(toFile, { code: 0, out: `Submit it by: sbatch ${script}\n`, err: "" });
    assertEquals(shown, { code: 0, out: Deno.readTextFileSync(script), err: "" });
    assertEquals(Deno.statSync(out).isDirectory, true);
    assertMatch(shown.out, new RegExp(`^  ${Deno.execPath()} run `, "m"));
    assertMatch(help.out, /^Write a job script for Slurm/);
    assertEquals([bad.code, bad.out], [2, ""]);
    assertMatch(bad.err, /^Cannot write --script ".*job.sh": No such file[^\n]*\n$/);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});
