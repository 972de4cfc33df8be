import { assertEquals, assertRejects } from "@std/assert";
import type { MemorizedFunction } from "./memorized_function.ts";
import type { Memory } from "./memory.ts";
import { filesIn, withMemory } from "./testing/memory_helpers.ts";

const HOUR = 3_600_000;

/** A cache with results of 0 to 4, about 8 KB each; 0 was used 5 hours ago, 1 four hours ago, and so on. */
function withFive(
  act: (memory: Memory, f: MemorizedFunction<[x: number], unknown>) => Promise<void>,
) {
  return withMemory(async (memory, folder) => {
    const f = memory.cache((x: number) => new Float64Array(1000).fill(x));
    for (let x = 0; x < 5; x++) {
      await f(x);
      const path = (await f.callAndShelve(x)).path!;
      const used = new Date(Date.now() - (5 - x) * HOUR);
      await Deno.utime(path, used, used);
    }
    assertEquals(filesIn(folder, "output.bin").length, 5);
    await act(memory, f);
  });
}

async function left(f: MemorizedFunction<[x: number], unknown>): Promise<number[]> {
  const xs: number[] = [];
  for (let x = 0; x < 5; x++) if (await f.checkCallInCache(x)) xs.push(x);
  return xs;
}

Deno.test("test_memory_reduce_size_bytes_limit: the most recently used stay", () =>
  withFive(async (memory, f) => {
    await memory.reduceSize({ bytesLimit: "1M" });
    assertEquals(await left(f), [0, 1, 2, 3, 4]);
    await memory.reduceSize({ bytesLimit: "25K" });
    assertEquals(await left(f), [2, 3, 4]);
    await memory.reduceSize({ bytesLimit: 10_000 });
    assertEquals(await left(f), [4]);
    await memory.reduceSize({ bytesLimit: 0 });
    assertEquals(await left(f), []);
    for (const bytesLimit of [-1, "12X", "", null]) {
      await assertRejects(
        () => memory.reduceSize({ bytesLimit } as object),
        RangeError,
        "bytesLimit is ",
      );
    }
  }));

Deno.test("test_memory_reduce_size_items_limit: a result that was read counts as used", () =>
  withFive(async (memory, f) => {
    await f(0);
    await memory.reduceSize({ itemsLimit: 5 });
    assertEquals(await left(f), [0, 1, 2, 3, 4]);
    await memory.reduceSize({ itemsLimit: 3 });
    assertEquals(await left(f), [0, 3, 4]);
    await memory.reduceSize({ itemsLimit: 0 });
    assertEquals(await left(f), []);
    await assertRejects(
      () => memory.reduceSize({ itemsLimit: -1 }),
      RangeError,
      "itemsLimit is -1",
    );
  }));

Deno.test("test_memory_reduce_size_age_limit: milliseconds or units; a negative age is an error", () =>
  withFive(async (memory, f) => {
    await memory.reduceSize({ ageLimit: { days: 1 } });
    assertEquals(await left(f), [0, 1, 2, 3, 4]);
    await memory.reduceSize({ ageLimit: { hours: 3, minutes: 30 } });
    assertEquals(await left(f), [2, 3, 4]);
    await memory.reduceSize({ ageLimit: 1.5 * HOUR });
    assertEquals(await left(f), [4]);
    await assertRejects(() => memory.reduceSize({ ageLimit: -1 }), RangeError, "ageLimit is -1");
  }));

Deno.test("test_memory_reduce_size_no_limit: without a limit, and without a cache, nothing happens", () =>
  withFive(async (memory, f) => {
    await memory.reduceSize();
    await memory.reduceSize({});
    assertEquals(await left(f), [0, 1, 2, 3, 4]);
    await memory.clear({ warn: false });
    await memory.reduceSize({ itemsLimit: 0 });
  }));
