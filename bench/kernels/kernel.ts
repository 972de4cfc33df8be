/**
 * What the runner needs to know of a kernel.
 *
 * @module
 */

/** The same work written in four ways, from the plainest to the fastest. */
export type VariantName = "typescript-plain" | "typescript" | "wasm" | "wasm-simd";

/** The variants, from the plainest to the fastest, with their names in words. */
export const VARIANTS: Record<VariantName, string> = {
  "typescript-plain": "plain TypeScript",
  "typescript": "tuned TypeScript",
  "wasm": "WebAssembly",
  "wasm-simd": "WebAssembly SIMD",
};

/** The work of a kernel on the units from `from` up to but without `to`; gives a part of the sum. */
export type Range<D> = (data: D, from: number, to: number) => number;

/** A problem of one size, with its data in place. */
export interface Problem<D> {
  /** What each worker gets: shared objects, so nothing is copied. */
  data: D;
  /** Forget what an earlier run wrote, so that {@linkcode Problem.check} sees this one. Untimed. */
  clear?(): void;
  /**
   * What came out, in words; untimed.
   *
   * @param sum The sum of what the ranges gave.
   * @throws {WrongResultError} If it is wrong.
   */
  check(sum: number): string;
}

/** A problem that can be cut anywhere into ranges of units. */
// deno-lint-ignore no-explicit-any
export interface KernelSpec<D = any> {
  /** A short name, the same in every report. */
  name: string;
  /** Its name in words. */
  title: string;
  /** What is computed, and what should limit it, in one sentence. */
  about: string;
  /** What the size counts, in the plural. */
  unit: string;
  /** Ranges begin at multiples of so many units. */
  grain: number;
  /** Tasks for each worker: one where all ranges take the same time, more where they may not. */
  tasksPerWorker: number;
  /** The size of a full run and of a quick one. */
  sizes: { full: number; quick: number };
  /** Bytes of shared data for one unit, which limit how large a problem can be. */
  sharedBytesPerUnit: number;
  /** Bytes that have to come from or go to memory for one unit; `null` where they stay in the core. */
  bytesPerUnit: number | null;
  /** Floating-point operations for one unit; `null` where there are none. */
  flopsPerUnit: number | null;
  /** The work, in each variant. */
  variants: Record<VariantName, Range<D>>;
  /** Set up a problem. */
  prepare(size: number): Problem<D>;
}

/** A run gave a wrong result, so its time means nothing. */
export class WrongResultError extends Error {
  /** The error's name. */
  override name = "WrongResultError";
}

/**
 * Compare what came out with what had to.
 *
 * @param what The kernel and the figure, for the message.
 * @param seen What came out.
 * @param expected What had to.
 * @throws {WrongResultError} If they differ.
 */
export function expectResult(what: string, seen: number, expected: number): void {
  if (seen === expected) return;
  throw new WrongResultError(
    `${what} came out as ${seen} and has to be ${expected}, so its times mean nothing; this is a ` +
      `fault of the kernel or of the machine`,
  );
}
