import { assertEquals, assertRejects } from "@std/assert";
import { Barrier } from "@polycore/sync";
import { SharedArray, Value } from "@polycore/shm";
import { partial } from "../partial.ts";
import { Pool } from "../pool.ts";
import { leavesNothing } from "../testing/helpers.ts";
import { expiresAfter } from "./expires_after.ts";
import { delayed } from "./delayed.ts";
import { Parallel } from "./parallel.ts";
import { Memory } from "./memory.ts";
import { filesIn, inFolder } from "./testing/memory_helpers.ts";
import { failing, together, triple } from "./testing/memory_tasks.ts";

/** Do something with a pool of two workers and a folder. */
function withPool(act: (pool: Pool, folder: string) => Promise<void>): Promise<void> {
  return leavesNothing(() =>
    inFolder(async (folder) => {
      await using pool = new Pool(2);
      await act(pool, folder);
    })
  );
}

Deno.test("workers: a cached plain function goes to workers", () =>
  withPool(async (pool, folder) => {
    const memory = new Memory(folder, { verbose: 0 });
    const square = memory.cache((x: number) => x * x);
    assertEquals(await pool.map(square, [1, 2, 3, 2, 1]), [1, 4, 9, 4, 1]);
    for (const x of [1, 2, 3]) assertEquals(await square.checkCallInCache(x), true);
    assertEquals(filesIn(folder, "output.bin").length, 3);
    assertEquals(await pool.map(partial(square, 4), [0, 0]), [16, 16]);
  }));

Deno.test("workers: a cached task computes once, whoever asks, and what it ignores is not in the key", () =>
  withPool(async (pool, folder) => {
    using ran = new Value("i", 0);
    const memory = new Memory(folder, { verbose: 0 });
    const cached = memory.cache(triple, {
      ignore: ["ran"],
      cacheValidationCallback: expiresAfter({ days: 1 }),
    });
    const expected = { data: new Float64Array(20_000).fill(6) };
    for (let i = 0; i < 3; i++) assertEquals(await pool.apply(cached, [2, ran]), expected);
    assertEquals(await cached(2, ran), expected);
    assertEquals(ran.value, 1);
  }));

Deno.test("workers: with `shared` large arrays come as SharedArrays, the first time too", () =>
  withPool(async (pool, folder) => {
    using ran = new Value("i", 0);
    const cached = new Memory(folder, { verbose: 0, shared: true }).cache(triple, {
      ignore: ["ran"],
    });
    for (let i = 0; i < 2; i++) {
      const { data } = await pool.apply(cached, [1, ran]) as { data: unknown };
      using array = data as SharedArray<"d">;
      assertEquals([array instanceof SharedArray, array.length, array.get(9)], [true, 20_000, 3]);
    }
    assertEquals(ran.value, 1);
  }));

Deno.test("test_cached_function_race_condition_when_persisting_output: two workers compute one cold call at once", () =>
  withPool(async (pool, folder) => {
    const cached = new Memory(folder, { verbose: 0 }).cache(together, { ignore: ["barrier"] });
    const barrier = new Barrier(2);
    const both = await pool.starmap(cached, [[5, barrier], [5, barrier]], { chunkSize: 1 });
    assertEquals(both, [[5, 3], [5, 3]]);
    assertEquals(filesIn(folder, "output.bin").length, 1);
    assertEquals(filesIn(folder, ".tmp"), []);
    assertEquals(await cached(5, barrier), [5, 3]); // would wait at the barrier if it were computed
    barrier.dispose();
  }));

Deno.test("workers: Parallel calls a cached function, as joblib's users do", () =>
  withPool(async (_, folder) => {
    const cached = new Memory(folder, { verbose: 0 }).cache((x: number) => x * x);
    await using parallel = Parallel({ nJobs: 2 });
    const squares = () => parallel([1, 2, 3].map((x) => delayed(cached)(x)));
    assertEquals([await squares(), await squares()], [[1, 4, 9], [1, 4, 9]]);
    assertEquals(await cached.checkCallInCache(3), true);
  }));

Deno.test("workers: an error of a cached function arrives as that of the function", () =>
  withPool(async (pool, folder) => {
    const cached = new Memory(folder, { verbose: 0 }).cache(failing);
    await assertRejects(() => pool.apply(cached, [1]), RangeError, "not 1");
    const outer = {};
    const closure = new Memory(folder, { verbose: 0 }).cache(() => outer);
    await assertRejects(async () => await pool.apply(closure), TypeError, '"outer"');
  }));
