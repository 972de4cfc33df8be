/**
 * Weak scaling: the problem grows with the number of workers, so that each has the same to do.
 *
 * @module
 */
import type { WeakRun } from "@polycore/reports";
import type { KernelSpec } from "../kernels/kernel.ts";
import { type Context, onPool, sample, shareOf, withProblem } from "./context.ts";
import { metered } from "./worker_times.ts";

/**
 * Measure a share of the problem for each worker, on each number of workers.
 *
 * @param kernel The kernel.
 * @param context How to measure.
 * @returns The samples; what was stopped before its first sample is left out.
 */
export function weakScaling<D extends unknown[]>(
  kernel: KernelSpec<D>,
  context: Context,
): Promise<WeakRun[]> {
  const share = shareOf(kernel, context);
  const largest = share * Math.max(...context.cores);
  return withProblem(kernel, largest, async (problem) => {
    const subjects = context.cores.map((workers) => {
      const size = share * workers;
      const pool = context.pool(workers);
      const subject = onPool(kernel, problem, size, pool, share / kernel.tasksPerWorker);
      // Only the largest problem has a known result; strong scaling has checked the others.
      if (size < largest) delete subject.check;
      return { workers, size, ...metered(subject, pool) };
    });
    await sample(
      subjects.map(({ subject }) => subject),
      `${kernel.title}, growing with the workers`,
      context,
    );
    return subjects.flatMap(({ workers, size, subject: { samplesMs }, workerTimes }) =>
      samplesMs.length === 0 ? [] : [{ workers, size, samplesMs, workerTimes: workerTimes() }]
    );
  });
}
