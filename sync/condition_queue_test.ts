import { assert, assertEquals, assertLessOrEqual, assertRejects, assertThrows } from "@std/assert";
import { Condition, Event, Lock, RLock } from "./mod.ts";
import { allocateZeroed, blocksInUse, i32 } from "./internal.ts";
import { sync as s } from "./testing/sync.ts";
import { assertNobodyLeft, run, start } from "./testing/threads.ts";

/** CPython's check_invariant: nobody is counted as waiting any more. */
function assertEmpty(cond: Condition): void {
  assertEquals([i32[cond.address], i32[cond.address + 1], cond.lock.locked], [0, 0, false]);
}

Deno.test("waiting or notifying without the lock throws, also when another thread holds it", async () => {
  const cond = new Condition();
  const check = async () => {
    assertThrows(() => cond.wait(), Error, "must acquire() condition before using wait()");
    await assertRejects(
      () => cond.waitAsync(),
      Error,
      "must acquire() condition before using wait()",
    );
    assertThrows(() => cond.notify(), Error, "lock is not owned");
    assertThrows(() => cond.notifyAll(), Error, "lock is not owned");
  };
  await check();
  const held = new Event(), go = new Event();
  const crew = start(
    1,
    (_s, _i, cond, held, go) => {
      using _ = cond.hold();
      held.set();
      go.wait();
    },
    cond,
    held,
    go,
  );
  assert(await held.waitAsync({ timeout: 5000 }));
  await check();
  go.set();
  await crew.join();
  assertEmpty(cond);
});

Deno.test("bad arguments throw at the call", () => {
  assertThrows(() => new Condition(new Event() as unknown as Lock), TypeError, "needs a Lock");
  const cond = new Condition();
  using _ = cond.hold();
  assertThrows(() => cond.notify(-1), RangeError, "n is -1");
  assertThrows(() => cond.notify(NaN), RangeError, "n is NaN");
  assertThrows(() => cond.wait({ timeout: NaN }), TypeError, "timeout is NaN");
  assert(cond.lock.locked); // it threw before it let go of the lock
});

Deno.test("two conditions on one lock: each wakes its own", async () => {
  const lock = new RLock(), full = new Condition(lock), empty = new Condition(lock);
  const count = allocateZeroed(2);
  await run(
    4,
    (s, i, full, empty, count) => {
      for (let n = 0; n < 1000; n++) {
        using _ = full.hold();
        if (i % 2 === 0) {
          while (s.i32[count] === 3) full.wait();
          s.i32[count]!++;
          empty.notify();
        } else {
          while (s.i32[count] === 0) empty.wait();
          s.i32[count]!--;
          s.i32[count + 1]!++;
          full.notify();
        }
      }
    },
    full,
    empty,
    count,
  );
  assertEquals([i32[count], i32[count + 1]], [0, 2000]);
  assertEmpty(full);
  assertEmpty(empty);
});

Deno.test("a waiter that times out is taken from the middle of the queue", async () => {
  const cond = new Condition(), controller = new AbortController();
  cond.acquire();
  const first = cond.waitAsync({ timeout: 5000 });
  cond.acquire();
  const middle = cond.waitAsync({ signal: controller.signal });
  cond.acquire();
  const last = cond.waitAsync({ timeout: 5000 });
  controller.abort(new TypeError("enough"));
  await assertRejects(() => middle, TypeError, "enough");
  assert(cond.lock.locked); // taken again by the one that gave up
  cond.notify();
  cond.release();
  assertEquals(await first, true);
  cond.notify();
  cond.release();
  assertEquals(await last, true);
  cond.release();
  assertEmpty(cond);
});

Deno.test("an abort that comes after the notification hands it on", async () => {
  const cond = new Condition(), controller = new AbortController();
  cond.acquire();
  const first = cond.waitAsync({ signal: controller.signal });
  cond.acquire();
  const second = cond.waitAsync({ timeout: 5000 });
  cond.acquire();
  cond.notify();
  controller.abort(new TypeError("enough"));
  cond.release();
  await assertRejects(() => first, TypeError, "enough");
  cond.release();
  assertEquals(await second, true);
  cond.release();
  assertEmpty(cond);
});

Deno.test("an abort waits for the lock, and does not take it from its holder", async () => {
  const cond = new Condition(new Lock()), controller = new AbortController();
  const held = new Event(), go = new Event();
  cond.acquire();
  const waiting = cond.waitAsync({ signal: controller.signal });
  let settled = false;
  const settling = waiting.catch(() => settled = true);
  const crew = start(
    1,
    function other(_s, _i, cond, held, go) {
      cond.acquire();
      held.set();
      go.wait();
      const { owner } = cond.lock as Lock;
      cond.release();
      return owner;
    },
    cond,
    held,
    go,
  );
  assert(await held.waitAsync({ timeout: 5000 }));
  controller.abort();
  await new Promise((resolve) => setTimeout(resolve, 10));
  assert(!settled);
  go.set();
  assertEquals(await crew.join(), ["other-0"]);
  await settling;
  assertEquals((cond.lock as Lock).owner, "MainProcess");
  cond.release();
});

Deno.test("the notifier dies with the lock: wait throws OwnerDiedError with the lock held", async () => {
  const cond = new Condition();
  cond.acquire();
  cond.acquire();
  const name = s.thrownBy(() => cond.waitAsync());
  await run(1, (_s, _i, cond) => {
    cond.acquire();
    cond.notify();
  }, cond);
  assertEquals(await name, "OwnerDiedError");
  assertEquals(Deno.inspect(cond.lock), "<RLock(MainProcess, 2)>");
  cond.release();
  cond.release();
  assertEmpty(cond);
});

Deno.test("a waiter that died is passed over by notify", async () => {
  const cond = new Condition(), waits = new Event();
  const dead = start(
    1,
    async (_s, _i, cond, waits) => {
      cond.acquire();
      cond.waitAsync().catch(() => {}); // never awaited: the thread ends while it waits
      waits.set();
      await Promise.resolve();
    },
    cond,
    waits,
  );
  assert(await waits.waitAsync({ timeout: 5000 }));
  await dead.join();
  cond.acquire();
  const waiting = cond.waitAsync({ timeout: 5000 });
  cond.acquire();
  cond.notify(1);
  cond.release();
  assertEquals(await waiting, true);
  cond.release();
  assertEmpty(cond);
});

Deno.test("a predicate that throws leaves with the lock held", async () => {
  const cond = new Condition();
  using _ = cond.hold();
  const fails = () => {
    throw new TypeError("in the predicate");
  };
  assertThrows(() => cond.waitFor(fails), TypeError, "in the predicate");
  await assertRejects(() => cond.waitForAsync(fails), TypeError, "in the predicate");
  assert(cond.lock.locked);
});

Deno.test("waiters leave no block behind", async () => {
  const cond = new Condition();
  const before = blocksInUse();
  for (let n = 0; n < 50; n++) {
    using _ = cond.hold();
    cond.wait({ timeout: 0 });
    await cond.waitAsync({ timeout: 0 });
  }
  assertLessOrEqual(blocksInUse(), before);
});

Deno.test("no thread is left", assertNobodyLeft);
