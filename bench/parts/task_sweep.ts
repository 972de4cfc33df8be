/**
 * Problems from tiny to large, each as one plain loop and on a pool: from which size on does a pool win?
 *
 * @module
 */
import type { Kernel } from "@polycore/reports";
import type { KernelSpec, Problem } from "../kernels/kernel.ts";
import { type Context, onPool, onThisThread, sample, VARIANT } from "./context.ts";

/** How much larger each problem is than the one before. */
const STEP = 4;

/** The most problems. */
const MOST_POINTS = 8;

/**
 * Measure problems of growing size, with one task for each worker, beside the plain loop.
 *
 * @param kernel The kernel.
 * @param problem The data of the largest problem; smaller ones take its first part.
 * @param size The size of the largest problem.
 * @param context How to measure.
 * @returns The samples, ascending by the size of a task.
 */
export async function sweepTasks<D>(
  kernel: KernelSpec<D>,
  problem: Problem<D>,
  size: number,
  context: Context,
): Promise<Kernel["taskSweep"]> {
  const workers = Math.max(...context.cores);
  const largest = Math.floor(size / workers / kernel.grain) * kernel.grain;
  const sizes: number[] = [];
  for (let units = largest; units >= kernel.grain && sizes.length < MOST_POINTS; units /= STEP) {
    sizes.unshift(Math.ceil(units / kernel.grain) * kernel.grain);
  }
  const subjects = sizes.map((units) => {
    const serial = onThisThread(kernel, VARIANT, problem, units * workers);
    const pool = onPool(kernel, problem, units * workers, context.pool(workers), units);
    // Parts of the problem have no known result; strong scaling has checked the whole.
    delete serial.check;
    delete pool.check;
    return { units, serial, pool };
  });
  await sample(
    subjects.flatMap(({ serial, pool }) => [serial, pool]),
    `${kernel.title}, from which size on a pool wins`,
    context,
  );
  const points = subjects.flatMap(({ units, serial, pool }) =>
    serial.samplesMs.length === 0 || pool.samplesMs.length === 0 ? [] : [{
      unitsPerTask: units,
      tasks: workers,
      serialMs: serial.samplesMs,
      poolMs: pool.samplesMs,
    }]
  );
  return points.length === 0 ? null : { workers, points };
}
