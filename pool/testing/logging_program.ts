/**
 * Programs that log; what they print on stderr is looked at from outside.
 *
 * @module
 */

import { Event } from "@polycore/sync";
import { getLogger, logToStderr, Pool, Process, task } from "../mod.ts";
import { exitWith, square, waitFor } from "./tasks.ts";

const parent = task(import.meta, async () => {
  const never = new Event(), begun = new Event();
  new Process({ target: waitFor, args: [begun, never], name: "Daemon", daemon: true }).start();
  await begun.waitAsync();
  getLogger().warning("from the parent");
});

const raiseLevel = task(import.meta, () => {
  getLogger().info("seen");
  getLogger().setLevel("ERROR");
  getLogger().log("WARNING", "not seen");
});

async function run(process: Process): Promise<void> {
  process.start();
  await process.join();
}

const programs: Record<string, () => Promise<void>> = {
  async process() {
    logToStderr("INFO");
    await run(new Process({ target: exitWith, args: [3], name: "Child" }));
  },
  async family() {
    logToStderr(20);
    await run(new Process({ target: parent, name: "Parent" }));
  },
  async pool() {
    logToStderr("DEBUG");
    const pool = new Pool(1);
    await pool.map(square, [1, 2, 3], { chunkSize: 1 });
    pool.close();
    await pool.join();
    await using _ = new Pool(1);
  },
  async level() {
    logToStderr("INFO");
    await run(new Process({ target: raiseLevel, name: "Child" }));
    getLogger().error("above");
    getLogger().log(45, "far above");
    getLogger().critical("highest");
    getLogger().debug("too low");
  },
  async off() {
    getLogger().setLevel("DEBUG");
    getLogger().critical("nobody listens");
    await run(new Process({ target: exitWith, args: [0] }));
  },
  async warnings() {
    logToStderr();
    logToStderr(); // prints nothing twice
    await run(new Process({ target: parent, name: "Parent" }));
  },
};

if (import.meta.main) await programs[Deno.args[0]!]!();
