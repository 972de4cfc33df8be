/**
 * Measure how programs scale with the number of workers. The command is `deno task bench`; what is
 * here is how it takes its samples, for those who measure something of their own.
 *
 * @module
 */
export * from "./sampling.ts";
