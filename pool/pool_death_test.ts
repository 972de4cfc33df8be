import { assert, assertEquals, assertThrows } from "@std/assert";
import { Barrier, Condition, Event, Lock, OwnerDiedError, RLock } from "@polycore/sync";
import { Pipe, Queue } from "@polycore/shm";
import { BrokenPoolError, Pool, PoolTerminatedError, WorkerDiedError } from "./mod.ts";
import * as exits from "./testing/exits_on_import.ts";
import { leavesNothing, type Own, rejects, soon, until } from "./testing/helpers.ts";
import * as t from "./testing/tasks.ts";
import { blockedThreads } from "@polycore/sync/internal";

for (const death of t.DEATHS) {
  Deno.test(`a worker that ends by ${death} fails its task, and only that one`, async () => {
    await leavesNothing(async () => {
      await using pool = new Pool(2);
      const before = pool.map(t.square, [1, 2, 3, 4], { chunkSize: 1 });
      const dead = pool.applyAsync(t.die, [death]);
      const after = pool.map(t.square, [5, 6, 7, 8], { chunkSize: 1 });
      const error = await rejects(dead, WorkerDiedError, `exit code ${t.CODES[death]}`);
      assertEquals(error.exitcode, t.CODES[death]);
      assert(error.message.includes("while it ran die"), error.message);
      if (t.CODES[death] === 1) assert(error.message.includes("on purpose"), error.message);
      assertEquals(await soon(before), [1, 4, 9, 16]);
      assertEquals(await soon(after), [25, 36, 49, 64]);
      assertEquals(await soon(pool.apply(t.square, [9])), 81);
    });
  });
}

Deno.test("a lock that a dead worker held is not lost to the others", async () => {
  await leavesNothing(async (own) => {
    await using pool = new Pool(2);
    const lock = own(new Lock());
    await rejects(pool.apply(t.holdAndDie, [lock, "Deno.exit"]), WorkerDiedError, "holdAndDie");
    const take = (lock: Lock) => {
      using _ = lock.hold();
      return "taken";
    };
    await rejects(pool.apply(take, [lock]), OwnerDiedError);
    assertEquals(await soon(pool.apply(take, [lock])), "taken");
  });
});

Deno.test("a task that waits for a lock hears that its holder died", async () => {
  await leavesNothing(async (own) => {
    await using pool = new Pool(2);
    const lock = own(new Lock()), begun = own(new Event()), go = own(new Event());
    const holder = pool.applyAsync((lock: Lock, begun: Event, go: Event) => {
      lock.acquire();
      begun.set();
      go.wait();
      Deno.exit(2);
    }, [lock, begun, go]);
    await soon(begun.waitAsync());
    const waiting = pool.applyAsync((lock: Lock) => lock.acquire(), [lock]);
    await until(() => blockedThreads().some((w) => w.word === lock.address));
    go.set();
    await rejects(holder, WorkerDiedError, "exit code 2");
    await rejects(waiting, OwnerDiedError);
  });
});

Deno.test("a worker that dies within a batch: what it finished counts, the rest is run", async () => {
  await leavesNothing(async () => {
    await using pool = new Pool(2);
    await pool.map(t.square, Array.from({ length: 500 }, (_, i) => i), { chunkSize: 1 });
    // Tiny tasks by now come in batches; tasks 100, 200 ... end their worker.
    const results = Array.from(
      { length: 500 },
      (_, i) =>
        i % 100 === 99 ? pool.applyAsync(t.dieAt, [i, i]) : pool.applyAsync(t.dieAt, [-1, i]),
    );
    const settled = await soon(Promise.allSettled(results));
    settled.forEach((outcome, i) => {
      if (i % 100 === 99) {
        assert((outcome as PromiseRejectedResult).reason instanceof WorkerDiedError);
      } else assertEquals(outcome, { status: "fulfilled", value: i });
    });
  });
});

Deno.test("tasks behind one that waits for them are run by another worker", async () => {
  await leavesNothing(async (own) => {
    await using pool = new Pool(2);
    await pool.map(t.square, Array.from({ length: 500 }, (_, i) => i), { chunkSize: 1 });
    const events = Array.from({ length: 8 }, () => own(new Event()));
    for (let round = 0; round < 20; round++) {
      const results = events.flatMap((e) => [
        pool.applyAsync(t.waitForEvent, [e]),
        pool.applyAsync(t.setEvent, [e]),
      ]);
      await soon(Promise.all<unknown>(results));
      events.forEach((e) => e.clear());
    }
    const barrier = own(new Barrier(2));
    const turns = Array.from({ length: 100 }, () => [barrier] as [Barrier]);
    await soon(pool.starmap((b: Barrier) => b.wait(), turns, { chunkSize: 1 }));
  });
});

const objects: Record<t.Call, (own: Own) => Parameters<typeof t.block>[1]> = {
  "queue.get": (own) => own(new Queue()),
  "queue.put": (own) => {
    const queue = own(new Queue(1));
    queue.put(0);
    return queue;
  },
  "lock.acquire": (own) => {
    const lock = own(new Lock());
    lock.acquire();
    return lock;
  },
  "event.wait": (own) => own(new Event()),
  "barrier.wait": (own) => own(new Barrier(2)),
  "condition.wait": (own) => own(new Condition(own(new RLock()))),
  "connection.recv": (own) => {
    const [a, b] = Pipe();
    own(b);
    return own(a);
  },
};

for (const call of Object.keys(objects) as t.Call[]) {
  Deno.test(`terminate ends a pool whose worker is blocked in ${call}`, async () => {
    await leavesNothing(async (own) => {
      const pool = new Pool(1);
      const unwound = own(new Event()), object = objects[call](own);
      const result = pool.applyAsync(t.block, [call, object, unwound]);
      await until(() => blockedThreads().some((w) => w.asleep && !isIdle(w.kind, call)));
      pool.terminate();
      await rejects(result, PoolTerminatedError, "Await the results inside the block");
      await soon(pool.join());
      assertEquals(unwound.isSet(), true);
    });
  });
}

/** Whether a worker may only be waiting for a task; where a task waits for data too, it may be both. */
function isIdle(kind: number, call: t.Call): boolean {
  return kind === 7 && call !== "queue.get" && call !== "connection.recv";
}

Deno.test("a worker that computes without end: terminate resolves and warns", async () => {
  const warned: unknown[] = [];
  const { warn } = console;
  console.warn = (...args) => warned.push(args.join(" "));
  try {
    using begun = { event: new Event(), [Symbol.dispose]() {} };
    const pool = new Pool(2);
    const result = pool.applyAsync(spinSome, [begun.event]);
    await soon(begun.event.waitAsync());
    pool.terminate();
    await rejects(result, PoolTerminatedError);
    await soon(pool.join());
    assertEquals(warned.length, 1);
    assert(/PoolWorker-\d+ computes without end/.test(String(warned[0])), String(warned[0]));
  } finally {
    console.warn = warn;
  }
});

/** As good as endless for the pool, but it leaves the machine to the other tests. */
const spinSome = (begun: Event) => {
  begun.set();
  const end = Date.now() + 3000;
  while (Date.now() < end);
};

Deno.test("a worker that dies while its initializer runs breaks the pool", async () => {
  for (const death of t.DEATHS) {
    await leavesNothing(async () => {
      const pool = new Pool(1, { initializer: t.die, initargs: [death] });
      const result = pool.applyAsync(t.square, [1]);
      await rejects(result, BrokenPoolError, "ended before it could work");
      assertThrows(() => pool.applyAsync(t.square, [1]), BrokenPoolError);
      await soon(pool.join());
    });
  }
});

/** Take away what a worker of a pool needs between its tasks. */
const stopClock = () => {
  performance.now = () => {
    throw new Error("no clock");
  };
};

Deno.test("a worker that fails between its tasks breaks the pool, as the next one would fail, too", async () => {
  await leavesNothing(async () => {
    const pool = new Pool(1, { initializer: stopClock });
    const error = await rejects(pool.map(t.square, [1, 2]), BrokenPoolError, "between its tasks");
    assert(/^The pool is broken: PoolWorker-\d+ failed .*: Error: no clock\./.test(error.message));
    assertThrows(() => pool.applyAsync(t.square, [1]), BrokenPoolError, "no clock");
    await soon(pool.join());
  });
});

Deno.test("a pool is terminated while its initializer runs", async () => {
  await leavesNothing(async (own) => {
    const begun = own(new Event()), go = own(new Event());
    const pool = new Pool(2, { initializer: t.waitFor, initargs: [begun, go] });
    const result = pool.applyAsync(t.square, [1]);
    await soon(begun.waitAsync());
    pool.terminate();
    await rejects(result, PoolTerminatedError);
    await soon(pool.join());
  });
});

Deno.test("a module that ends the worker when it is imported fails its task", async () => {
  await leavesNothing(async (own) => {
    await using pool = new Pool(2);
    const queue = own(new Queue());
    await rejects(pool.apply(exits.unreachable, [queue]), WorkerDiedError, "exit code 8");
    assertEquals(await soon(pool.apply(t.square, [3])), 9);
  });
});

Deno.test("a closed pool outlives the death of its workers, and join comes back", async () => {
  await leavesNothing(async () => {
    const pool = new Pool(2);
    const deaths = [1, 2, 3].map(() => pool.applyAsync(t.die, ["exit"]));
    const results = Array.from({ length: 50 }, (_, i) => pool.applyAsync(t.square, [i]));
    pool.close();
    await soon(pool.join());
    for (const death of deaths) await rejects(death, WorkerDiedError);
    assertEquals(await Promise.all(results), results.map((_, i) => i * i));
  });
});
