/**
 * Programs whose end is looked at from outside; the first argument says which.
 *
 * @module
 */

import { delayed, Parallel, Process, task } from "../../mod.ts";
import { square } from "../../testing/tasks.ts";

const calls = [1, 2, 3].map((x) => delayed(square)(x));

const insideProcess = task(import.meta, async () => {
  console.log(await Parallel({ nJobs: 2 })(calls));
});

const programs: Record<string, () => void | Promise<void>> = {
  /** Nobody ends the idle workers. */
  async forgotten() {
    console.log(await Parallel({ nJobs: 2 })(calls));
  },
  /** Nobody awaits the results in the main module. */
  notAwaited() {
    Parallel({ nJobs: 2 })(calls).then((results) => console.log(results));
  },
  /** A process ends with idle workers. */
  async process() {
    const process = new Process({ target: insideProcess });
    process.start();
    await process.join();
    console.log("exit code", process.exitcode);
  },
};

if (import.meta.main) await programs[Deno.args[0]!]!();
