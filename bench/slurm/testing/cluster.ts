/**
 * The job script on a real Slurm of two nodes: needs root, and the packages slurm-wlm and munge, so it is
 * no part of `deno task test` but of all that must hold.
 *
 *     deno test -P=test bench/slurm/testing/cluster.ts
 *
 * @module
 */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { fromFileUrl, join } from "@std/path";
import { parseReport, type Report } from "@polycore/reports";

const project = fromFileUrl(new URL("../../..", import.meta.url));
const localSlurm = fromFileUrl(new URL("local_slurm.sh", import.meta.url));
const folder = Deno.makeTempDirSync();
const out = join(folder, `it's "out" 100%`);
const env: Record<string, string> = {
  DENO_DIR: join(folder, "cache"), // a cache of its own, to see that what fills it is enough
  LOCAL_SLURM_DIR: join(folder, "slurm"),
  SLURM_CONF: join(folder, "slurm", "slurm.conf"),
  NO_COLOR: "1",
};

/** How long a job may take, in milliseconds. */
const PATIENCE = 60_000;

async function run(command: string, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await new Deno.Command(command, { args, env, cwd: project })
    .output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes).trimEnd();
  assertEquals(code, 0, `${command} ${args.join(" ")}: ${text(stderr)}`);
  return text(stdout);
}

/** Write a script by our command, and submit it. */
async function submit(name: string, ...options: string[]): Promise<string> {
  const script = join(folder, "job.sh");
  const args = ["--name", name, "--out", out, "--script", script, "--quick", ...options];
  await run(Deno.execPath(), "task", "-q", "slurm", ...args);
  return await run("sbatch", "--parsable", script);
}

/** What Slurm says of a job or of a task of an array. */
async function field(job: string, name: string): Promise<string> {
  const answer = await run("scontrol", "--oneliner", "show", "job", job);
  return new RegExp(`\\b${name}=(.*?)(?: \\w+=|$)`).exec(answer)![1];
}

/** What is found, or an error when the job is over without it or takes too long. */
async function waitFor<T>(job: string, find: (over: boolean) => T | undefined): Promise<T> {
  const end = Date.now() + PATIENCE;
  while (true) {
    const state = await field(job, "JobState");
    const over = !/^(PENDING|CONFIGURING|RUNNING|COMPLETING)$/.test(state);
    const found = find(over);
    if (found !== undefined) return found;
    if (over || Date.now() > end) {
      throw new Error(`job ${job} is ${state}, and its log is ${log(job)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function log(job: string): string {
  const name = namesIn(out).find((name) => name.endsWith(`-${job}.log`));
  return name === undefined ? "not there" : textOf(name);
}

function namesIn(folder: string): string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name);
}

function textOf(name: string): string {
  return Deno.readTextFileSync(join(out, name));
}

/** The name and the report of a job, when the job is over. */
async function reportOf(job: string): Promise<[name: string, report: Report]> {
  const name = await waitFor(
    job,
    () => namesIn(out).find((name) => name.includes(`-job${job}-`) && name.endsWith(".json")),
  );
  await waitFor(job, (over) => over || undefined);
  return [name, parseReport(textOf(name), name)];
}

async function onCluster(t: Deno.TestContext): Promise<void> {
  let pair: [string, Report][] = [];

  await t.step("an array of two jobs measures on two nodes, one thread a core", async () => {
    const array = await submit(
      "pair",
      ...["--nodes", "2", "--hint", "nomultithread", "--kernels", "dot-product", "--budget", "2"],
    );
    pair = await Promise.all([1, 2].map((task) => reportOf(`${array}_${task}`)));
    const nodes = pair.map(([name, { complete, settings, machine: { slurm } }], i) => {
      assert(slurm !== null && complete);
      assertEquals(slurm.SLURM_ARRAY_JOB_ID, array);
      assertEquals(slurm.SLURM_ARRAY_TASK_ID, String(i + 1));
      assertEquals(slurm.SLURM_HINT, "nomultithread");
      assertEquals(slurm.SLURM_CPUS_PER_TASK, "2"); // the node claims 2 cores of 2 threads each
      assertEquals(settings.cores, [1, 2]);
      assertEquals(slurm["exclusive node"], "yes");
      assert(name.startsWith(`${slurm.SLURMD_NODENAME}-job${array}_${i + 1}-`), name);
      assertMatch(log(`${array}_${i + 1}`), /^The report is in /m);
      return slurm.SLURMD_NODENAME;
    });
    assertEquals(nodes.toSorted(), ["n1", "n2"]);
  });

  await t.step("the reports of two nodes become one page", async () => {
    const page = join(out, "both.html");
    const files = pair.map(([name]) => join(out, name));
    await run(Deno.execPath(), "task", "-q", "report", "merge", ...files, "--out", page);
    const text = Deno.readTextFileSync(page);
    for (const node of ["n1", "n2"]) assertMatch(text, new RegExp(`\\b${node}\\b`));
  });

  // This job runs beside the next one, on the other node.
  const name = `odd "name" of $HOME's \\ #1`;
  const asked = ["--cpus-per-task", "3", "--mem", "600M", "--kernels", "dot-product"];
  const part = await submit(name, ...asked, "--budget", "1");

  await t.step("a job that is cancelled leaves what it had, marked as incomplete", async () => {
    const kernels = "dot-product,triad,word-count";
    const job = await submit("long", "--kernels", kernels, "--budget", "9");
    await waitFor(job, () => /^measured: /m.test(log(job)) || undefined);
    await run("scancel", job);
    const [, report] = await reportOf(job);
    assertEquals(report.complete, false);
    assertEquals(report.kernels[0].name, "dot-product");
    assert(report.kernels.length < 3);
    assertEquals(await field(job, "JobState"), "CANCELLED");
  });

  await t.step("a job on a part of a node takes its cores from Slurm", async () => {
    const [file, { complete, settings, machine: { slurm } }] = await reportOf(part);
    assert(slurm !== null && complete);
    assertEquals(settings.cores, [1, 2, 3]);
    assertEquals(slurm.SLURM_CPUS_PER_TASK, "3");
    assertEquals(slurm.SLURM_MEM_PER_NODE, "600");
    assertEquals(slurm["exclusive node"], "no, other jobs may run on it");
    assert(file.startsWith(`${slurm.SLURMD_NODENAME}-job${part}-`), file);
    assertEquals(await field(part, "JobName"), name);
  });

  await t.step("the list of the folder has them all", () => {
    const pages = namesIn(out).filter((name) => /-job.*\.html$/.test(name));
    assertEquals(pages.length, 4);
    for (const page of pages) assert(textOf("index.html").includes(`href="${page}"`), page);
  });
}

Deno.test("the job script runs on a Slurm of two nodes", async (t) => {
  try {
    await run(localSlurm, "up", "2");
    await run(Deno.execPath(), "install", "-q", "--entrypoint", "bench/main.ts");
    await onCluster(t);
  } finally {
    await run(localSlurm, "down");
    assertEquals(namesIn(folder).includes("slurm"), false);
    Deno.removeSync(folder, { recursive: true });
  }
});
