/**
 * What all parts of a bench have in common: the workers, the time they may take, and how a kernel runs
 * on a pool.
 *
 * @module
 */
import type { Pool } from "@polycore/pool";
import { Shareable } from "@polycore/sync";
import { ranges, runRange } from "../kernels/all.ts";
import type { KernelSpec, Problem, VariantName } from "../kernels/kernel.ts";
import { sampleInTurns, type Timed } from "../sampling.ts";

/** How to measure. */
export interface Context {
  /** The numbers of workers, ascending. */
  cores: readonly number[];
  /** Cut the problems down. */
  quick: boolean;
  /** The width of the median's interval that is narrow enough, as a share of the median. */
  precision: number;
  /** Milliseconds that one part of one kernel may take. */
  budgetMs: number;
  /** Where chance comes from. */
  random: () => number;
  /** Whether the run is to end at once, with what it has. */
  stopped: () => boolean;
  /** Called with what is going on. */
  onProgress: (text: string) => void;
  /** The pool of so many workers; kept for the whole run. */
  pool: (workers: number) => Pool;
}

/** The code that the pools run: the fastest. */
export const VARIANT: VariantName = "wasm-simd";

/** The largest shared data of a problem, in bytes: half of what the shared heap has. */
const MOST_BYTES = 2 ** 31;

/** The size of a kernel's problem in this run. */
export function sizeOf(kernel: KernelSpec, { quick }: Context): number {
  return quick ? kernel.sizes.quick : kernel.sizes.full;
}

/** One worker's share in weak scaling: what it has of the whole problem on four workers, if that fits. */
export function shareOf(kernel: KernelSpec, context: Context): number {
  const most = Math.max(...context.cores);
  const fits = MOST_BYTES / (kernel.sharedBytesPerUnit * most);
  const share = Math.min(sizeOf(kernel, context) / 4, fits);
  return Math.max(1, Math.floor(share / kernel.grain)) * kernel.grain;
}

/** A subject that runs the kernel as one plain loop on this thread. */
export function onThisThread<D>(
  kernel: KernelSpec<D>,
  variant: VariantName,
  problem: Problem<D>,
  size: number,
): Timed {
  return {
    samplesMs: [],
    run: () => kernel.variants[variant](problem.data, 0, size),
    ...checks(problem),
  };
}

/** A subject that runs the kernel on a pool, in tasks of so many units. */
export function onPool<D>(
  kernel: KernelSpec<D>,
  problem: Problem<D>,
  size: number,
  pool: Pool,
  unitsPerTask: number,
): Timed {
  const tasks = ranges(size, unitsPerTask, kernel.grain).map((
    [from, to],
  ): Parameters<typeof runRange> => [kernel.name, VARIANT, problem.data, from, to]);
  return {
    samplesMs: [],
    run: async () => {
      const sums = await pool.starmap(runRange, tasks, { chunkSize: 1 });
      return sums.reduce((sum, part) => sum + part, 0);
    },
    ...checks(problem),
  };
}

function checks<D>(problem: Problem<D>): Pick<Timed, "check"> {
  return {
    check(result) {
      problem.check(result as number);
      problem.clear?.(); // so that the next one that is checked has to write everything itself
    },
  };
}

/** Units of a task where each worker gets as many tasks as the kernel wants. */
export function unitsPerTask(kernel: KernelSpec, size: number, workers: number): number {
  return size / (workers * kernel.tasksPerWorker);
}

/** {@linkcode sampleInTurns} with the settings of a run. */
export function sample(
  subjects: readonly Timed[],
  what: string,
  context: Context,
): Promise<void> {
  return sampleInTurns(subjects, {
    ...context,
    onRound: (round) => context.onProgress(`${what}: round ${round + 1}`),
  });
}

/** Use a problem, and give its memory back. */
export async function withProblem<D extends unknown[], T>(
  kernel: KernelSpec<D>,
  size: number,
  use: (problem: Problem<D>) => Promise<T>,
): Promise<T> {
  const problem = kernel.prepare(size);
  try {
    return await use(problem);
  } finally {
    for (const part of problem.data) if (part instanceof Shareable) part.dispose();
  }
}
