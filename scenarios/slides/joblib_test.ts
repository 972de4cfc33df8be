/**
 * The slides on joblib, whose code is on pictures: what they say of each part, as calls.
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { assert, assertEquals, assertRejects } from "@std/assert";
import { join } from "@std/path";
import { range } from "./python.ts";

/** Let a test work in a folder of its own. */
async function inFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = Deno.makeTempDirSync();
  try {
    await test(folder);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

const power = mp.task(import.meta, (x: number, n: number) => x ** n);

Deno.test("Firenze, Backend: loky and multiprocessing", async () => {
  for (const backend of ["loky", "multiprocessing", "workers"]) {
    await using parallel = mp.Parallel({ nJobs: 2, backend });
    assertEquals(await parallel(range(4).map((x) => mp.delayed(power)(x, 2))), [0, 1, 4, 9]);
  }
});

Deno.test("Firenze, Memoization: Memory, as a decorator and by its method", () =>
  inFolder(async (folder) => {
    const memory = new mp.Memory(folder, { verbose: 0 });
    let computed = 0;
    const costly = memory.cache(function costly(x: number) {
      computed++;
      return x ** 2;
    });
    assertEquals([await costly(3), await costly(3), computed], [9, 9, 1]);
    const again = new mp.Memory(folder, { verbose: 0 }).cache(power); // the method, for a given function
    assertEquals([await again(2, 10), await again(2, 10)], [1024, 1024]);
    assert(await again.checkCallInCache(2, 10));
  }));

Deno.test("Firenze, Memory tricks: clear, and functions of one name", () =>
  inFolder(async (folder) => {
    const memory = new mp.Memory(folder, { verbose: 0 });
    const first = memory.cache(power);
    await first(2, 3);
    await memory.clear();
    assert(!await first.checkCallInCache(2, 3)); // all that was stored is lost
    // In joblib the two would clear each other's results; here a warning names them, and both are kept.
    const one = memory.cache(function next(x: number) {
      return x + 1;
    });
    const two = memory.cache(function next(x: number) {
      return x + 2;
    });
    assertEquals([await one(1), await two(1), await one(1)], [2, 3, 2]);
  }));

/** What a task of a worker changes is the worker's own. */
const seen = new Set<number>();
const remember = mp.task(import.meta, (x: number) => {
  seen.add(x);
});

Deno.test("Firenze, Parallelization: Parallel, delayed, n_jobs, verbose, require, memmap, parallel_backend", async () => {
  await using parallel = mp.Parallel({ nJobs: 2, verbose: 0 }); // one crew for several calls
  for (const n of [1, 2]) {
    const powers = await parallel(range(3).map((x) => mp.delayed(power)(x, n)));
    assertEquals(powers, [0, 1, 2 ** n]);
  }
  // Without `delayed` the loop has made the calls before Parallel gets what came out.
  const results = range(3).map((x) => power(x, 2)) as unknown as Iterable<[() => number, []]>;
  await assertRejects(() => parallel(results), TypeError);

  await parallel(range(3).map((x) => mp.delayed(remember)(x)));
  assertEquals(seen.size, 0);
  const shared = mp.Parallel({ nJobs: 2, require: "sharedmem" });
  await shared(range(3).map((x) => mp.delayed(remember)(x)));
  assertEquals([...seen].toSorted(), [0, 1, 2]);

  using _ = mp.parallelConfig({ nJobs: 2, innerMaxNumThreads: 1 });
  assertEquals(mp.effectiveNJobs(), 2);
});

Deno.test("Firenze, Serialization: dump and load, compressed", () =>
  inFolder(async (folder) => {
    const value = { name: "squares", values: Float64Array.from(range(1000), (x) => x ** 2) };
    for (const name of ["value.poly", "value.gz", "value.bz2", "value.xz"]) {
      const [path] = await mp.dump(value, join(folder, name));
      assertEquals(await mp.load(path!), value);
    }
    const plain = Deno.statSync(join(folder, "value.poly")).size;
    for (const compress of [true, 9, ["gzip", 3]] as const) {
      const [path] = await mp.dump(value, join(folder, "again"), { compress });
      assert(Deno.statSync(path!).size < plain);
      assertEquals(await mp.load(path!), value);
    }
  }));
