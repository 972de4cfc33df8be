/**
 * A module that cannot be imported in a worker, in several ways.
 *
 * @module
 */

import { task } from "../mod.ts";

const inWorker = "WorkerGlobalScope" in globalThis;

export const missing = task({ url: new URL("./not_there.ts", import.meta.url).href }, () => 1);

if (!inWorker) task(import.meta, () => "only in the main thread");

/** Its place among the tasks is another one in a worker. */
export const displaced = task(import.meta, () => "displaced");

export const neverMade = inWorker ? undefined : task(import.meta, () => "never made in a worker");
