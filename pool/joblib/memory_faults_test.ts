import { assert, assertEquals, assertMatch } from "@std/assert";
import { join } from "@std/path";
import { Memory } from "./memory.ts";
import { disk } from "./store.ts";
import { filesIn, inFolder, printed, runProgram, withMemory } from "./testing/memory_helpers.ts";

/** Do something while the disk does something else. */
async function withDisk(other: Partial<typeof disk>, act: () => Promise<unknown>) {
  const before = { ...disk };
  Object.assign(disk, other);
  try {
    return await printed(act);
  } finally {
    Object.assign(disk, before);
  }
}

const numbers = (n: number) => Float64Array.from({ length: n }, (_, i) => i);

Deno.test("test_memory_recomputes_after_an_error_while_loading_results: a damaged result is computed again, with a warning", () =>
  withMemory(async (memory, folder) => {
    let calls = 0;
    const f = memory.cache(function f(n: number) {
      calls++;
      return { data: numbers(n) };
    });
    await f(10_000);
    const [path] = filesIn(folder, "output.bin");
    const good = await Deno.readFile(path!);
    const flipped = good.slice();
    flipped[40_000]! ^= 1;
    const damages = [new Uint8Array(), good.slice(0, 100), good.slice(0, -1), flipped, numbers(9)];
    for (const [i, bytes] of damages.entries()) {
      await Deno.writeFile(path!, new Uint8Array(bytes.buffer));
      const { warnings } = await printed(async () => {
        assertEquals(await f(10_000), { data: numbers(10_000) });
      });
      assertEquals(calls, 2 + i);
      const told =
        /^CacheWarning: Exception while loading results for f\(10000\) from .*\. Reason: /;
      if (i === 0) assertMatch(warnings[0]!, told);
      assertEquals(await Deno.readFile(path!), good);
    }
  }));

Deno.test("test_memory_recomputes_after_an_error_while_loading_results: damaged metadata cost nothing", () =>
  withMemory(async (memory, folder) => {
    let calls = 0;
    const f = memory.cache(() => ++calls, { cacheValidationCallback: ({ time }) => time > 0 });
    await f();
    const [path] = filesIn(folder, "metadata.json");
    for (const text of ["", '{"time": 1', "null", "7"]) {
      await Deno.writeTextFile(path!, text);
      assertEquals(await f(), 1);
    }
  }));

Deno.test("a temporary file that a dead writer left is no result, and reduceSize removes it", () =>
  withMemory(async (memory, folder) => {
    let calls = 0;
    const f = memory.cache(() => ++calls);
    await f();
    const [path] = filesIn(folder, "output.bin");
    const half = `${path}.0.tmp`;
    await Deno.writeTextFile(half, "half");
    await Deno.rename(path!, `${path}.1.tmp`); // killed before the rename
    assertEquals([await f.checkCallInCache(), await f()], [false, 2]);
    await memory.reduceSize();
    assertEquals(filesIn(folder, ".tmp").length, 2); // somebody may be writing it
    const old = new Date(Date.now() - 2 * 3_600_000);
    for (const file of filesIn(folder, ".tmp")) await Deno.utime(file, old, old);
    await memory.reduceSize();
    assertEquals([filesIn(folder, ".tmp"), await f()], [[], 2]);
  }));

Deno.test("a full disk: the result is right, a warning says why, and nothing half-written stays", () =>
  withMemory(async (memory, folder) => {
    let calls = 0;
    const f = memory.cache(function full(n: number) {
      calls++;
      return numbers(n);
    });
    const dump: typeof disk.dump = async (_, path) => {
      await Deno.writeFile(path, new Uint8Array(1000));
      throw new Error(`No space left on device (os error 28): write '${path}'`);
    };
    const { warnings } = await withDisk({ dump }, async () => {
      assertEquals(await f(3), numbers(3));
      assertEquals(await f(4), numbers(4));
      const shelved = await f.callAndShelve(5);
      assertEquals([shelved.path, await shelved.get()], [undefined, numbers(5)]);
    });
    assertEquals(warnings.length, 1); // not again for each call
    assertMatch(
      warnings[0]!,
      /Unable to cache to disk a result of full in .* No space left on device/,
    );
    assertEquals([filesIn(folder, ".bin"), filesIn(folder, ".tmp")], [[], []]);
    assertEquals([await f(3), await f(3), calls], [numbers(3), numbers(3), 4]);
  }));

Deno.test("a full disk when a result is replaced: the old one stays", () =>
  withMemory(async (memory) => {
    let calls = 0;
    const f = memory.cache(function replaced() {
      return ++calls;
    });
    await f();
    const rename = () => Promise.reject(new Error("No space left on device (os error 28)"));
    await withDisk({ rename }, async () => assertEquals((await f.call())[0], 2));
    assertEquals(await f(), 1);
  }));

Deno.test("what cannot be saved is a result all the same, with a warning", () =>
  withMemory(async (memory) => {
    let calls = 0;
    const f = memory.cache(function makesPromises() {
      calls++;
      return { later: new WeakMap() };
    });
    const { warnings } = await printed(async () => {
      assert((await f()).later instanceof WeakMap);
      assert((await f()).later instanceof WeakMap);
    });
    assertEquals(calls, 2);
    assertMatch(warnings.join(), /Unable to cache to disk a result of makesPromises/);
  }));

Deno.test("test_memory_clear: somebody who clears while others write loses nothing", () =>
  withMemory(async (memory, folder) => {
    const f = memory.cache(function cleared(x: number) {
      return x;
    });
    let cleared = 0;
    const dump: typeof disk.dump = async (value, path, options) => {
      if (cleared++ === 0) await memory.clear();
      return await before(value, path, options);
    };
    const before = disk.dump;
    const { warnings } = await withDisk({ dump }, async () => assertEquals(await f(1), 1));
    assertEquals([warnings, cleared, await f.checkCallInCache(1)], [[], 2, true]);
    // between the look and the load
    const load: typeof disk.load = async (path, options) => {
      await memory.clear();
      return await load_(path, options);
    };
    const load_ = disk.load;
    const { warnings: none } = await withDisk({ load }, async () => assertEquals(await f(1), 1));
    assertEquals([none, filesIn(folder, "output.bin").length], [[], 1]);
  }));

const PROGRAM = `
import { Memory } from "polycore";
const f = new Memory(Deno.args[0], { verbose: 0 }).cache(function f(x) { return (globalThis.calls ??= []).push(x), x * x; });
console.log([await f(2), await f(3), await f(3), globalThis.calls ?? ""].join(" "));
`;

Deno.test("a folder that must not be written: what is there is read, the rest is computed, with one warning", () =>
  inFolder(async (folder) => {
    const path = join(folder, "program.js");
    const cache = join(folder, "cache");
    assertEquals((await runProgram(path, PROGRAM, [cache])).out, "4 9 9 2,3");
    await Deno.remove(filesIn(cache, "output.bin").find((file) => isOf(file, "3"))!);
    const { out, err } = await runProgram(path, PROGRAM, [cache], ["--allow-read"]);
    assertEquals(out, "4 9 9 3,3");
    assertEquals(
      err.match(/CacheWarning: Unable to cache to disk a result of f in /g)?.length,
      1,
      err,
    );
  }));

/** Whether a result is that of the call with an argument. */
function isOf(output: string, x: string): boolean {
  const metadata = Deno.readTextFileSync(output.replace("output.bin", "metadata.json"));
  return JSON.parse(metadata).inputArgs.x === x;
}

Deno.test("a location that is no folder: functions are called", () =>
  inFolder(async (folder) => {
    const file = join(folder, "file");
    await Deno.writeTextFile(file, "");
    const f = new Memory(file, { verbose: 0 }).cache((x: number) => x);
    const { warnings } = await printed(async () => assertEquals([await f(1), await f(1)], [1, 1]));
    assertEquals(warnings.length, 1);
    await f.clear().then(() => assert(false, "must fail"), () => {});
  }));
