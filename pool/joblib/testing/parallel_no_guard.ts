/**
 * A module that makes calls without the guard: each worker that imports it would do so again.
 *
 * @module
 */

import { delayed, Parallel, task } from "../../mod.ts";

const half = task(import.meta, (x: number) => x / 2);

await using parallel = Parallel({ nJobs: 2, backend: "workers" });
console.log(await parallel([delayed(half)(2)]));
