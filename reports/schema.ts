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
export const REPORT_VERSION = 2;

/** One cache of a processor. */
export interface Cache {
  /** Its level: 1 is the nearest to the core. */
  level: number;
  /** What it holds; a unified cache holds both. */
  type: "data" | "instruction" | "unified";
  /** Its size in bytes. */
  sizeBytes: number;
  /** The logical cores that share it, as a list such as `0-3,8`. */
  sharedBy: string;
}

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
  /** The caches of the first core that the program may use. */
  caches: Cache[] | null;
  /** Number of memory nodes; with more than one, some memory is further away. */
  numaNodes: number | null;
  /** Whether two hardware threads share a core (`on` or `off`). */
  smt: "on" | "off" | null;
  /** How the workers were bound to cores, such as `taskset 0-3`; `none` where they were not. */
  pinning: string | null;
  /** The clock of the samples: what one reading costs, and its smallest step, in nanoseconds. */
  timerNs: { cost: number; resolution: number } | null;
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
  /**
   * The variables of the Slurm job, and as `exclusive node` whether other jobs might run on the node;
   * empty outside of one.
   */
  slurm: Record<string, string> | null;
}

/**
 * What a run measured: one size on several numbers of workers (`strong`), a size that grows with
 * the workers (`weak`), the size of the chunks, the size of the tasks, the start of a pool.
 */
export type Part = "strong" | "weak" | "chunks" | "tasks" | "startup";

/** How the bench was run. */
export interface Settings {
  /** The numbers of workers that were asked for, ascending. */
  cores: number[];
  /** What was run before the first sample that was kept, in words. */
  warmup: string;
  /**
   * The width that the interval of a median was to reach, as a share of the median; `null` where the
   * number of samples was given.
   */
  precision: number | null;
  /** The time for the whole run, after which it stops, precise or not, in milliseconds. */
  budgetMs: number | null;
  /** Whether the sizes were cut down for a first look. */
  quick: boolean;
  /** In which order the samples were taken, in words. */
  order: string;
  /** What the order was drawn from; `null` where chance had no part in it or cannot be repeated. */
  seed: number | null;
  /** What was to be measured. */
  parts: Part[];
}

/** Where the time of one worker went, summed over all samples of a run, in milliseconds. */
export interface WorkerTime {
  /** In the code of the tasks, without their waits. */
  busyMs: number;
  /** Blocked in a lock, a queue or a barrier within a task. */
  waitingMs: number;
  /** Claiming tasks, decoding arguments, encoding and publishing results. */
  communicatingMs: number;
  /** With nothing to do. */
  idleMs: number;
}

/** The samples of one kernel on one number of workers. */
export interface Run {
  /** Number of workers. */
  workers: number;
  /** Every time that was taken, in milliseconds, in the order of taking. */
  samplesMs: number[];
  /** One entry for each worker; `null` where it was not measured. */
  workerTimes: WorkerTime[] | null;
}

/** A run of weak scaling: the size grows with the workers. */
export interface WeakRun extends Run {
  /** The size that was solved. */
  size: number;
}

/** The same problem without a pool, by a variant of the kernel in some language. */
export interface BaseLine {
  /** A short name, the same in every report, such as `typescript`, `wasm-simd` or `numpy`. */
  name: string;
  /** The base line in words. */
  title: string;
  /** Number of threads: 1, or what another program used. */
  threads: number;
  /** Why it could not be measured; `null` where it was, and only then there are samples. */
  missing: string | null;
  /**
   * The result that it gave, as text, where it has to be that of the kernel; else `null`, as for
   * other random numbers or another order of adding.
   */
  result: string | null;
  /** Every time that was taken, in milliseconds. */
  samplesMs: number[];
}

/** The samples for one size of the chunks. */
export interface ChunkPoint {
  /** Number of units that a worker takes at once. */
  chunkSize: number;
  /** Every time that was taken, in milliseconds. */
  samplesMs: number[];
}

/** The samples for one size of the tasks: the same work by a loop and by a pool. */
export interface TaskPoint {
  /** Number of units of the kernel in one task. */
  unitsPerTask: number;
  /** Number of tasks. */
  tasks: number;
  /** Every time of the loop, in milliseconds. */
  serialMs: number[];
  /** Every time of the pool, in milliseconds. */
  poolMs: number[];
}

/** One kernel: a problem, solved with several numbers of workers. */
export interface Kernel {
  /** A short name, the same in every report. */
  name: string;
  /** The kernel's name in words. */
  title: string;
  /** What is computed, and how the work is cut, in one sentence. */
  about: string;
  /** What the size counts, in the plural. */
  unit: string;
  /** The result that every run gave, as text. */
  result: string;
  /** The size of the problem. */
  size: number;
  /** The name of the base line whose code the pool runs. */
  variant: string;
  /** Bytes to and from memory for each unit; `null` where it plays no part or is not known. */
  bytesPerUnit: number | null;
  /** Floating-point operations for each unit; `null` where they play no part or are not known. */
  flopsPerUnit: number | null;
  /** Programs for the same problem without a pool. */
  baseLines: BaseLine[];
  /** Strong scaling: the same size on each number of workers, ascending. */
  runs: Run[];
  /** Weak scaling: a size that grows with the workers, ascending; empty where not measured. */
  weakRuns: WeakRun[];
  /** The same size in chunks of several sizes, ascending; `null` where not measured. */
  chunkSweep: { workers: number; points: ChunkPoint[] } | null;
  /** Tasks of several sizes, ascending; `null` where not measured. */
  taskSweep: { workers: number; points: TaskPoint[] } | null;
}

/** The times from making a pool until its first result, for one number of workers. */
export interface StartUp {
  /** Number of workers. */
  workers: number;
  /** Every time that was taken, in milliseconds. */
  samplesMs: number[];
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
  /** Whether the run came to its end; else what was finished is here. */
  complete: boolean;
  /** The start of a pool, ascending by workers; empty where not measured. */
  startup: StartUp[];
  /** What was measured. */
  kernels: Kernel[];
}
