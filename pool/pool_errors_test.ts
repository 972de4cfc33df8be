import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { Event } from "@polycore/sync";
import { Queue, QueueEmpty } from "@polycore/shm";
import { MaybeEncodingError, partial, Pool, Process, RemoteTraceback } from "./mod.ts";
import { runInExecutor, TimeoutError, WorkerPoolExecutor } from "./mod.ts";
import * as bad from "./testing/bad_imports.ts";
import { leavesNothing, rejects, runProgram, soon } from "./testing/helpers.ts";
import * as t from "./testing/tasks.ts";
import * as throws from "./testing/throws_on_import.ts";

Deno.test("_TestPool.test_traceback: the cause holds the worker, its stack and the source", async () => {
  await using pool = new Pool(1);
  const error = await rejects(pool.apply(t.throwSomething, ["TypeError"]), TypeError, "wrong kind");
  const { cause } = error;
  assert(cause instanceof RemoteTraceback);
  assert(/^PoolWorker-\d+$/.test(cause.worker), cause.worker);
  assertStringIncludes(cause.message, "TypeError: wrong kind");
  const [, line] = /testing\/tasks\.ts:(\d+):/.exec(cause.message)!;
  const source = Deno.readTextFileSync(new URL("./testing/tasks.ts", import.meta.url)).split("\n");
  assertStringIncludes(source[Number(line) - 1]!, 'throw new TypeError("wrong kind")');
});

Deno.test("errors keep class, name, fields and cause; others than errors come as they are", async () => {
  await using pool = new Pool(1);
  const outer = await rejects(pool.apply(t.throwSomething, ["cause"]), Error, "outer");
  const inner = (outer.cause as Error).cause as Error;
  assert(inner instanceof RangeError && inner.message === "inner");
  const own = await rejects(pool.apply(t.throwSomething, ["own class"]), Error, "of my own");
  assertEquals([own.name, (own as Error & { extra?: number }).extra], ["OwnError", 42]);
  await rejects(pool.apply(t.throwSomething, ["field"]), Error, "with a field");
  const text = await pool.apply(t.throwSomething, ["text"]).catch((e) => e);
  assertEquals(text, "just text");
  const empty = pool.apply((q: Queue) => q.getNowait(), [new Queue()]);
  await rejects(empty, QueueEmpty, "The queue is empty");
});

Deno.test("an argument that cannot be copied: an error at the call, with the path", async () => {
  await leavesNothing(async () => {
    await using pool = new Pool(1);
    const bad = { rows: [1, Symbol("x")] };
    assertThrows(() => pool.applyAsync(t.identity, [bad]), TypeError, "args[0].rows[1]");
    assertThrows(() => pool.mapAsync(t.identity, [1, bad]), TypeError, "rows[1]");
    await rejects(pool.map(t.identity, [bad]), TypeError, "rows[1]");
    const iterator = pool.imap(t.identity, [1, bad, 2]);
    assertEquals((await soon(iterator.next())).value, 1);
    await rejects(iterator.next(), TypeError, "rows[1]");
    assertEquals(await soon(pool.apply(t.square, [3])), 9);
  });
});

Deno.test("test_map_unplicklable: a result that cannot be copied, and the worker lives on", async () => {
  await leavesNothing(async () => {
    await using pool = new Pool(1);
    const pid = await pool.apply(t.threadOf, [0]);
    const error = await rejects(pool.apply(t.makeUncloneable, []), MaybeEncodingError);
    assertStringIncludes(error.message, "Error sending result: '{ rows: [Array] }'. Reason: '");
    assertStringIncludes(error.message, "rows[0]");
    await rejects(pool.map(t.makeUncloneable as () => unknown, [1, 2, 3]), MaybeEncodingError);
    assertEquals(await soon(pool.apply(t.threadOf, [0])), pid);
  });
});

Deno.test("a pool or a process cannot be passed on", async () => {
  await using pool = new Pool(1);
  const process = new Process({ target: t.square });
  for (const thing of [pool, process, pool.applyAsync(t.square, [1]), pool.imap(t.square, [])]) {
    assertThrows(() => pool.applyAsync(t.identity, [thing]), TypeError, "args[0]");
  }
});

Deno.test("a plain function that captures is refused at the call, and is told what to write", async () => {
  await using pool = new Pool(1);
  await using executor = new WorkerPoolExecutor({ maxWorkers: 1 });
  const queue = new Queue();
  const factor = 3;
  const scale = (x: number) => x * factor;
  const text =
    'The function "scale" uses "factor", which is outside of it; a worker gets the text ' +
    "of a function, not what surrounds it. Pass it as an argument, or mark the function in its " +
    'module so that workers import it:\n\n    import { task } from "@polycore/pool";\n' +
    `    const scale = task(import.meta, ${scale});\n`;
  for (
    const call of [
      () => pool.applyAsync(scale, [1]),
      () => pool.mapAsync(scale, [1, 2]),
      () => pool.starmapAsync(scale, [[1]]),
      () => pool.applyAsync(partial(scale, 1), []),
      () => executor.submit(scale, 1),
      () => executor.map(scale, [1]),
      () => new Process({ target: scale, args: [1] }).start(),
      () => new Process({ target: partial(scale, 1) }).start(),
      () => new Pool(1, { initializer: scale, initargs: [1] }),
      () => new WorkerPoolExecutor({ initializer: partial(scale), initargs: [1] }),
    ]
  ) assertThrows(call, TypeError, text);
  await rejects(pool.apply(scale, [1]), TypeError, text);
  await rejects(pool.map(scale, [1]), TypeError, text);
  await rejects(pool.starmap(scale, [[1]]), TypeError, text);
  await rejects(pool.imap(scale, [1]).next(), TypeError, text);
  await rejects(pool.imapUnordered(scale, [1]).next(), TypeError, text);
  await rejects(runInExecutor(executor, scale, 1), TypeError, text);
  const inside =
    'value.f is a function ("scale"), which cannot pass to another thread (only data, ' +
    'shareable objects and tasks can): the function "scale" uses "factor"';
  assertThrows(() => queue.put({ f: scale }), TypeError, inside);
  assertEquals(await soon(pool.apply((x: number) => x * 3, [1])), 3);
});

Deno.test("what the text does not show is told by the worker", async () => {
  await using pool = new Pool(1);
  const unseen = () => new Function("return factor")();
  const text = "names `factor`, which it cannot see in the worker";
  await rejects(pool.apply(unseen, []), ReferenceError, text);
  await rejects(pool.map(unseen as (x: number) => number, [1, 2]), ReferenceError, text);
  const broken = new Pool(1, { initializer: unseen });
  await rejects(broken.apply(t.square, [1]), Error, text);
  await soon(broken.join());
});

Deno.test("functions without a source text are refused at the call", async () => {
  await using pool = new Pool(1);
  assertThrows(() => pool.applyAsync(Math.abs, [1]), TypeError, "abs has no source text");
  assertThrows(() => pool.applyAsync(t.square.bind(null), [1]), TypeError, "no source text");
  assertThrows(() => pool.applyAsync(class {} as never, []), TypeError, "no source text");
});

Deno.test("a module that cannot be loaded, a task that is elsewhere: errors that say so", async () => {
  await leavesNothing(async () => {
    await using pool = new Pool(2);
    await rejects(pool.apply(bad.missing, []), TypeError, "not_there.ts");
    await rejects(pool.apply(bad.displaced, []), TypeError, "always, in the same order");
    await rejects(pool.apply(bad.neverMade!, []), TypeError, "call task() at the top level");
    await rejects(pool.apply(throws.unreachable, [1]), RangeError, "this module hates workers");
    await rejects(pool.apply(throws.unreachable, [1]), RangeError, "this module hates workers");
    assertEquals(await soon(pool.apply(t.square, [3])), 9);
  });
});

Deno.test("test_async_timeout: get with a timeout, and the task goes on", async () => {
  await leavesNothing(async (own) => {
    await using pool = new Pool(1);
    const begun = own(new Event()), go = own(new Event());
    const result = pool.applyAsync(t.waitFor, [begun, go, "late"]);
    await rejects(result.get({ timeout: 10 }), TimeoutError, "was not there within 10 ms");
    await rejects(result.get({ timeout: 0 }), TimeoutError);
    await rejects(result.get({ timeout: -1 }), TimeoutError);
    await result.wait({ timeout: 10 });
    assertEquals(result.ready(), false);
    assertThrows(() => result.successful(), Error, "not ready");
    go.set();
    assertEquals(await soon(result.get({ timeout: Infinity })), "late");
    assertEquals(await soon(result.get({ timeout: 2 ** 40 })), "late");
    assertEquals([result.ready(), result.successful()], [true, true]);
  });
});

Deno.test("a signal ends the wait, and one that was given before starts nothing", async () => {
  await leavesNothing(async (own) => {
    await using pool = new Pool(1);
    const begun = own(new Event()), go = own(new Event());
    const aborted = AbortSignal.abort(new Error("too late"));
    for (
      const call of [
        () => pool.apply(t.setEvent, [begun], { signal: aborted }),
        () => pool.map(t.setEvent, [begun], { signal: aborted }),
        () => pool.starmap(t.setEvent, [[begun]], { signal: aborted }),
      ]
    ) await rejects(call(), Error, "too late");
    assertEquals(await pool.apply(t.square, [2]), 4);
    assertEquals(begun.isSet(), false);
    const controller = new AbortController();
    const running = pool.apply(t.waitFor, [begun, go], { signal: controller.signal });
    await soon(begun.waitAsync());
    controller.abort(new Error("enough"));
    await rejects(running, Error, "enough");
    go.set();
    assertEquals(await soon(pool.apply(t.square, [2])), 4);
  });
});

Deno.test("an error that nobody asks for is not the end of the program", async () => {
  await using pool = new Pool(1);
  const forgotten = pool.applyAsync(t.squareBut3, [2]);
  await soon(forgotten.wait());
  assertEquals(forgotten.successful(), false);
});

Deno.test("an error in a callback is the program's own, and hurts no other result", async () => {
  const { code, out, err } = await runProgram("./program.ts", ["throwingCallback"]);
  assertEquals([code, out], [1, ""]);
  assertStringIncludes(err, "from the callback");
  const seen: unknown[] = [];
  const listen = (event: ErrorEvent) => {
    event.preventDefault();
    seen.push(event.error.message);
  };
  addEventListener("error", listen);
  try {
    await using pool = new Pool(1);
    const callback = () => {
      throw new Error("from the callback");
    };
    const results = [1, 2, 3].map((x) => pool.applyAsync(t.square, [x], { callback }));
    assertEquals(await soon(Promise.all(results)), [1, 4, 9]);
    assertEquals(seen, ["from the callback", "from the callback", "from the callback"]);
  } finally {
    removeEventListener("error", listen);
  }
});
