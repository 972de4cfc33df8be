/**
 * Programs whose end is looked at from outside; the first argument says which.
 *
 * @module
 */

import { Event } from "@polycore/sync";
import { Value } from "@polycore/shm";
import { cpuInfo, Pool, Process, WorkerPoolExecutor } from "../mod.ts";
import { later, spin, square } from "./tasks.ts";

const programs: Record<string, () => void | Promise<void>> = {
  async using() {
    await using pool = new Pool(2);
    console.log(await pool.map(square, [1, 2, 3]));
  },
  async forgotten() {
    const pool = new Pool(2);
    console.log(await pool.map(square, [1, 2, 3]));
  },
  callback() {
    new Pool(1).applyAsync(later, [1], { callback: (x) => console.log("callback", x) });
  },
  process() {
    const done = new Value("i", 0);
    new Process({
      target: async (v: Value<"i">) => {
        await new Promise((resolve) => setTimeout(resolve, 50));
        v.value = 1;
        console.log("the process is done");
      },
      args: [done],
    }).start();
    console.log("main is done");
  },
  async daemon() {
    const begun = new Event();
    new Process({ target: spin, args: [begun], daemon: true }).start();
    await begun.waitAsync();
    console.log("main is done");
  },
  async spinning() {
    const begun = new Event();
    const process = new Process({ target: spin, args: [begun], name: "Spinner" });
    process.start();
    await begun.waitAsync();
    process.kill();
    await process.join();
    console.log("exit code", process.exitcode);
  },
  async throwingCallback() {
    await using pool = new Pool(1);
    const callback = () => {
      throw new Error("from the callback");
    };
    await pool.applyAsync(square, [1], { callback });
    await pool.apply(square, [2]);
    console.log("not reached");
  },
  executor() {
    new WorkerPoolExecutor({ maxWorkers: 1 }).submit(async () => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      console.log("apple");
    });
  },
  async idleExecutor() {
    console.log(await new WorkerPoolExecutor({ maxWorkers: 1 }).submit(square, 3));
  },
  cpu() {
    console.log(JSON.stringify(cpuInfo()));
  },
};

if (import.meta.main) await programs[Deno.args[0]!]!();
