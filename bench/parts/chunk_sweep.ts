/**
 * The same problem in larger and smaller tasks: what does handing out cost, and what does waiting for
 * the last one?
 *
 * @module
 */
import type { Kernel } from "@polycore/reports";
import type { KernelSpec, Problem } from "../kernels/kernel.ts";
import { type Context, onPool, sample } from "./context.ts";

/** The most tasks for each worker. */
const MOST_TASKS = 1024;

/**
 * Measure a problem on the most workers, in 1, 4, 16, ... tasks for each.
 *
 * @param kernel The kernel.
 * @param problem Its data.
 * @param size The size of the problem.
 * @param context How to measure.
 * @returns The samples, ascending by the size of a task.
 */
export async function sweepChunks<D>(
  kernel: KernelSpec<D>,
  problem: Problem<D>,
  size: number,
  context: Context,
): Promise<Kernel["chunkSweep"]> {
  const workers = Math.max(...context.cores);
  const sizes = new Set<number>();
  for (let tasks = 1; tasks <= MOST_TASKS; tasks *= 4) {
    sizes.add(Math.max(1, Math.ceil(size / (workers * tasks) / kernel.grain)) * kernel.grain);
  }
  const subjects = [...sizes].sort((a, b) => a - b).map((chunkSize) => ({
    chunkSize,
    subject: onPool(kernel, problem, size, context.pool(workers), chunkSize),
  }));
  await sample(
    subjects.map(({ subject }) => subject),
    `${kernel.title}, sizes of a task`,
    context,
  );
  const points = subjects.flatMap(({ chunkSize, subject: { samplesMs } }) =>
    samplesMs.length === 0 ? [] : [{ chunkSize, samplesMs }]
  );
  return points.length === 0 ? null : { workers, points };
}
