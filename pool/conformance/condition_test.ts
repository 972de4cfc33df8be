import { assert, assertEquals, assertMatch } from "@std/assert";
import type { Condition, Semaphore } from "@polycore/sync";
import type { Value } from "@polycore/shm";
import { ALL, type BackEnd, conformance, party, takesAtLeast } from "./testing/back_ends.ts";
import { LIMIT } from "../testing/helpers.ts";

/** CPython's `f`: says that it sleeps, waits, says that it woke. */
const sleeper = party(
  import.meta,
  async (
    call,
    cond: Condition,
    sleeping: Semaphore,
    woken: Semaphore,
    timeout: number | undefined,
  ) => {
    await call(cond, "acquire");
    sleeping.release();
    assertEquals(await call(cond, "wait", { timeout }), timeout === undefined);
    woken.release();
    cond.release();
  },
);

/** A condition, and who sleeps at it. */
class Sleepers {
  readonly #sleeping: Semaphore;
  readonly #woken: Semaphore;
  #waiting = 0;

  constructor(readonly b: BackEnd, readonly cond: Condition = b.Condition()) {
    this.#sleeping = b.Semaphore(0);
    this.#woken = b.Semaphore(0);
  }

  /** Spawn `n` and wait until all of them wait. */
  async sleep(n: number, timeout?: number): Promise<void> {
    const { b, cond } = this;
    for (let i = 0; i < n; i++) b.spawn(sleeper, cond, this.#sleeping, this.#woken, timeout);
    // each says so with the lock held, and lets go of it by waiting
    for (let i = 0; i < n; i++) assert(await b.call(this.#sleeping, "acquire", { timeout: LIMIT }));
    this.#waiting += n;
    if (timeout === undefined) await this.check();
  }

  async notify(n?: number): Promise<void> {
    using _ = await this.b.call(this.cond, "hold");
    this.cond.notify(n);
  }

  /** Exactly `n` wake up, and no other. */
  async wake(n: number): Promise<void> {
    for (let i = 0; i < n; i++) {
      assert(await this.b.call(this.#woken, "acquire", { timeout: LIMIT }));
    }
    this.#waiting -= n;
    await this.check();
  }

  /** CPython's `check_invariant`: all the others still wait, and nobody else is counted. */
  async check(): Promise<void> {
    using _ = await this.b.call(this.cond, "hold");
    assertEquals(this.#woken.value, 0);
    assertMatch(Deno.inspect(this.cond), new RegExp(`^<Condition\\(<.+>, ${this.#waiting}\\)>$`));
  }
}

/** The two sorts of lock that a condition can have. */
const CONDITIONS: Record<string, (b: BackEnd) => Condition> = {
  "the default lock": (b) => b.Condition(),
  "a Lock": (b) => b.Condition(b.Lock()),
};

for (const [which, make] of Object.entries(CONDITIONS)) {
  conformance(ALL, `_TestCondition.test_notify, ${which}`, async (b) => {
    const sleepers = new Sleepers(b, make(b));
    await sleepers.sleep(2);
    await sleepers.wake(0);
    await sleepers.notify();
    await sleepers.wake(1);
    await sleepers.notify();
    await sleepers.wake(1);
    await b.joinAll();
    await sleepers.check();
  });

  conformance(ALL, `_TestCondition.test_notify_all, ${which}`, async (b) => {
    const sleepers = new Sleepers(b, make(b));
    await sleepers.sleep(3, 30);
    await sleepers.wake(3); // by their timeouts
    await sleepers.sleep(3);
    await sleepers.wake(0);
    {
      using _ = await b.call(sleepers.cond, "hold");
      sleepers.cond.notifyAll();
    }
    await sleepers.wake(3);
    await b.joinAll();
    await sleepers.check();
  });
}

conformance(ALL, "_TestCondition.test_notify_n", async (b) => {
  const sleepers = new Sleepers(b);
  await sleepers.sleep(6);
  await sleepers.wake(0);
  await sleepers.notify(2);
  await sleepers.wake(2);
  await sleepers.notify(0);
  await sleepers.wake(0);
  await sleepers.notify(4);
  await sleepers.wake(4);
  await sleepers.notify(3); // nobody waits, and it is not kept for who comes later
  await sleepers.sleep(1);
  await sleepers.wake(0);
  await sleepers.notify();
  await sleepers.wake(1);
  await b.joinAll();
  await sleepers.check();
});

conformance(ALL, "_TestCondition.test_timeout", async (b) => {
  const cond = b.Condition();
  using _ = await b.call(cond, "hold");
  assertEquals(await takesAtLeast(60, () => b.call(cond, "wait", { timeout: 60 })), false);
});

const waitForFour = party(import.meta, async (call, cond: Condition, state: Value<"i">) => {
  using _ = await call(cond, "hold");
  state.value = 0;
  cond.notify();
  assertEquals(await call(cond, "waitFor", () => state.value === 4), true);
  assertEquals(state.value, 4);
});

conformance(ALL, "_TestCondition.test_waitfor", async (b) => {
  const cond = b.Condition(), state = b.Value("i", -1);
  const waiter = b.spawn(waitForFour, cond, state);
  {
    using _ = await b.call(cond, "hold");
    assertEquals(await b.call(cond, "waitFor", () => state.value === 0), true);
    assertEquals(state.value, 0);
  }
  for (let n = 0; n < 4; n++) {
    using _ = await b.call(cond, "hold");
    state.value += 1;
    cond.notify();
  }
  await waiter.join();
});

/** Waits for what never comes; says each time that it has looked. */
const waitForFourInVain = party(
  import.meta,
  async (call, cond: Condition, state: Value<"i">, looked: Semaphore) => {
    using _ = await call(cond, "hold");
    const holds = () => {
      looked.release();
      return state.value === 4 && "four";
    };
    const waited = takesAtLeast(100, () => call(cond, "waitFor", holds, { timeout: 100 }));
    assertEquals(await waited, false);
  },
);

conformance(ALL, "_TestCondition.test_waitfor_timeout", async (b) => {
  const cond = b.Condition(), state = b.Value("i", 0), looked = b.Semaphore(0);
  const waiter = b.spawn(waitForFourInVain, cond, state, looked);
  for (let n = 0; n < 3; n++) { // each wakes it, none is enough
    await b.call(looked, "acquire", { timeout: 100 }); // in vain when its time is over
    using _ = await b.call(cond, "hold");
    state.value += 1;
    cond.notify();
  }
  await waiter.join();
  assertEquals(state.value, 3);
});

const notifyOnce = party(import.meta, async (call, cond: Condition) => {
  using _ = await call(cond, "hold");
  cond.notify();
});

conformance(ALL, "_TestCondition.test_wait_result", async (b) => {
  const cond = b.Condition();
  using _ = await b.call(cond, "hold");
  assertEquals(await b.call(cond, "wait", { timeout: 0 }), false);
  assertEquals(await takesAtLeast(30, () => b.call(cond, "wait", { timeout: 30 })), false);
  // What interrupts Python's second wait is a signal; see the tests of `terminate` and `kill`.
  const notifier = b.spawn(notifyOnce, cond);
  assertEquals(await b.call(cond, "wait", { timeout: LIMIT }), true);
  assert(cond.lock.locked);
  await notifier.join();
});
