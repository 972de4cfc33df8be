import { assert, assertEquals, assertRejects } from "@std/assert";
import { MemorizedResult } from "./memorized_result.ts";
import { withMemory } from "./testing/memory_helpers.ts";

Deno.test("test_call_and_shelve: a reference to the result, also to one that is there already", () =>
  withMemory(async (memory) => {
    let calls = 0;
    const f = memory.cache((x: number) => (calls++, { x }));
    const results = [await f.callAndShelve(1), await f.callAndShelve(1)];
    assertEquals(calls, 1);
    for (const result of results) {
      assert(result instanceof MemorizedResult);
      assertEquals(await result.get(), { x: 1 });
      assertEquals((await Deno.stat(result.path!)).isFile, true);
    }
    await results[0]!.clear();
    await results[0]!.clear();
    await assertRejects(() => results[1]!.get(), RangeError, "Non-existing cache value");
    assertEquals([await f(1), calls], [{ x: 1 }, 2]);
  }));
