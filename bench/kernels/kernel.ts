/**
 * What the runner needs to know of a kernel.
 *
 * @module
 */
import type { Pool } from "@polycore/pool";

/** A kernel with its data in place, ready to be timed. */
export interface PreparedKernel {
  /** Solve it by a plain loop on this thread, with no pool. */
  serial(): number;
  /** Solve it on a pool of so many workers. The result has to be the same number. */
  parallel(pool: Pool, workers: number): Promise<number>;
  /** The result in words. */
  describe(result: number): string;
}

/** A problem of fixed size that can be cut into tasks. */
export interface KernelSpec {
  /** A short name, the same in every report. */
  name: string;
  /** Its name in words. */
  title: string;
  /** What is computed, and how the work is cut. */
  about: string;
  /** What the size counts, in the plural. */
  unit: string;
  /** The size of a full run and of a quick one. */
  sizes: { full: number; quick: number };
  /** How often each number of workers is timed. */
  samples: { full: number; quick: number };
  /** Set up the data, outside of the timing. */
  prepare(size: number): PreparedKernel;
}
