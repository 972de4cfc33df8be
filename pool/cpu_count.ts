import { errors } from "./errors.ts";
import { readSystemFile } from "./system_file.ts";

/** What {@linkcode cpuInfo} tells. */
export interface CpuInfo {
  /** How many workers to use: what {@linkcode cpuCount} gives. */
  count: number;
  /** Which rule decided, in words. */
  rule: string;
  /** Logical processors of the machine, or `null` where that cannot be read. */
  logical: number | null;
  /** Physical cores of the machine, or `null` where that cannot be read. */
  physical: number | null;
  /** Logical processors that this program may run on (the affinity mask). */
  allowed: number;
  /** Processors that the cgroup allows by time, or `null` when there is no limit or it cannot be read. */
  quota: number | null;
}

/**
 * How many workers are worth starting: `NUM_PROCS` if it is set, else `SLURM_CPUS_PER_TASK`, else the
 * smaller of the affinity mask and the cgroup's quota. Python's `os.process_cpu_count()`, and what a
 * `Pool` uses when it is told no number. In a worker of `Parallel` it is that worker's share.
 *
 * @throws {RangeError} If one of the two variables is set to something that is no count.
 * @example
 * ```ts
 * import { cpuCount } from "@polycore/pool";
 * import { assert } from "@std/assert";
 *
 * assert(cpuCount() >= 1);
 * ```
 */
export function cpuCount(): number {
  return cpuInfo().count;
}

/**
 * All that is known of the number of processors, and which rule decided.
 *
 * @throws {RangeError} If `NUM_PROCS` or `SLURM_CPUS_PER_TASK` is set to something that is no count.
 * @example
 * ```ts
 * import { cpuInfo } from "@polycore/pool";
 *
 * const { count, rule } = cpuInfo();
 * console.log(`${count} workers, from ${rule}`);
 * ```
 */
export function cpuInfo(): CpuInfo {
  const info = readCpuInfo();
  return share === undefined
    ? info
    : { ...info, count: share, rule: "the share of a worker of Parallel" };
}

let share: number | undefined;

/** Let this worker count as many processors as are its share, so that work in it does not take all. */
export function limitCpuCount(count: number): void {
  share = count;
}

function readCpuInfo(): CpuInfo {
  const allowed = navigator.hardwareConcurrency;
  const quota = cgroupQuota();
  const { logical, physical } = processors();
  const rest = { logical, physical, allowed, quota };
  for (const name of ["NUM_PROCS", "SLURM_CPUS_PER_TASK"]) {
    const text = variable(name);
    if (text === undefined || text === "") continue;
    const count = Number(text);
    if (!Number.isInteger(count) || count < 1) throw errors.cpuSetting(name, text);
    return { count, rule: name, ...rest };
  }
  if (quota !== null && Math.ceil(quota) < allowed) {
    return { count: Math.max(1, Math.ceil(quota)), rule: "the cgroup quota", ...rest };
  }
  return { count: allowed, rule: "the affinity mask", ...rest };
}

function variable(name: string): string | undefined {
  // Asking first keeps a program without the permission from being prompted.
  const { state } = Deno.permissions.querySync({ name: "env", variable: name });
  return state === "granted" ? Deno.env.get(name) : undefined;
}

function read(path: string): string | undefined {
  try {
    return readSystemFile(path);
  } catch {
    return undefined;
  }
}

/** The smallest quota on the way from this program's cgroup to the root, in processors. */
function cgroupQuota(): number | null {
  const line = read("/proc/self/cgroup")?.split("\n").find((l) => l.startsWith("0::"));
  const quotas: number[] = [];
  for (let group = line?.slice(3) ?? "/";; group = group.slice(0, group.lastIndexOf("/"))) {
    const [max, period] = (read(`/sys/fs/cgroup${group}/cpu.max`) ?? "").trim().split(" ");
    if (max && max !== "max" && period) quotas.push(Number(max) / Number(period));
    if (group === "" || group === "/") break;
  }
  return quotas.length > 0 ? Math.min(...quotas) : null;
}

/** Logical processors and physical cores, as Linux lists them. */
function processors(): { logical: number | null; physical: number | null } {
  const text = read("/proc/cpuinfo");
  if (!text) return { logical: null, physical: null };
  const blocks = text.split("\n\n").filter((block) => /^processor\s*:/m.test(block));
  const field = (block: string, name: string) =>
    new RegExp(`^${name}\\s*:\\s*(.*)$`, "m").exec(block)?.[1];
  const cores = new Set(
    blocks.map((block) => {
      const core = field(block, "core id");
      return core === undefined ? undefined : `${field(block, "physical id")}:${core}`;
    }),
  );
  const known = blocks.length > 0 && !cores.has(undefined);
  return { logical: blocks.length || null, physical: known ? cores.size : null };
}
