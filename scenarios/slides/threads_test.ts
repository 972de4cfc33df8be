/**
 * The slides on threads. A Python thread overlaps waiting and computes nothing in parallel; here that is
 * the event loop, and `EventLoopExecutor` is its pool of threads.
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { assertEquals } from "@std/assert";
import { monteCarloPi, nearPi } from "./monte_carlo.ts";
import { range } from "./python.ts";

const sorted = (lines: string[]) => lines.toSorted();
const results = sorted([...range(10)].map((n) => `thread ${n}`));

/** Ten threads that print; each reads only when all ten have begun, so it hangs if they do not overlap. */
function tenThreads(lines: string[]): (n: number) => Promise<void> {
  const allHaveBegun = new mp.Barrier(10);
  return async (n) => {
    await allHaveBegun.waitAsync({ timeout: 10_000 });
    await Deno.stat(import.meta.filename!);
    lines.push(`thread ${n}`);
  };
}

Deno.test("PNNL, Using threads to hide I/O: ten threads that nobody joins", async () => {
  const lines: string[] = [];
  const threadFunc = tenThreads(lines);
  {
    await using threads = new mp.ThreadPoolExecutor({ maxWorkers: 10 });
    for (const i of range(10)) threads.submit(threadFunc, i);
    lines.push("All done!");
  }
  assertEquals(lines[0], "All done!"); // what is printed first
  assertEquals(sorted(lines.slice(1)), results); // in any order
});

Deno.test("PNNL, Joining threads: ten threads that are joined", async () => {
  const lines: string[] = [];
  const threadFunc = tenThreads(lines);
  await using executor = new mp.ThreadPoolExecutor({ maxWorkers: 10 });
  const threads: mp.Future<void>[] = [];
  for (const i of range(10)) {
    const t = executor.submit(threadFunc, i);
    threads.push(t);
  }
  for (const t of threads) await t;
  lines.push("All done!");
  assertEquals(lines.at(-1), "All done!");
  assertEquals(sorted(lines.slice(0, -1)), results);
});

Deno.test("Duke, In [27] [28]: ThreadPoolExecutor.map of pi, no faster under a GIL", async () => {
  await using pool = new mp.ThreadPoolExecutor({ maxWorkers: 4 });
  const res = pool.map(monteCarloPi, Array(10).fill(1e4));
  let count = 0;
  for await (const pi of res) {
    nearPi(pi, 1e4);
    count++;
  }
  assertEquals(count, 10);
});

Deno.test("Duke, In [33] to [37]: threads without a GIL are workers", async () => {
  await using pool = new mp.WorkerPoolExecutor({ maxWorkers: 4 });
  const res = pool.map(monteCarloPi, Array(10).fill(1e4));
  const pis = await Array.fromAsync(res);
  pis.forEach((pi) => nearPi(pi, 1e4));
  assertEquals(pis.length, 10);
});
