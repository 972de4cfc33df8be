/**
 * The mistake that Python answers with its `__main__` error: a module with tasks that starts workers
 * when it is imported.
 *
 * @module
 */

import { Pool, Process, task } from "../mod.ts";

const double = task(import.meta, (x: number) => 2 * x);

if (Deno.args[0] === "process") {
  const process = new Process({ target: double, args: [1] });
  process.start();
  await process.join();
  console.log("exit code", process.exitcode);
} else {
  const pool = new Pool(2);
  try {
    console.log(await pool.map(double, [1, 2, 3]));
  } finally {
    pool.terminate();
    await pool.join();
  }
}
