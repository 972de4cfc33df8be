/**
 * The worker's side of a `Process`.
 *
 * @module
 */

import { free } from "@polycore/sync/internal";
import { decode } from "@polycore/shm/internal";
import { ensureLoaded } from "./functions.ts";
import { becomeProcess, type ProcessParcel } from "./process.ts";

/** What the worker of a process is told. */
export interface ProcessJob {
  /** Tells the jobs apart. */
  kind: "process";
  /** Name of the process. */
  name: string;
  /** The block with the encoded {@linkcode ProcessParcel}. */
  block: number;
  /** The functions in it, whose modules are loaded first. */
  functions: number[];
}

/** Run a process; gives its exit code. */
export async function runProcess({ block, functions }: ProcessJob): Promise<number> {
  await ensureLoaded(functions);
  const parcel = decode(block) as ProcessParcel;
  free(block);
  await becomeProcess(parcel).run();
  return 0;
}
