import { assertEquals, assertThrows } from "@std/assert";
import { expiresAfter } from "./expires_after.ts";
import { filesIn, withMemory } from "./testing/memory_helpers.ts";

Deno.test("test_memory_expires_after: an old result is computed again", () =>
  withMemory(async (memory, folder) => {
    let calls = 0;
    const f = memory.cache(() => ++calls, { cacheValidationCallback: expiresAfter({ days: 1 }) });
    assertEquals([await f(), await f(), await f.checkCallInCache()], [1, 1, true]);
    const [file] = filesIn(folder, "metadata.json");
    const metadata = JSON.parse(await Deno.readTextFile(file!));
    metadata.time -= 86_400_001;
    await Deno.writeTextFile(file!, JSON.stringify(metadata));
    assertEquals(await f.checkCallInCache(), false);
    assertEquals([await f(), await f()], [2, 2]);
    // without metadata the time of the file counts
    await Deno.remove(file!);
    assertEquals(await f(), 2);
    const old = new Date(Date.now() - 86_400_001);
    await Deno.utime(filesIn(folder, "output.bin")[0]!, old, old);
    assertEquals(await f(), 3);
  }));

Deno.test("test_memory_expires_after: units add up, and others are errors", () => {
  const valid = expiresAfter({ minutes: 1, seconds: 30 });
  const aged = (age: number) => valid({ time: Date.now() - age, duration: 0, inputArgs: {} });
  assertEquals([aged(60_000), aged(90_000)], [true, false]);
  assertThrows(() => expiresAfter({ year: 1 } as object), TypeError, 'A duration has no "year"');
  assertThrows(() => expiresAfter(-1), RangeError, "The time of expiresAfter is -1");
});

Deno.test("test_memory_expires_after: the callback is given the metadata, and may be async", () =>
  withMemory(async (memory) => {
    let calls = 0;
    const asked: unknown[] = [];
    const cacheValidationCallback = async (metadata: { inputArgs: Record<string, string> }) => {
      asked.push(await Promise.resolve(metadata.inputArgs.x));
      return false;
    };
    const f = memory.cache((x: number) => (calls++, x), { cacheValidationCallback });
    await f(7);
    await f(7);
    assertEquals([calls, asked], [2, ["7"]]);
    const wrong = "daily" as unknown as () => boolean;
    assertThrows(
      () => memory.cache((x: number) => x, { cacheValidationCallback: wrong }),
      TypeError,
      "cacheValidationCallback needs to be callable",
    );
  }));
