import { assert, assertEquals, assertMatch, assertRejects, assertThrows } from "@std/assert";
import { join } from "@std/path";
import { partial } from "../partial.ts";
import { Memory } from "./memory.ts";
import { filesIn, inFolder, printed, runProgram, withMemory } from "./testing/memory_helpers.ts";

Deno.test("test_memory_integration: each call with other arguments is computed once", () =>
  withMemory(async (memory, folder) => {
    const calls: number[] = [];
    const square = memory.cache(function square(x: number) {
      calls.push(x);
      return { x, data: new Float64Array([x * x]), map: new Map([[x, new Date(x)]]) };
    });
    for (const x of [1, 2, 1, 2, 1]) {
      const expected = { x, data: new Float64Array([x * x]), map: new Map([[x, new Date(x)]]) };
      assertEquals(await square(x), expected);
    }
    assertEquals(calls, [1, 2]);
    assertEquals(square.name, "square");
    // another Memory on the same folder, as in the next run of the program
    const again = new Memory(folder, { verbose: 0 }).cache(square.func);
    await again(1);
    assertEquals(calls, [1, 2]);
  }));

Deno.test("test_memory_integration: a class and a list of results of undefined, null and NaN are results, too", () =>
  withMemory(async (memory) => {
    let calls = 0;
    const pick = memory.cache(function pick(i: number) {
      calls++;
      return [undefined, null, NaN, 0, "", false][i];
    });
    for (const i of [0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5]) {
      assertEquals(await pick(i), [undefined, null, NaN, 0, "", false][i]);
    }
    assertEquals(calls, 6);
  }));

Deno.test("test_memory_integration: files as joblib's: the code of the function, and for each call result and metadata", () =>
  withMemory(async (memory, folder) => {
    const add = memory.cache(function add(a: number, b = 2) {
      return a + b;
    });
    const begun = Date.now();
    await add(1);
    const [code] = filesIn(folder, "func_code.js");
    assertEquals(await Deno.readTextFile(code!), String(add.func));
    assertEquals(filesIn(folder, "output.bin").length, 1);
    const [file] = filesIn(folder, "metadata.json");
    const { duration, inputArgs, time } = JSON.parse(await Deno.readTextFile(file!));
    assertEquals(inputArgs, { a: "1", b: "2" });
    assert(duration >= 0 && time >= begun && time <= Date.now());
    assertEquals(filesIn(folder, "").length, 3); // nothing temporary
  }));

Deno.test("test_memory_numpy: typed arrays by content, as arguments and as results", () =>
  withMemory(async (memory) => {
    let calls = 0;
    const twice = memory.cache((a: Float64Array) => (calls++, a.map((x) => 2 * x)));
    const a = Float64Array.from({ length: 50_000 }, (_, i) => i);
    assertEquals(await twice(a), await twice(a.slice()));
    assertEquals(calls, 1);
    a[49_999] = 0; // changed in place
    assertEquals([(await twice(a))[49_999], calls], [0, 2]);
  }));

Deno.test("an argument without content is an error that says where it is and what to do", () =>
  withMemory(async (memory) => {
    const f = memory.cache((options: object) => options);
    const call = () => f({ list: [Symbol("s")] });
    await assertRejects(
      call,
      TypeError,
      "value.options.list[0] is a symbol, of which no hash can be",
    );
    await assertRejects(call, TypeError, "may also be named in `ignore`");
  }));

Deno.test("test_no_memory: without a folder functions are called, with the same methods", async () => {
  const memory = new Memory(null);
  let calls = 0;
  const count = memory.cache((by: number) => calls += by);
  assertEquals([await count(1), await count(1)], [1, 2]);
  assertEquals((await count.call(1))[0], 3);
  assertEquals(await count.checkCallInCache(1), false);
  const shelved = await count.callAndShelve(1);
  assertEquals([await shelved.get(), shelved.path], [4, undefined]);
  await shelved.clear();
  await assertRejects(() => shelved.get(), RangeError, "No value stored");
  await count.clear();
  await memory.clear();
  await memory.reduceSize({ itemsLimit: 0 });
  assertEquals([memory.location, new Memory().location], [null, null]);
});

Deno.test("test_memory_args_as_kwargs: what the function cannot tell apart is one entry", () =>
  withMemory(async (memory) => {
    const seen: unknown[][] = [];
    const f = memory.cache(function f(x: number, y = 1, { log = false } = {}) {
      seen.push([x, y, log]);
      return x + y;
    });
    await f(1);
    await f(1, undefined);
    await f(1, 1, {});
    await f(1, 1, { log: false });
    assertEquals(seen, [[1, 1, false]]);
    await f(1, 2);
    await f(1, 1, { log: true });
    assertEquals(seen.length, 3);
  }));

Deno.test("test_memory_ignore: arguments that do not matter", () =>
  withMemory(async (memory) => {
    let calls = 0;
    const f = memory.cache((x: number, debug: boolean) => (calls++, debug ? x : x), {
      ignore: ["debug"],
    });
    await f(1, true);
    await f(1, false);
    assertEquals(calls, 1);
    assertThrows(
      () => memory.cache((x: number) => x, { ignore: ["y"] }),
      RangeError,
      'Ignore list: argument "y" is not defined for function',
    );
    const text = "x" as unknown as string[];
    assertThrows(
      () => memory.cache((x: number) => x, { ignore: text }),
      TypeError,
      "must be a list",
    );
  }));

Deno.test("test_memory_ignore_decorated, test_partial_decoration: a partial and a cached function are seen through", () =>
  withMemory(async (memory) => {
    let calls = 0;
    function add(x: number, y: number) {
      calls++;
      return x + y;
    }
    const cached = memory.cache(add);
    assertEquals(await cached(1, 2), 3);
    assertEquals(await memory.cache(partial(add, 1))(2), 3);
    assertEquals(await memory.cache(cached)(1, 2), 3);
    assertEquals(await partial(cached, 1)(2), 3);
    assertEquals(await memory.cache(partial(cached, 1))(2), 3);
    assertEquals(calls, 1);
    assertEquals(memory.cache(partial(add, 1)).func(5), 6);
  }));

Deno.test("test_memory_lambda: functions without a name do not meet", () =>
  withMemory(async (memory) => {
    const twice = memory.cache((x: number) => 2 * x);
    const thrice = memory.cache((x: number) => 3 * x);
    const { warnings } = await printed(async () => {
      for (let i = 0; i < 2; i++) assertEquals([await twice(1), await thrice(1)], [2, 3]);
    });
    assertEquals(warnings, []);
    assertEquals(await twice.checkCallInCache(1) && await thrice.checkCallInCache(1), true);
  }));

Deno.test("test_memory_eval: a function built from a text is cached", () =>
  withMemory(async (memory) => {
    const f = memory.cache((0, eval)("(x) => x + 1") as (x: number) => number);
    assertEquals([await f(1), await f(1)], [2, 2]);
    assertEquals(await f.checkCallInCache(1), true);
  }));

Deno.test("test_memory_warning_collision_detection: two functions of one name warn, and both are cached", () =>
  withMemory(async (memory) => {
    let calls = 0;
    const make = [
      () =>
        function same(x: number) {
          calls++;
          return x + 1;
        },
      () =>
        function same(x: number) {
          calls++;
          return x + 2;
        },
    ];
    const { warnings } = await printed(async () => {
      const [one, two] = make.map((f) => memory.cache(f()));
      for (let i = 0; i < 3; i++) assertEquals([await one!(1), await two!(1)], [2, 3]);
    });
    assertEquals(calls, 2);
    assertEquals(warnings.length, 1);
    assertMatch(
      warnings[0]!,
      /^CollisionWarning: Possible name collisions .* "same" of file:.*memory_test/,
    );
  }));

Deno.test("test_memory_warning_collision_detection: a closure that is made again warns", () =>
  withMemory(async (memory) => {
    const make = (k: number) =>
      memory.cache(function scaled(x: number) {
        return x * k;
      });
    const self = () =>
      memory.cache(function selfContained(x: number) {
        return x;
      });
    const { warnings } = await printed(() => {
      self();
      self();
      make(1);
      make(2);
      return Promise.resolve();
    });
    assertEquals(warnings.length, 1);
    assertMatch(warnings[0]!, /"scaled" .* uses "k", which is not part of the key/);
  }));

Deno.test("test_memory_exception: an error is not kept", () =>
  withMemory(async (memory, folder) => {
    let calls = 0;
    const fail = memory.cache(function fail(x: number): number {
      calls++;
      throw new RangeError(`not ${x}`);
    });
    for (let i = 0; i < 3; i++) await assertRejects(() => fail(1), RangeError, "not 1");
    assertEquals([calls, filesIn(folder, "").length], [3, 0]);
  }));

Deno.test("test_memory_async: what an async function resolves to is kept", () =>
  withMemory(async (memory) => {
    let calls = 0;
    const later = memory.cache(async function later(x: number) {
      calls++;
      await Promise.resolve();
      return { x };
    });
    assertEquals([await later(1), await later(1), calls], [{ x: 1 }, { x: 1 }, 1]);
  }));

Deno.test("test_check_call_in_cache: does not compute", () =>
  withMemory(async (memory) => {
    let calls = 0;
    const f = memory.cache((x: number) => (calls++, x));
    assertEquals([await f.checkCallInCache(1), calls], [false, 0]);
    await f(1);
    assertEquals([await f.checkCallInCache(1), await f.checkCallInCache(2), calls], [
      true,
      false,
      1,
    ]);
    await f.clear({ warn: false });
    assertEquals(await f.checkCallInCache(1), false);
  }));

Deno.test("test_memorized_func_call: call computes in any case, and keeps the result", () =>
  withMemory(async (memory) => {
    let calls = 0;
    const next = memory.cache((_: string) => ++calls);
    assertEquals(await next("a"), 1);
    const [output, { duration, inputArgs, time }] = await next.call("a");
    assertEquals([output, inputArgs], [2, { _: '"a"' }]);
    assert(duration >= 0 && time <= Date.now());
    assertEquals(await next("a"), 2);
  }));

Deno.test("test_memory_clear: all results of all functions go, nothing else does", () =>
  withMemory(async (memory, folder) => {
    const f = memory.cache((x: number) => x);
    await f(1);
    await Deno.writeTextFile(join(folder, "mine.txt"), "stays");
    await memory.clear();
    assertEquals(await f.checkCallInCache(1), false);
    assertEquals(filesIn(folder, ""), [join(folder, "mine.txt")]);
    assertEquals(await f(1), 1);
    await memory.clear();
    await memory.clear(); // nothing there
  }));

Deno.test("test_clear_memory_with_none: a function forgets its own results only", () =>
  withMemory(async (memory) => {
    const f = memory.cache(function f(x: number) {
      return x;
    });
    const g = memory.cache(function g(x: number) {
      return x;
    });
    await f(1);
    await g(1);
    await f.clear();
    assertEquals([await f.checkCallInCache(1), await g.checkCallInCache(1)], [false, true]);
  }));

const VERSION = (first: string, second: string) => `
import { Memory } from "polycore";
const memory = new Memory(Deno.args[0], { verbose: 1 });
${first}
${second}
console.log = (text) => text.startsWith("_") || Deno.stdout.writeSync(new TextEncoder().encode(text));
console.log([await f.checkCallInCache(1), await g.checkCallInCache(1), await f(1), await g(1)].join());
`;

Deno.test("test_memory_file_modification: a change of a function's source clears the results of that function only", () =>
  inFolder(async (folder) => {
    const path = join(folder, "program.js");
    const f1 = "const f = memory.cache(function f(x) { return x + 1; });";
    const f2 = "const f = memory.cache(function f(x) { return x + 2; });";
    const g = "const g = memory.cache(function g(x) { return x * 10; });";
    const cache = join(folder, "cache");
    const run = (first: string, second: string) =>
      runProgram(path, VERSION(first, second), [cache]);
    assertEquals((await run(f1, g)).out, "false,false,2,10");
    assertEquals((await run(g, f1)).out, "true,true,2,10"); // moved, not changed
    const changed = await run(f2, g);
    assertEquals(changed.out, "false,true,3,10");
    assertMatch(changed.err, /Clearing function cache identified by program.js\/f/);
    assertEquals(filesIn(cache, "output.bin").length, 2);
    assertEquals((await run(f1, g)).out, "false,true,2,10");
  }));

Deno.test("the options of Memory and cache are checked", () => {
  const memory = new Memory(null);
  const bad = (value: unknown) => value as never;
  assertThrows(() => new Memory(bad(1)), TypeError, "The location of a Memory is 1");
  assertThrows(() => new Memory(""), TypeError, 'The location of a Memory is ""');
  assertThrows(() => new Memory(null, bad({ verbos: 1 })), TypeError, "verbos");
  assertThrows(() => new Memory(null, bad({ verbose: "x" })), TypeError, 'verbose is "x"');
  assertThrows(() => memory.cache(bad(1)), TypeError, "The first argument of cache is 1");
  assertThrows(() => memory.cache(Math.abs), TypeError, '"abs" has no source text');
  assertThrows(() => memory.cache(() => 1, bad({ ignored: [] })), TypeError, "ignored");
  assertEquals(new Memory(new URL("file:///tmp/a b")).location, "/tmp/a b");
});
