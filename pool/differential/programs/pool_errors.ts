/**
 * What a pool refuses, when, and in which words.
 *
 * @module
 */

import { Pool, task, TimeoutError } from "../../mod.ts";
import { line, range, tell, tellAsync } from "./report.ts";

const square = task(import.meta, (x: number) => x * x);
const add = task(import.meta, (a: number, b: number) => a + b);

async function tellCalls(state: string, pool: Pool): Promise<void> {
  const calls = {
    "apply": () => pool.apply(square, [3]),
    "apply_async": () => pool.applyAsync(square, [3]),
    "map": () => pool.map(square, [1, 2]),
    "map_async": () => pool.mapAsync(square, [1, 2]),
    "map of nothing": () => pool.map(square, []),
    "starmap": () => pool.starmap(add, [[1, 2]]),
    "starmap_async": () => pool.starmapAsync(add, [[1, 2]]),
    "imap": () => Array.fromAsync(pool.imap(square, [1, 2])),
    "imap_unordered": async () =>
      (await Array.fromAsync(pool.imapUnordered(square, [1, 2]))).sort((a, b) => a - b),
  };
  for (const [name, call] of Object.entries(calls)) await tellAsync(`${state}, ${name}`, call);
}

async function main(): Promise<void> {
  for (const n of [0, -1, -100]) tell(`a pool of ${n}`, () => new Pool(n));
  tell("a pool of text", () => new Pool("two" as never));
  tell("an initializer that is none", () => new Pool(1, { initializer: 5 as never }));
  for (const n of [0, -1, 0.5, "1"]) {
    const shown = typeof n === "string" ? `'${n}'` : n;
    tell(`maxtasksperchild ${shown}`, () => new Pool(1, { maxTasksPerChild: n as never }));
  }
  let pool = new Pool(1);
  await tellCalls("open", pool);
  for (const chunkSize of [0, -1]) {
    await tellAsync(`map by ${chunkSize}`, () => pool.map(square, [1, 2], { chunkSize }));
    await tellAsync(
      `imap by ${chunkSize}`,
      () => Array.fromAsync(pool.imap(square, [1, 2], { chunkSize })),
    );
    await tellAsync(
      `imap_unordered by ${chunkSize}`,
      () => Array.fromAsync(pool.imapUnordered(square, [1, 2], { chunkSize })),
    );
  }
  await tellAsync("join while open", () => pool.join());
  const pending = range(4).map((i) => pool.applyAsync(square, [i]));
  const mapped = pool.mapAsync(square, range(4));
  const iterator = pool.imap(square, range(4));
  line("close", [pool.close(), pool.close()]);
  await tellCalls("closed", pool);
  line("what was under way when it closed", [
    await Promise.all(pending),
    await mapped,
    await Array.fromAsync(iterator),
  ]);
  line("join, twice", [await pool.join(), await pool.join()]);
  await tellCalls("joined", pool);
  line("close after join", pool.close());
  line("terminate after join", pool.terminate());
  pool = new Pool(1);
  line("terminate, twice", [pool.terminate(), pool.terminate()]);
  await tellCalls("terminated", pool);
  line("join after terminate", [await pool.join(), await pool.join()]);
  let done;
  {
    await using inner = new Pool(1);
    pool = inner;
    done = pool.applyAsync(square, [3]);
    await done.wait();
  }
  line("a result after the block", await done);
  await tellAsync("map after the block", () => pool.map(square, [1]));
  line("TimeoutError is an Exception", new TimeoutError("") instanceof Error);
}

if (import.meta.main) await main();
