import {
  assert,
  assertEquals,
  assertRejects,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { Event } from "@polycore/sync";
import { Queue, Value } from "@polycore/shm";
import { BrokenPoolError, Pool, PoolTerminatedError } from "./mod.ts";
import { leavesNothing, rejects, runProgram, soon } from "./testing/helpers.ts";
import * as t from "./testing/tasks.ts";

Deno.test("test_make_pool: 0, -1 and what is no number are refused", () => {
  assertThrows(() => new Pool(0), RangeError, "Number of processes must be at least 1: got 0");
  assertThrows(() => new Pool(-1), RangeError, "got -1");
  assertThrows(() => new Pool(1.5), RangeError, "got 1.5");
  assertThrows(() => new Pool("2" as never), TypeError, 'is "2": give a whole number');
});

Deno.test("test_pool_maxtasksperchild_invalid, and the other options", () => {
  for (const maxTasksPerChild of [0, -1, 1.5]) {
    assertThrows(() => new Pool(1, { maxTasksPerChild }), RangeError, "at least 1");
  }
  assertThrows(() => new Pool(1, { maxTasksPerChild: "1" as never }), TypeError, "whole number");
  assertThrows(
    () => new Pool(1, { initializer: 1 as never }),
    TypeError,
    "initializer must be a callable: it is 1",
  );
  assertThrows(() => new Pool(1, { initargs: 1 as never }), TypeError, "args is 1");
  assertThrows(
    () => new Pool(1, { initializer: t.initialize, initargs: [Symbol("x")] }),
    TypeError,
    "Symbol(x)",
  );
});

Deno.test("the workers are daemons with a parent, and each is one of its own", async () => {
  await using pool = new Pool(2);
  const { me, parent } = await pool.apply(t.whoAmI, []);
  assert(/^PoolWorker-\d+$/.test(me.name), me.name);
  assertEquals([me.daemon, parent], [true, { name: "MainProcess", pid: 1, daemon: false }]);
  assertEquals(pool.processes, 2);
  assertEquals(Deno.inspect(pool), "<Pool(2 workers)>");
});

Deno.test("an initializer runs once in each worker, before its first task", async () => {
  await leavesNothing(async (own) => {
    const sum = own(new Value("i", 0));
    await using pool = new Pool(2, { initializer: t.initialize, initargs: [sum, "more"] });
    assertEquals(await pool.map(t.addToInitialized, [1, 2, 3]), [2, 2, 2]);
    assertEquals(sum.value, 6);
  });
});

Deno.test("an initializer that throws breaks the pool, and every call says why", async () => {
  await leavesNothing(async () => {
    const pool = new Pool(2, { initializer: t.failingInitializer });
    const error = await rejects(
      pool.apply(t.square, [1]),
      BrokenPoolError,
      "its initializer failed in PoolWorker-",
    );
    assertStringIncludes(error.message, "RangeError: no data file");
    assert(error.cause instanceof RangeError);
    assertThrows(() => pool.mapAsync(t.square, [1]), BrokenPoolError, "no data file");
    await soon(pool.join());
    pool.close();
    pool.terminate();
    await soon(pool.join());
  });
});

Deno.test("_TestPoolWorkerLifetime: workers are replaced after so many tasks", async () => {
  await leavesNothing(async () => {
    const pool = new Pool(3, { maxTasksPerChild: 10 });
    const pids = await soon(
      pool.map(t.threadOf, Array.from({ length: 100 }, (_, i) => i), { chunkSize: 1 }),
    );
    const tasks = new Map<number, number>();
    for (const pid of pids) tasks.set(pid, (tasks.get(pid) ?? 0) + 1);
    assert(tasks.size >= 10, `${tasks.size} workers`);
    assert([...tasks.values()].every((n) => n <= 10), [...tasks.values()].join());
    pool.close();
    await soon(pool.join());
  });
});

Deno.test("test_pool_worker_lifetime_early_close: nothing hangs, nothing is lost", async () => {
  await leavesNothing(async () => {
    const pool = new Pool(2, { maxTasksPerChild: 1 });
    const results = [1, 2, 3, 4, 5, 6].map((x) => pool.applyAsync(t.square, [x]));
    pool.close();
    await soon(pool.join());
    assertEquals(await Promise.all(results), [1, 4, 9, 16, 25, 36]);
  });
});

Deno.test("close, join and terminate in the wrong order are errors", async () => {
  await leavesNothing(async () => {
    const pool = new Pool(1);
    await rejects(pool.join(), Error, "Pool is still running");
    const result = pool.applyAsync(t.square, [3]);
    pool.close();
    pool.close();
    const calls = [
      () => pool.applyAsync(t.square, [1]),
      () => pool.mapAsync(t.square, [1]),
      () => pool.starmapAsync(t.add, [[1, 2]]),
      () => pool.imap(t.square, [1]),
      () => pool.imapUnordered(t.square, [1]),
    ];
    for (const call of calls) assertThrows(call, Error, "Pool not running");
    await rejects(pool.apply(t.square, [1]), Error, "Pool not running");
    await soon(pool.join());
    assertEquals(await result, 9);
    pool.terminate();
    await soon(pool.join());
    for (const call of calls) assertThrows(call, Error, "Pool not running");
  });
});

Deno.test("test_terminate: queued tasks are dropped, terminate and join return", async () => {
  await leavesNothing(async (own) => {
    const begun = own(new Event()), go = own(new Event());
    const pool = new Pool(2);
    const results = Array.from({ length: 10_000 }, () => pool.applyAsync(t.waitFor, [begun, go]));
    await soon(begun.waitAsync());
    pool.terminate();
    pool.terminate();
    await soon(pool.join());
    const outcomes = await Promise.allSettled(results);
    assert(
      outcomes.every((o) => o.status === "rejected" && o.reason instanceof PoolTerminatedError),
    );
  });
});

Deno.test("test_context, test_enter: leaving the block terminates, and says what it dropped", async () => {
  const warned: string[] = [];
  const { warn } = console;
  console.warn = (text) => warned.push(text);
  try {
    await leavesNothing(async (own) => {
      const begun = own(new Event()), go = own(new Event());
      let kept: Pool | undefined;
      let result: PromiseLike<unknown> | undefined;
      {
        await using pool = new Pool(1);
        kept = pool;
        result = pool.applyAsync(t.waitFor, [begun, go]);
        await soon(begun.waitAsync());
      }
      await assertRejects(() => Promise.resolve(result!), PoolTerminatedError);
      assertThrows(() => kept.applyAsync(t.square, [1]), Error, "Pool not running");
    });
  } finally {
    console.warn = warn;
  }
  assertStringIncludes(warned[0]!, "a Pool was terminated with 1 unfinished task");
});

Deno.test("rounds of start and stop leave nothing behind", async () => {
  await leavesNothing(async (own) => {
    const queue = own(new Queue());
    await using pool = new Pool(2, { initializer: t.initialize, initargs: [queue] });
    assertEquals(await pool.map(t.square, [1, 2, 3]), [1, 4, 9]);
    await pool.apply(t.put, [queue, queue, "x".repeat(5000)]);
    assertEquals(own(queue.get() as Queue).address, queue.address);
    assertEquals((queue.get() as string).length, 5000);
  }, 25);
});

Deno.test("a program with a pool ends by itself, with and without its block", async () => {
  const [using, forgotten, callback] = await Promise.all(
    ["using", "forgotten", "callback"].map((name) => runProgram("./program.ts", [name])),
  );
  assertEquals([using!.code, using!.out, using!.err], [0, "[ 1, 4, 9 ]\n", ""]);
  assertEquals([forgotten!.code, forgotten!.out], [0, "[ 1, 4, 9 ]\n"]);
  assertEquals([callback!.code, callback!.out], [0, "callback 1\n"]);
});

Deno.test("a module that starts workers without a guard gets an error, not a bomb", async () => {
  for (const how of ["pool", "process"]) {
    const { out, err } = await runProgram("./no_guard.ts", [how]);
    assertStringIncludes(err, "no_guard.ts starts workers while a worker imports it");
    assertStringIncludes(err, "if (import.meta.main) {");
    assertEquals(out, how === "process" ? "exit code 1\n" : "");
  }
});
