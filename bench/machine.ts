/**
 * Describe the machine of a run. What cannot be read, or may not, is `null`; nothing is guessed.
 *
 * @module
 */
import { join, resolve } from "@std/path";
import { type CpuInfo, cpuInfo } from "@polycore/pool";
import type { Machine } from "@polycore/reports";
import { cpus } from "node:os";
import { readSystemFile } from "@polycore/pool/internal";
import { measureTimer } from "./timer.ts";
import { cachesOf, numaNodes, numbersOf, smt } from "./topology.ts";

/** The variables of a Slurm job that change what a run may use. */
const SLURM_VARIABLES = [
  "SLURM_CLUSTER_NAME",
  "SLURM_JOB_ID",
  "SLURM_ARRAY_JOB_ID",
  "SLURM_ARRAY_TASK_ID",
  "SLURM_RESTART_COUNT",
  "SLURM_JOB_PARTITION",
  "SLURM_JOB_NODELIST",
  "SLURMD_NODENAME",
  "SLURM_NTASKS",
  "SLURM_CPUS_PER_TASK",
  "SLURM_CPUS_ON_NODE",
  "SLURM_JOB_CPUS_PER_NODE",
  "SLURM_THREADS_PER_CORE",
  "SLURM_MEM_PER_NODE",
  "SLURM_MEM_PER_CPU",
  "SLURM_HINT",
];

/**
 * Read all that is known of this machine; the load at the end of a run is added later.
 *
 * @returns The machine.
 */
export function readMachine(): Machine {
  const quota = readOrNull(() => cgroupQuota(readSystemFile));
  const limit = readOrNull(() => allowedCores(cpuInfo(), quota ?? Infinity));
  const bound = readOrNull(() => affinity(readSystemFile("/proc/self/status")));
  const cores = readOrNull(() => physicalCores(readSystemFile("/proc/cpuinfo")));
  return {
    host: readOrNull(() => Deno.hostname()),
    cpu: readOrNull(() => cpus()[0].model.trim() || null),
    sockets: cores?.sockets ?? null,
    physicalCores: cores?.cores ?? null,
    logicalCores: readOrNull(() => cpus().length || null),
    allowedCores: limit?.cores ?? null,
    allowedRule: limit?.rule ?? null,
    affinity: bound,
    cgroupQuota: quota === null ? null : quotaInWords(quota),
    caches: readOrNull(() => cachesOf(readSystemFile, numbersOf(bound!)[0])),
    numaNodes: readOrNull(() => numaNodes(readSystemFile)),
    smt: readOrNull(() => smt(readSystemFile)),
    pinning: "none",
    timerNs: measureTimer(),
    memoryBytes: readOrNull(() => Deno.systemMemoryInfo().total),
    governor: readOrNull(() => oneLine("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor")),
    boost: readOrNull(boost),
    kernel: readOrNull(() => `${Deno.build.os} ${Deno.osRelease()}`),
    deno: Deno.version.deno,
    v8: Deno.version.v8,
    typescript: Deno.version.typescript,
    gitCommit: readOrNull(() => gitCommit(resolve(import.meta.dirname!, ".."))),
    loadStart: readLoad(),
    loadEnd: null,
    slurm: readOrNull(slurm),
  };
}

/**
 * The average number of running threads over the last minute.
 *
 * @returns The load, or `null` where it cannot be read.
 */
export function readLoad(): number | null {
  return readOrNull(() => Deno.loadavg()[0]);
}

/**
 * The cores that a run can really use at once. `NUM_PROCS` is no such limit: it asks for workers,
 * not for cores.
 *
 * @param info What the pool found.
 * @param quota The cgroup's limit in processors, `Infinity` for none.
 * @returns The least limit, and what sets it.
 */
export function allowedCores(
  info: Pick<CpuInfo, "count" | "rule" | "allowed">,
  quota: number,
): { cores: number; rule: string } {
  const limits = [
    { cores: info.allowed, rule: "affinity mask" },
    { cores: Math.ceil(quota), rule: "cgroup quota" },
  ];
  if (info.rule.startsWith("SLURM")) limits.push({ cores: info.count, rule: info.rule });
  return limits.reduce((least, limit) => limit.cores < least.cores ? limit : least);
}

/**
 * Count sockets and cores in the text of `/proc/cpuinfo`.
 *
 * @param text The text.
 * @returns The counts, or `null` where the text does not tell, as on some processors.
 */
export function physicalCores(text: string): { sockets: number; cores: number } | null {
  const sockets = new Set<string>();
  const cores = new Set<string>();
  for (const block of text.split(/\n\s*\n/)) {
    const socket = /^physical id\s*:\s*(\d+)/m.exec(block)?.[1];
    const core = /^core id\s*:\s*(\d+)/m.exec(block)?.[1];
    if (socket === undefined || core === undefined) continue;
    sockets.add(socket);
    cores.add(`${socket}/${core}`);
  }
  return cores.size > 0 ? { sockets: sockets.size, cores: cores.size } : null;
}

/**
 * Find the cores that this program may run on in the text of `/proc/self/status`.
 *
 * @param text The text.
 * @returns A list such as `0-3,8`, or `null`.
 */
export function affinity(text: string): string | null {
  return /^Cpus_allowed_list:\s*(\S+)/m.exec(text)?.[1] ?? null;
}

/**
 * Find the limit that cgroups of either version set on processor time.
 *
 * @param read Reads a file; a test gives its own.
 * @returns The limit in processors, `Infinity` for none.
 */
export function cgroupQuota(read: (path: string) => string): number {
  const limits: number[] = [];
  for (const line of read("/proc/self/cgroup").trim().split("\n")) {
    const [, controllers, path] = line.split(":", 3);
    for (const folder of parents(path)) {
      if (controllers === "") {
        limits.push(quotaOf(textOr(read, `/sys/fs/cgroup${folder}/cpu.max`)));
      } else if (controllers.split(",").includes("cpu")) {
        const base = `/sys/fs/cgroup/${controllers}${folder}`;
        const quota = textOr(read, `${base}/cpu.cfs_quota_us`);
        limits.push(quotaOf(quota && `${quota} ${textOr(read, `${base}/cpu.cfs_period_us`)}`));
      }
    }
  }
  return Math.min(...limits);
}

/** A limit as it stands in the report. */
function quotaInWords(quota: number): string {
  if (quota === Infinity) return "none";
  return quota === 1 ? "1 CPU" : `${Number(quota.toFixed(2))} CPUs`;
}

/**
 * Find the commit that is checked out, by the files of git alone.
 *
 * @param folder The top of the working tree.
 * @returns The commit, or `null` outside of a repository.
 */
export function gitCommit(folder: string): string | null {
  let git = join(folder, ".git");
  // In a further working tree of a repository, .git is a file that names the place.
  if (Deno.statSync(git).isFile) git = resolve(folder, oneLine(git).replace(/^gitdir: /, ""));
  const head = oneLine(join(git, "HEAD"));
  const ref = /^ref: (.*)/.exec(head)?.[1];
  if (ref === undefined) return head;
  const common = readOrNull(() => resolve(git, oneLine(join(git, "commondir")))) ?? git;
  return readOrNull(() => oneLine(join(common, ref))) ??
    readOrNull(() => {
      const packed = Deno.readTextFileSync(join(common, "packed-refs")).split("\n");
      return packed.find((line) => line.endsWith(` ${ref}`))?.split(" ")[0] ?? null;
    });
}

function boost(): string {
  const noTurbo = readOrNull(() => oneLine("/sys/devices/system/cpu/intel_pstate/no_turbo"));
  if (noTurbo !== null) return noTurbo === "0" ? "on" : "off";
  return oneLine("/sys/devices/system/cpu/cpufreq/boost") === "1" ? "on" : "off";
}

function slurm(): Record<string, string> {
  return Object.fromEntries(
    SLURM_VARIABLES.flatMap((name) => {
      const value = Deno.env.get(name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** A folder and all above it: a limit anywhere on the way holds. */
function parents(path: string): string[] {
  const parts = path.split("/").filter((part) => part !== "");
  return Array.from(
    { length: parts.length + 1 },
    (_, i) => parts.slice(0, i).map((part) => `/${part}`).join(""),
  );
}

/** Processors' worth of time in `quota period`; `max` and -1 are no limit. */
function quotaOf(text: string | null): number {
  const [quota, period] = (text ?? "max").trim().split(/\s+/).map(Number);
  return quota > 0 && period > 0 ? quota / period : Infinity;
}

/**
 * A file that may be missing where there is no limit; any other failure means that nothing is
 * known.
 */
function textOr(read: (path: string) => string, path: string): string | null {
  try {
    return read(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

function oneLine(path: string): string {
  return readSystemFile(path).trim();
}

/** The value, or `null` where the machine has none or the program lacks the permission. */
function readOrNull<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}
