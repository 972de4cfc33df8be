/**
 * Polycore: Python's `multiprocessing` for Deno, on Web Workers and shared memory.
 *
 * `import * as mp from "@polycore/polycore"` reads like `import multiprocessing as mp`.
 *
 * @example
 * ```ts
 * import * as mp from "@polycore/polycore";
 * import { assertEquals } from "@std/assert";
 *
 * await using pool = new mp.Pool(2);
 * assertEquals(await pool.map((x: number) => x * x, [1, 2, 3]), [1, 4, 9]);
 * ```
 *
 * @module
 */
export * from "@polycore/sync";
export * from "@polycore/shm";
export { SharedArray as Array } from "@polycore/shm";
export * from "@polycore/pool";
