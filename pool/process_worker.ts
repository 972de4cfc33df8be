/**
 * The worker's side of a `Process`.
 *
 * @module
 */

import { explain } from "./functions.ts";
import { getLogger } from "./logging.ts";
import type { Parcel } from "./parcel.ts";
import { becomeProcess, type ProcessParcel } from "./process.ts";
import { openParcel } from "./will.ts";

/** What the worker of a process is told. */
export interface ProcessJob {
  /** Tells the jobs apart. */
  kind: "process";
  /** Name of the process. */
  name: string;
  /** The encoded {@linkcode ProcessParcel}. */
  parcel: Parcel;
}

/** Run a process; gives its exit code. */
export async function runProcess({ parcel }: ProcessJob, will: number): Promise<number> {
  const about = await openParcel(parcel, will) as ProcessParcel;
  const process = becomeProcess(about);
  getLogger().info("child process calling self.run()");
  try {
    await process.run();
  } catch (error) {
    throw about.target ? explain(error, about.target) : error;
  }
  return 0;
}
