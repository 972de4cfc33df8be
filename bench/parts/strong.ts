/**
 * Strong scaling: the same problem on more and more workers.
 *
 * @module
 */
import type { BaseLine, Run } from "@polycore/reports";
import { type KernelSpec, type Problem, VARIANTS } from "../kernels/kernel.ts";
import { type Context, onPool, onThisThread, sample, unitsPerTask, VARIANT } from "./context.ts";
import { metered } from "./worker_times.ts";

/** What was measured. */
export interface Strong {
  /** What comes out, in words. */
  result: string;
  /** The plain loop without a pool. */
  baseLines: BaseLine[];
  /** One entry for each number of workers. */
  runs: Run[];
}

/**
 * Measure a problem as a plain loop and on each number of workers.
 *
 * @param kernel The kernel.
 * @param problem Its data.
 * @param size The size of the problem.
 * @param context How to measure.
 * @returns The samples; what was stopped before its first sample is left out.
 */
export async function strongScaling<D>(
  kernel: KernelSpec<D>,
  problem: Problem<D>,
  size: number,
  context: Context,
): Promise<Strong> {
  const serial = onThisThread(kernel, VARIANT, problem, size);
  const pools = context.cores.map((workers) => {
    const pool = context.pool(workers);
    const subject = onPool(kernel, problem, size, pool, unitsPerTask(kernel, size, workers));
    return { workers, ...metered(subject, pool) };
  });
  const result = problem.check(kernel.variants[VARIANT](problem.data, 0, size));
  await sample([serial, ...pools.map(({ subject }) => subject)], kernel.title, context);
  return {
    result,
    baseLines: serial.samplesMs.length === 0 ? [] : [{
      name: VARIANT,
      title: `the plain loop in ${VARIANTS[VARIANT]}`,
      threads: 1,
      missing: null,
      result,
      samplesMs: serial.samplesMs,
    }],
    runs: pools.flatMap(({ workers, subject: { samplesMs }, workerTimes }) =>
      samplesMs.length === 0 ? [] : [{ workers, samplesMs, workerTimes: workerTimes() }]
    ),
  };
}
