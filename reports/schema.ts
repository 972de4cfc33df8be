/**
 * The shape of a report: what a bench measured, on which machine, and by which command.
 *
 * Every raw sample is in it, so that any later page or comparison can be computed from the file
 * alone.
 *
 * @module
 */

/** The name that every report file carries, to tell it from other JSON files. */
export const REPORT_FORMAT = "polycore-report";

/**
 * The version of the shape below; it goes up when a reader of the old shape would misread the new.
 */
export const REPORT_VERSION = 1;

/** The machine of a run. `null` means that the value could not be read; nothing is guessed. */
export interface Machine {
  /** The host's name. */
  host: string | null;
  /** The model name of the processor. */
  cpu: string | null;
  /** Number of processor sockets. */
  sockets: number | null;
  /** Number of physical cores. */
  physicalCores: number | null;
  /** Number of logical cores (hardware threads). */
  logicalCores: number | null;
  /** Number of cores that the program may use. */
  allowedCores: number | null;
  /** What decided {@linkcode Machine.allowedCores}, such as the affinity mask. */
  allowedRule: string | null;
  /** The affinity mask as a list of cores, such as `0-3,8`. */
  affinity: string | null;
  /** The cgroup's limit on processor time, `none` where there is none. */
  cgroupQuota: string | null;
  /** The main memory in bytes. */
  memoryBytes: number | null;
  /** How the kernel sets the clock, such as `performance`. */
  governor: string | null;
  /** Whether the clock may rise above its base (`on` or `off`). */
  boost: string | null;
  /** Name and release of the operating system's kernel. */
  kernel: string | null;
  /** Version of Deno. */
  deno: string | null;
  /** Version of V8. */
  v8: string | null;
  /** Version of TypeScript. */
  typescript: string | null;
  /** The commit of the measured code. */
  gitCommit: string | null;
  /** Average number of running threads over the minute before the run. */
  loadStart: number | null;
  /** The same over the last minute of the run. */
  loadEnd: number | null;
  /** The variables of the Slurm job; empty outside of one. */
  slurm: Record<string, string> | null;
}

/** How the bench was run. */
export interface Settings {
  /** The numbers of workers that were measured. */
  cores: number[];
  /** Number of rounds before the first sample, which warm the compiler up. */
  warmups: number;
  /** Whether the sizes were cut down for a first look. */
  quick: boolean;
  /** In which order the samples were taken, in words. */
  order: string;
}

/** The samples of one kernel on one number of workers. */
export interface Run {
  /** Number of workers. */
  workers: number;
  /** Every time that was taken, in milliseconds, in the order of taking. */
  samplesMs: number[];
}

/** What a kernel is measured against, such as the same loop with no pool. */
export interface BaseLine {
  /** A short name, the same in every report. */
  name: string;
  /** The base line in words. */
  title: string;
  /** Every time that was taken, in milliseconds. */
  samplesMs: number[];
}

/** One kernel: a fixed problem, solved with several numbers of workers. */
export interface Kernel {
  /** A short name, the same in every report. */
  name: string;
  /** The kernel's name in words. */
  title: string;
  /** What is computed, and how the work is cut, in one sentence. */
  about: string;
  /** The size of the problem. */
  size: number;
  /** What the size counts, in the plural. */
  unit: string;
  /** The result that every run gave, as text. */
  result: string;
  /** Programs for the same problem without a pool. */
  baseLines: BaseLine[];
  /** The samples for each number of workers. */
  runs: Run[];
}

/** One run of the bench. */
export interface Report {
  /** Always {@linkcode REPORT_FORMAT}. */
  format: typeof REPORT_FORMAT;
  /** Always {@linkcode REPORT_VERSION}. */
  version: typeof REPORT_VERSION;
  /** When the run began, as an ISO 8601 time in UTC. */
  createdAt: string;
  /** The command that repeats the run. */
  command: string;
  /** The machine. */
  machine: Machine;
  /** How it was run. */
  settings: Settings;
  /** What was measured. */
  kernels: Kernel[];
}
