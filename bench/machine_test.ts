import { assertEquals, assertThrows } from "@std/assert";
import {
  affinity,
  allowedCores,
  cgroupQuota,
  gitCommit,
  physicalCores,
  readMachine,
} from "./machine.ts";

Deno.test("physicalCores() counts two threads of a core once, on each socket", () => {
  const block = (socket: number, core: number) =>
    `processor: x\nphysical id\t: ${socket}\ncore id\t\t: ${core}\n`;
  const text = [block(0, 0), block(0, 0), block(0, 1), block(1, 0)].join("\n");
  assertEquals(physicalCores(text), { sockets: 2, cores: 3 });
  assertEquals(physicalCores("processor : 0\nBogoMIPS : 50\n"), null);
});

Deno.test("allowedCores() takes the least limit, and NUM_PROCS for none", () => {
  const info = { count: 8, rule: "the affinity mask", allowed: 8 };
  assertEquals(allowedCores(info, Infinity), { cores: 8, rule: "affinity mask" });
  assertEquals(allowedCores(info, 1.5), { cores: 2, rule: "cgroup quota" });
  const slurm = { ...info, count: 4, rule: "SLURM_CPUS_PER_TASK" };
  assertEquals(allowedCores(slurm, 6), { cores: 4, rule: "SLURM_CPUS_PER_TASK" });
  assertEquals(allowedCores({ ...info, count: 2, rule: "NUM_PROCS" }, Infinity).cores, 8);
});

Deno.test("affinity() reads the list of cores", () => {
  assertEquals(affinity("Name:\tdeno\nCpus_allowed:\t3\nCpus_allowed_list:\t0-1,4\n"), "0-1,4");
  assertEquals(affinity(""), null);
});

/** A file system of a few files. */
function files(texts: Record<string, string>): (path: string) => string {
  return (path) => {
    if (path in texts) return texts[path];
    throw new Deno.errors.NotFound(path);
  };
}

Deno.test("cgroupQuota() takes the least limit on the way, in either version", () => {
  const two = files({
    "/proc/self/cgroup": "0::/a/b\n",
    "/sys/fs/cgroup/a/cpu.max": "150000 100000\n",
    "/sys/fs/cgroup/a/b/cpu.max": "max 100000\n",
  });
  assertEquals(cgroupQuota(two), 1.5);
  const one = files({
    "/proc/self/cgroup": "3:cpu,cpuacct:/job\n1:memory:/\n",
    "/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us": "-1\n",
    "/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us": "100000\n",
    "/sys/fs/cgroup/cpu,cpuacct/job/cpu.cfs_quota_us": "100000\n",
    "/sys/fs/cgroup/cpu,cpuacct/job/cpu.cfs_period_us": "100000\n",
  });
  assertEquals(cgroupQuota(one), 1);
  assertEquals(cgroupQuota(files({ "/proc/self/cgroup": "0::/\n" })), Infinity);
});

Deno.test("cgroupQuota() does not take a file that may not be read for no limit", () => {
  const denied = (path: string) => {
    if (path === "/proc/self/cgroup") return "0::/\n";
    throw new Deno.errors.NotCapable(path);
  };
  assertThrows(() => cgroupQuota(denied), Deno.errors.NotCapable);
});

Deno.test("gitCommit() finds loose and packed commits, and detached heads", () => {
  const folder = Deno.makeTempDirSync();
  const commit = "0123456789abcdef0123456789abcdef01234567";
  const write = (name: string, text: string) =>
    Deno.writeTextFileSync(`${folder}/.git/${name}`, text);
  try {
    Deno.mkdirSync(`${folder}/.git/refs/heads`, { recursive: true });
    write("HEAD", `${commit}\n`);
    assertEquals(gitCommit(folder), commit);
    write("HEAD", "ref: refs/heads/main\n");
    assertEquals(gitCommit(folder), null);
    write("packed-refs", `# pack-refs\n${commit} refs/heads/main\n`);
    assertEquals(gitCommit(folder), commit);
    write("refs/heads/main", `${commit.replace("0", "f")}\n`);
    assertEquals(gitCommit(folder), commit.replace("0", "f"));
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

Deno.test("readMachine() knows the versions, and at least one core", () => {
  const machine = readMachine();
  assertEquals(machine.deno, Deno.version.deno);
  assertEquals(machine.loadEnd, null);
  assertEquals(machine.allowedCores! >= 1, true);
});

Deno.test({
  name: "readMachine() says null where nothing may be read",
  permissions: "none",
  fn() {
    const { host, cpu, affinity, gitCommit, kernel, slurm, loadStart } = readMachine();
    const values = { host, cpu, affinity, gitCommit, kernel, slurm, loadStart };
    for (const [name, value] of Object.entries(values)) assertEquals(value, null, name);
  },
});
