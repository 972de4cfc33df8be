/**
 * Measure how programs scale with the number of workers: kernels, the runner, and the machine they ran on.
 *
 * The command is `deno task bench`; what is here serves those who measure kernels of their own.
 *
 * @module
 */
export type { KernelSpec, PreparedKernel } from "./kernels/kernel.ts";
export { allowedCores, readMachine } from "./machine.ts";
export { runBench, type RunOptions } from "./run.ts";
