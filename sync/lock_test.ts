import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { Event, Lock, OwnerDiedError, Semaphore } from "./mod.ts";
import { allocateZeroed, i32, WaitKind } from "./internal.ts";
import { type Mode, MODES, sync as s } from "./testing/sync.ts";
import { assertNobodyLeft, run, start } from "./testing/threads.ts";

for (const mode of MODES) {
  const form = mode || "blocking";

  Deno.test(`acquire while another thread holds it: false when the time is over, ${form}`, async () => {
    const lock = new Lock(), held = new Event(), go = new Event();
    const crew = start(
      1,
      (_s, _i, lock, held, go) => {
        lock.acquire();
        held.set();
        go.wait();
        lock.release();
      },
      lock,
      held,
      go,
    );
    assert(await held.waitAsync({ timeout: 5000 }));
    for (const timeout of [0, -1, 20]) {
      assertEquals(await s.call(lock, "acquire", mode, { timeout }), false);
    }
    go.set();
    assertEquals(await s.call(lock, "acquire", mode), true);
    await crew.join();
    lock.release();
  });

  Deno.test(`mutual exclusion: 3 threads, 1e5 increments each, ${form}`, async () => {
    const lock = new Lock(), word = allocateZeroed(1);
    // An async waiter costs a turn of the event loop each time, so it makes fewer rounds.
    const rounds = mode === "" ? 100_000 : 1_000;
    await run(
      3,
      async (s, _i, lock, word, rounds, mode: Mode) => {
        for (let n = 0; n < rounds; n++) {
          if (mode === "") lock.acquire();
          else await lock.acquireAsync();
          s.i32[word]!++; // not atomic: only the lock makes it exact
          lock.release();
        }
      },
      lock,
      word,
      rounds,
      mode as Mode,
    );
    assertEquals(i32[word], 3 * rounds);
    assert(!lock.locked);
  });

  Deno.test(`a thread that ends with the lock: OwnerDiedError once, then it is free, ${form}`, async () => {
    const lock = new Lock({ name: "A" });
    await run(1, function holder(_s, _i, lock) {
      lock.acquire();
    }, lock);
    assert(lock.locked);
    const text = "holder-0 ended while it held A";
    await assertRejects(() => s.call(lock, "acquire", mode), OwnerDiedError, text);
    assert(!lock.locked);
    assertEquals(await s.call(lock, "acquire", mode), true);
    lock.release();
  });

  Deno.test(`a thread that ends with the lock while others wait: told once, ${form}`, async () => {
    const lock = new Lock(), held = new Event(), end = new Event();
    const holder = start(
      1,
      (_s, _i, lock, held, end) => {
        lock.acquire();
        held.set();
        end.wait();
      },
      lock,
      held,
      end,
    );
    assert(await held.waitAsync({ timeout: 5000 }));
    const ready = allocateZeroed(1);
    const waiters = start(
      2,
      async (s, _i, lock, ready, mode: Mode) => {
        const waiting = s.thrownBy(() => s.call(lock, "acquire", mode));
        if (mode === "Async") s.add(ready, 1);
        const name = await waiting;
        if (name === "") lock.release();
        return name;
      },
      lock,
      ready,
      mode as Mode,
    );
    if (mode === "") s.untilBlocked(waiters.ids, WaitKind.lock);
    else s.until(() => i32[ready] === 2);
    end.set();
    await holder.join();
    assertEquals((await waiters.join()).sort(), ["", "OwnerDiedError"]);
    assert(!lock.locked);
  });

  Deno.test(`a stop wakes a thread that is blocked in acquire, ${form}`, async () => {
    const lock = new Lock(), waits = new Event();
    lock.acquire();
    const crew = start(
      1,
      async (s, _i, lock, waits, mode: Mode) => {
        const name = s.thrownBy(() => s.call(lock, "acquire", mode));
        waits.set();
        return await name;
      },
      lock,
      waits,
      mode as Mode,
    );
    if (mode === "") s.untilBlocked(crew.ids, WaitKind.lock);
    else assert(await waits.waitAsync({ timeout: 5000 }));
    s.requestStop(crew.ids[0]!);
    assertEquals(await crew.join(), ["StoppedError"]);
    assertEquals(lock.owner, "MainProcess");
    lock.release();
  });
}

Deno.test("any thread may release a Lock", async () => {
  const lock = new Lock();
  lock.acquire();
  await run(1, (_s, _i, lock) => lock.release(), lock);
  assert(!lock.locked);
});

Deno.test("hold releases when the block ends, also by an error", async () => {
  const lock = new Lock();
  {
    using permit = lock.hold();
    assert(permit.held && lock.locked);
  }
  assert(!lock.locked);
  assertThrows(
    () => {
      using _ = lock.hold();
      throw new TypeError("inside");
    },
    TypeError,
    "inside",
  );
  assert(!lock.locked);
  {
    using _ = await lock.holdAsync();
    assert(lock.locked);
  }
  assert(!lock.locked);
});

Deno.test("2 and 4 threads that fight for a lock lose no increment", async () => {
  for (const threads of [2, 4]) {
    const lock = new Lock(), word = allocateZeroed(1);
    await run(
      threads,
      (s, _i, lock, word) => {
        for (let n = 0; n < 100_000; n++) {
          using _ = lock.hold();
          s.i32[word]!++;
        }
      },
      lock,
      word,
    );
    assertEquals(i32[word], threads * 100_000);
  }
});

Deno.test("blocking and awaiting threads share one lock", async () => {
  const lock = new Lock(), word = allocateZeroed(1);
  const crew = start(
    3,
    async (s, i, lock, word) => {
      for (let n = 0; n < 1000; n++) {
        if (i === 0) await lock.acquireAsync();
        else if (i === 1) { while (!lock.acquire({ timeout: 1 })); }
        else lock.acquire();
        s.i32[word]!++;
        lock.release();
      }
    },
    lock,
    word,
  );
  for (let n = 0; n < 1000; n++) {
    using _ = await lock.holdAsync();
    i32[word]!++;
  }
  await crew.join();
  assertEquals(i32[word], 4_000);
});

Deno.test("two async functions of one thread: the second waits for the first", async () => {
  const lock = new Lock();
  await lock.acquireAsync();
  let second = false;
  const waiting = lock.acquireAsync().then(() => second = true);
  await new Promise((resolve) => setTimeout(resolve));
  assert(!second);
  lock.release();
  await waiting;
  lock.release();
});

Deno.test("an AbortSignal ends acquireAsync with its reason", async () => {
  const lock = new Lock(), reason = new Error("enough");
  await assertRejects(
    () => lock.acquireAsync({ signal: AbortSignal.abort(reason) }),
    Error,
    "enough",
  );
  assert(!lock.locked);
  lock.acquire();
  const controller = new AbortController();
  const waiting = lock.acquireAsync({ signal: controller.signal });
  controller.abort(reason);
  await assertRejects(() => waiting, Error, "enough");
  lock.release();
  assert(!lock.locked);
});

Deno.test("an abort that comes together with the wake-up passes it on to the next sleeper", async () => {
  const lock = new Lock(), turn = new Semaphore(0), done = new Semaphore(0), rounds = 10;
  const crew = start(
    1,
    (_s, _i, lock, turn, done, rounds) => {
      for (let n = 0; n < rounds; n++) {
        turn.acquire();
        lock.acquire();
        lock.release();
        done.release();
      }
    },
    lock,
    turn,
    done,
    rounds,
  );
  let took = 0;
  for (let n = 0; n < rounds; n++) {
    lock.acquire();
    const controller = new AbortController();
    const waiting = lock.acquireAsync({ signal: controller.signal }); // the first in the queue
    turn.release();
    s.untilBlocked(crew.ids, WaitKind.lock); // the second
    const before = performance.now();
    lock.release(); // wakes the first one, who is told to give up before it can look
    controller.abort();
    await assertRejects(() => waiting, DOMException, "aborted");
    assert(await done.acquireAsync({ timeout: 5000 }));
    took += performance.now() - before;
  }
  await crew.join();
  assert(!lock.locked);
  // Were the wake-up lost, each round would last until the sleeper looks by itself, 100 ms.
  assert(took < rounds * 50, `${took} ms`);
});

Deno.test("each of several sleepers is woken by the one before, not after a slice", async () => {
  const lock = new Lock(), turn = new Semaphore(0), done = new Semaphore(0), rounds = 10;
  const crew = start(
    3,
    (_s, _i, lock, turn, done, rounds) => {
      for (let n = 0; n < rounds; n++) {
        turn.acquire();
        lock.acquire();
        lock.release();
        done.release();
      }
    },
    lock,
    turn,
    done,
    rounds,
  );
  let took = 0;
  for (let n = 0; n < rounds; n++) {
    lock.acquire();
    turn.release(3);
    s.untilBlocked(crew.ids, WaitKind.lock);
    const before = performance.now();
    lock.release();
    for (let i = 0; i < 3; i++) assert(await done.acquireAsync({ timeout: 5000 }));
    took += performance.now() - before;
  }
  await crew.join();
  assert(took < rounds * 50, `${took} ms`);
});

Deno.test("a wait lasts as long as its timeout", async () => {
  const lock = new Lock();
  lock.acquire();
  for (const mode of MODES) {
    const before = performance.now();
    assertEquals(await s.call(lock, "acquire", mode, { timeout: 130 }), false);
    const took = performance.now() - before;
    assert(took >= 129, `${took} ms`);
  }
  lock.release();
});

Deno.test("a timeout that is no number throws at the call", async () => {
  const lock = new Lock();
  for (const timeout of [NaN, "1", null]) {
    const options = { timeout: timeout as number };
    assertThrows(() => lock.acquire(options), TypeError, "timeout is");
    await assertRejects(() => lock.acquireAsync(options), TypeError, "timeout is");
  }
  assert(!lock.locked);
  assert(lock.acquire({ timeout: Infinity }));
  lock.release();
});

Deno.test("a lock has the name that it was given, in every thread", async () => {
  const lock = new Lock({ name: "ledger" });
  assertEquals(await run(1, (_s, _i, lock) => lock.name, lock), ["ledger"]);
  assertEquals(new Lock().name, "");
  const long = new Lock({ name: "é".repeat(40) });
  assertEquals(long.name, "é".repeat(23)); // 47 bytes, cut between letters
});

Deno.test("no thread is left", assertNobodyLeft);
