/**
 * Measure kernels on several numbers of workers, and put what came out into a report.
 *
 * @module
 */
import { Pool } from "@polycore/pool";
import { type Kernel, type Report, REPORT_FORMAT, REPORT_VERSION } from "@polycore/reports";
import type { KernelSpec } from "./kernels/kernel.ts";
import { readLoad, readMachine } from "./machine.ts";
import { ORDER, sampleInRounds, type Subject } from "./rounds.ts";

/** Rounds before the first sample: after two, every worker has compiled the kernel. */
export const WARMUPS = 2;

/** What to measure. */
export interface RunOptions {
  /** The kernels. */
  kernels: readonly KernelSpec[];
  /** The numbers of workers, ascending. */
  cores: readonly number[];
  /** Number of samples; `null` leaves it to each kernel. */
  samples: number | null;
  /** Cut the problems down. */
  quick: boolean;
  /** The command that repeats the run, for the report. */
  command: string;
  /** Called with what is going on. */
  onProgress?: (text: string) => void;
}

/** A kernel with its data, and everything that is timed for it. */
export interface KernelSubjects {
  /** The plain loop. */
  serial: Subject;
  /** The pools, by number of workers. */
  pools: { workers: number; subject: Subject }[];
  /** The result in words. */
  describe(result: number): string;
}

/**
 * Measure, and describe the run.
 *
 * @param options What to measure.
 * @returns The report.
 */
export async function runBench(options: RunOptions): Promise<Report> {
  const { kernels, cores, quick, command, onProgress } = options;
  const createdAt = new Date().toISOString();
  const machine = readMachine();
  // All pools live through the whole run: those that are not timed sleep, and no sample pays for a
  // start.
  await using stack = new AsyncDisposableStack();
  const pools = new Map<number, Pool>();
  for (const workers of cores) {
    onProgress?.(`starting ${workers} workers`);
    pools.set(workers, stack.use(new Pool(workers)));
  }
  const measured: Kernel[] = [];
  for (const spec of kernels) {
    const size = quick ? spec.sizes.quick : spec.sizes.full;
    const { serial, pools: timed, describe } = subjectsOf(spec, size, cores, (n) => pools.get(n)!);
    const result = await sampleInRounds([serial, ...timed.map(({ subject }) => subject)], {
      warmups: WARMUPS,
      samples: options.samples ?? (quick ? spec.samples.quick : spec.samples.full),
      onRound: (round, rounds) => onProgress?.(`${spec.title}: round ${round + 1} of ${rounds}`),
    });
    measured.push(kernelOf(spec, size, describe(result), serial, timed));
  }
  onProgress?.("");
  machine.loadEnd = readLoad();
  return {
    format: REPORT_FORMAT,
    version: REPORT_VERSION,
    createdAt,
    command,
    machine,
    settings: {
      cores: [...cores],
      warmup: `${WARMUPS} rounds`,
      precision: null,
      budgetMs: null,
      quick,
      order: ORDER,
      seed: null,
      parts: ["strong"],
    },
    complete: true,
    startup: [],
    kernels: measured,
  };
}

/**
 * Set up a kernel, and make a subject of the plain loop and of each pool.
 *
 * @param spec The kernel.
 * @param size The size of the problem.
 * @param cores The numbers of workers.
 * @param pool Gives the pool of so many workers.
 * @returns The subjects.
 */
export function subjectsOf(
  spec: KernelSpec,
  size: number,
  cores: readonly number[],
  pool: (workers: number) => Pool,
): KernelSubjects {
  const prepared = spec.prepare(size);
  return {
    serial: { run: () => prepared.serial(), samplesMs: [] },
    pools: cores.map((workers) => ({
      workers,
      subject: { run: () => prepared.parallel(pool(workers), workers), samplesMs: [] },
    })),
    describe: (result) => prepared.describe(result),
  };
}

/**
 * The part of a report that one kernel fills.
 *
 * @param spec The kernel.
 * @param size The size of the problem.
 * @param result The result in words.
 * @param serial The plain loop with its samples.
 * @param pools The pools with their samples; those without any are left out.
 * @returns The kernel's part.
 */
export function kernelOf(
  { name, title, about, unit }: KernelSpec,
  size: number,
  result: string,
  serial: Subject,
  pools: KernelSubjects["pools"],
): Kernel {
  const baseLine = {
    name: "typescript",
    title: "the plain loop without a pool",
    threads: 1,
    missing: null,
    result,
    samplesMs: serial.samplesMs,
  };
  return {
    name,
    title,
    about,
    unit,
    result,
    size,
    variant: baseLine.name,
    bytesPerUnit: null,
    flopsPerUnit: null,
    baseLines: serial.samplesMs.length > 0 ? [baseLine] : [],
    runs: pools
      .map(({ workers, subject }) => ({ workers, samplesMs: subject.samplesMs, workerTimes: null }))
      .filter((run) => run.samplesMs.length > 0),
    weakRuns: [],
    chunkSweep: null,
    taskSweep: null,
  };
}
