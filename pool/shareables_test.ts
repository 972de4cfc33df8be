import { assertEquals } from "@std/assert";
import { Barrier, Condition, Event, Lock, type Shareable } from "@polycore/sync";
import { JoinableQueue, Pipe, Queue } from "@polycore/shm";
import { Pool, Process } from "./mod.ts";
import { everyShareable, leavesNothing, type Own, soon } from "./testing/helpers.ts";
import * as t from "./testing/tasks.ts";

/** One of each, and all of them inside arrays, objects, Maps and Sets. */
function nested(all: unknown[]): unknown {
  return {
    list: [all[0], [all[1]]],
    map: new Map([["k", all[2]], [all[3], 1]]),
    set: new Set(all),
  };
}

/** Let go of what arrived at the end, as of what a condition brought along. */
function takeAll(value: unknown, own: Own): void {
  for (const object of t.shareablesIn(value)) {
    own(object);
    if (object instanceof Condition) own(object.lock);
  }
}

Deno.test("every shareable is an argument of a Process, alone and nested", async () => {
  await leavesNothing(async (own) => {
    const all = everyShareable(own);
    const queue = own(new Queue<string[]>());
    const process = new Process({ target: t.putDescription, args: [queue, [all, nested(all)]] });
    process.start();
    await soon(process.join());
    assertEquals(queue.get(), t.describe([all, nested(all)]));
  });
});

Deno.test("every shareable is an argument of a task, alone and nested", async () => {
  await leavesNothing(async (own) => {
    const all = everyShareable(own);
    await using pool = new Pool(2);
    assertEquals(await pool.map(t.describeInWorker, all), all.map(t.describe));
    assertEquals(await pool.apply(t.describeInWorker, [nested(all)]), t.describe(nested(all)));
    const tuples = all.map((object) => [object] as [unknown]);
    assertEquals(await pool.starmap(t.describeInWorker, tuples), all.map(t.describe));
  });
});

Deno.test("every shareable is a result, alone and nested", async () => {
  await leavesNothing(async (own) => {
    const all = everyShareable(own);
    await using pool = new Pool(2);
    const back = await pool.map(t.identity, all);
    takeAll(back, own);
    assertEquals(t.describe(back), t.describe(all));
    const deep = await pool.apply(t.identity, [nested(all)]);
    takeAll(deep, own);
    assertEquals(t.describe(deep), t.describe(nested(all)));
  });
});

Deno.test("every shareable is an argument of an initializer", async () => {
  await leavesNothing(async (own) => {
    const all = everyShareable(own);
    await using pool = new Pool(1, { initializer: t.initialize, initargs: [all, nested(all)] });
    assertEquals(await pool.apply(t.describeInitialized, []), t.describe([all, nested(all)]));
  });
});

Deno.test("a worker that is ended while it awaits lets go of what it awaits", async () => {
  await leavesNothing(async (own) => {
    const [a, b] = Pipe();
    const all: [t.AwaitingCall, Shareable][] = [
      ["queue.get", own(new Queue())],
      ["joinableQueue.join", own(new JoinableQueue())],
      ["connection.recv", own(a)],
      ["connection.wait", own(b)],
      ["lock.acquire", own(new Lock())],
      ["condition.wait", own(new Condition(own(new Lock())))],
      ["event.wait", own(new Event())],
      ["barrier.wait", own(new Barrier(2))],
    ];
    (all[1]![1] as JoinableQueue).put(1);
    (all[4]![1] as Lock).acquire();
    for (const [call, object] of all) {
      const begun = own(new Event());
      const process = new Process({ target: t.awaitForEver, args: [call, object, begun] });
      process.start();
      await begun.waitAsync();
      process.terminate();
      await soon(process.join());
    }
    (all[4]![1] as Lock).release();
  });
});

Deno.test("shareables of tasks that nobody runs are let go of", async () => {
  await leavesNothing(async (own) => {
    const all = everyShareable(own);
    const pool = new Pool(1);
    const results = all.map((object) =>
      pool.applyAsync(t.identity, [object, "x".repeat(9000)] as never)
    );
    pool.terminate();
    await soon(pool.join());
    await Promise.allSettled(results);
  });
});
