import { assert, assertEquals, assertLessOrEqual } from "@std/assert";
import { Condition, Event, Lock, Semaphore } from "./mod.ts";
import { allocateZeroed, blocksInUse, i32, load } from "./internal.ts";
import { type Mode, MODES, type Sync, sync as s } from "./testing/sync.ts";
import { assertNobodyLeft, type Crew, run, start } from "./testing/threads.ts";

/** What CPython's tests run in each child: say that it sleeps, wait, say that it woke. */
async function sleeper(
  s: Sync,
  _i: number,
  cond: Condition,
  sleeping: Semaphore,
  woken: Semaphore,
  mode: Mode,
  timeout?: number,
): Promise<boolean> {
  await s.call(cond, "acquire", mode);
  sleeping.release();
  const notified = await s.call<boolean>(cond, "wait", mode, timeout ? { timeout } : undefined);
  woken.release();
  cond.release();
  return notified;
}

/** A condition and the counters of its sleepers. */
class Sleepers {
  readonly sleeping = new Semaphore(0);
  readonly woken = new Semaphore(0);
  readonly crews: Crew<boolean>[] = [];

  constructor(readonly cond: Condition, readonly mode: Mode) {}

  /** Start `n` and wait until all of them wait, having let go of the lock. */
  async sleep(n: number, timeout?: number): Promise<void> {
    const { cond, sleeping, woken, mode } = this;
    this.crews.push(start(n, sleeper, cond, sleeping, woken, mode, timeout));
    for (let i = 0; i < n; i++) assert(await sleeping.acquireAsync({ timeout: 5000 }));
    // each said so with the lock held and lets go of it by waiting
    cond.acquire();
    cond.release();
  }

  notify(n?: number): void {
    using _ = this.cond.hold();
    this.cond.notify(n);
  }

  /** Exactly `n` wake up, and no other. */
  async assertWoken(n: number): Promise<void> {
    for (let i = 0; i < n; i++) assert(await this.woken.acquireAsync({ timeout: 5000 }));
    // Whoever was notified has released the lock or waits for it, and nobody else was woken.
    this.cond.acquire();
    this.cond.release();
    assertEquals(this.woken.value, 0);
  }

  async join(): Promise<boolean[]> {
    const results = (await Promise.all(this.crews.map((crew) => crew.join()))).flat();
    assertEmpty(this.cond);
    return results;
  }
}

/** CPython's check_invariant: nobody is counted as waiting any more. */
function assertEmpty(cond: Condition): void {
  assertEquals([i32[cond.address], i32[cond.address + 1], cond.lock.locked], [0, 0, false]);
}

const makers = { RLock: () => new Condition(), Lock: () => new Condition(new Lock()) };
for (const mode of MODES) {
  for (const [kind, make] of Object.entries(makers)) {
    const form = `${mode || "blocking"}, ${kind}`;

    Deno.test(`_TestCondition.test_notify, ${form}`, async () => {
      const sleepers = new Sleepers(make(), mode);
      await sleepers.sleep(2);
      await sleepers.assertWoken(0);
      sleepers.notify();
      await sleepers.assertWoken(1);
      sleepers.notify();
      await sleepers.assertWoken(1);
      assertEquals(await sleepers.join(), [true, true]);
    });

    Deno.test(`_TestCondition.test_notify_all, after waiters that timed out, ${form}`, async () => {
      const sleepers = new Sleepers(make(), mode);
      await sleepers.sleep(2, 30);
      await sleepers.assertWoken(2); // by their timeouts
      assertEmpty(sleepers.cond);
      await sleepers.sleep(3);
      await sleepers.assertWoken(0);
      {
        using _ = sleepers.cond.hold();
        sleepers.cond.notifyAll();
      }
      await sleepers.assertWoken(3);
      assertEquals(await sleepers.join(), [false, false, true, true, true]);
    });
  }

  const form = mode || "blocking";

  Deno.test(`_TestCondition.test_notify_n, ${form}`, async () => {
    const sleepers = new Sleepers(new Condition(), mode);
    await sleepers.sleep(6);
    await sleepers.assertWoken(0);
    sleepers.notify(2);
    await sleepers.assertWoken(2);
    sleepers.notify(0);
    await sleepers.assertWoken(0);
    sleepers.notify(3);
    await sleepers.assertWoken(3);
    sleepers.notify(4); // more than wait: is not kept for later
    await sleepers.assertWoken(1);
    await sleepers.sleep(1);
    await sleepers.assertWoken(0);
    sleepers.notify();
    await sleepers.assertWoken(1);
    await sleepers.join();
  });

  Deno.test(`_TestCondition.test_waitfor, ${form}`, async () => {
    const cond = new Condition(), state = allocateZeroed(1);
    const crew = start(
      1,
      async (s, _i, cond, state, mode: Mode) => {
        using _ = cond.hold();
        s.store(state, 1);
        cond.notify();
        return await s.call(cond, "waitFor", mode, () => s.i32[state] === 4);
      },
      cond,
      state,
      mode as Mode,
    );
    {
      using _ = await cond.holdAsync();
      assertEquals(await s.call(cond, "waitFor", mode, () => i32[state] === 1), true);
      assert(s.isAlive(crew.ids[0]!));
    }
    for (let n = 2; n <= 4; n++) {
      using _ = cond.hold();
      i32[state] = n;
      cond.notify();
    }
    assertEquals(await crew.join(), [true]);
    assertEmpty(cond);
  });

  Deno.test(`_TestCondition.test_waitfor_timeout, ${form}`, async () => {
    const cond = new Condition(), state = allocateZeroed(1), asked = new Semaphore(0);
    const crew = start(
      1,
      async (s, _i, cond, state, asked, mode: Mode) => {
        using _ = cond.hold();
        const before = performance.now();
        const value = await s.call(cond, "waitFor", mode, () => {
          asked.release();
          return s.i32[state] === 4 && "four";
        }, { timeout: 100 });
        return [value, performance.now() - before];
      },
      cond,
      state,
      asked,
      mode as Mode,
    );
    for (let n = 1; n <= 3; n++) { // each wakes it, none is enough
      assert(await asked.acquireAsync({ timeout: 5000 }));
      using _ = cond.hold();
      i32[state] = n;
      cond.notify();
    }
    const [[value, took]] = await crew.join() as [[unknown, number]];
    assertEquals(value, false);
    assert(took >= 99, `${took} ms`);
    assertEmpty(cond);
  });

  Deno.test(`_TestCondition.test_wait_result, ${form}`, async () => {
    const cond = new Condition();
    {
      using _ = cond.hold();
      assertEquals(await s.call(cond, "wait", mode, { timeout: 0 }), false);
      assertEquals(await s.call(cond, "wait", mode, { timeout: 20 }), false);
      const crew = start(1, (_s, _i, cond) => {
        using _ = cond.hold();
        cond.notify();
      }, cond);
      assertEquals(await s.call(cond, "wait", mode, { timeout: 5000 }), true);
      assert(cond.lock.locked);
      await crew.join();
    }
    assertEmpty(cond);
  });

  Deno.test(`an RLock is released from any depth and taken to it again, ${form}`, async () => {
    const cond = new Condition();
    for (let depth = 0; depth < 3; depth++) cond.acquire();
    const crew = start(1, (_s, _i, cond) => {
      using _ = cond.hold(); // has to be free by now
      using _again = cond.hold();
      cond.notify();
    }, cond);
    assertEquals(await s.call(cond, "wait", mode), true);
    assertEquals(Deno.inspect(cond.lock), "<RLock(MainProcess, 3)>");
    assertEquals(await s.call(cond, "wait", mode, { timeout: 1 }), false);
    assertEquals(Deno.inspect(cond.lock), "<RLock(MainProcess, 3)>");
    for (let depth = 0; depth < 3; depth++) cond.release();
    await crew.join();
    assertEmpty(cond);
  });

  Deno.test(`a stop ends wait, with the lock held while it unwinds, ${form}`, async () => {
    const cond = new Condition(new Lock()), free = new Event(), blocks = blocksInUse();
    const crew = start(
      1,
      async (s, _i, cond, free, mode: Mode) => {
        cond.acquire();
        free.set();
        const name = await s.thrownBy(() => s.call(cond, "wait", mode));
        const owner = (cond.lock as Lock).owner;
        cond.release();
        return [name, owner];
      },
      cond,
      free,
      mode as Mode,
    );
    assert(await free.waitAsync({ timeout: 5000 }));
    s.until(() => cond.acquire({ timeout: 0 })); // leaves the waiters' bit 0
    s.requestStop(crew.ids[0]!);
    // It cannot unwind yet: its caller would release a lock that is ours.
    s.until(() => (load(cond.lock.address) & 1) === 1);
    assertEquals(s.isAlive(crew.ids[0]!), true);
    cond.release();
    assertEquals(await crew.join(), [["StoppedError", "thread-0"]]);
    assertEmpty(cond);
    assertLessOrEqual(blocksInUse(), blocks); // less when handles were collected meanwhile
  });

  Deno.test(`ping-pong of 1e4 rounds without a lost wake-up, ${form}`, async () => {
    const cond = new Condition(), turn = allocateZeroed(1);
    const rounds = mode === "" ? 10_000 : 1_000;
    await run(
      2,
      async (s, i, cond, turn, rounds, mode: Mode) => {
        for (let n = 0; n < rounds; n++) {
          cond.acquire();
          while (s.i32[turn]! % 2 !== i) {
            if (mode === "") cond.wait();
            else await cond.waitAsync();
          }
          s.i32[turn]!++;
          cond.notify();
          cond.release();
        }
      },
      cond,
      turn,
      rounds,
      mode as Mode,
    );
    assertEquals(i32[turn], 2 * rounds);
    assertEmpty(cond);
  });
}

Deno.test("no thread is left", assertNobodyLeft);
