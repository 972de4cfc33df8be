import { assert, assertEquals, assertMatch, assertRejects, assertThrows } from "@std/assert";
import { Barrier, Condition, DeadlockError, Event, Lock, RLock, Semaphore } from "./mod.ts";
import { WaitKind } from "./internal.ts";
import { type Mode, MODES, sync as s } from "./testing/sync.ts";
import { assertNobodyLeft, run, start } from "./testing/threads.ts";
for (const [kind, Class] of Object.entries({ Lock, RLock })) {
  for (const n of [2, 3]) {
    Deno.test(`${n} threads in a circle of ${kind}s: one throws, using frees, the others go on`, async () => {
      const names = ["A", "B", "C"].slice(0, n);
      const locks = names.map((name) => new Class({ name }));
      const [a, b, c = a] = locks as [Lock, Lock, Lock?];
      const meet = new Barrier(n);
      const results = await run(
        n,
        function P(s, i, n, meet, a, b, c) {
          const locks = [a, b, c].slice(0, n);
          const [mine, next] = [locks[i]!, locks[(i + 1) % n]!];
          try {
            using _mine = mine.hold();
            meet.wait();
            using _next = next.hold();
            return "both";
          } catch (error) {
            if (!(error instanceof s.DeadlockError)) throw error;
            return `${error.message} | ${JSON.stringify(error.cycle)}`;
          }
        },
        n,
        meet,
        a,
        b,
        c,
      );
      assertEquals(results.filter((result) => result === "both").length, n - 1);
      const [text, cycle] = results.find((result) => result !== "both")!.split(" | ");
      const members = names.map((name, i) => ({
        thread: `P-${i}`,
        holds: name,
        waitsFor: names[(i + 1) % n]!,
      }));
      assertEquals(
        (JSON.parse(cycle!) as typeof members).sort((x, y) => x.thread < y.thread ? -1 : 1),
        members,
      );
      for (const { thread, holds, waitsFor } of members) {
        assert(text!.includes(`${thread} holds ${holds} and waits for ${waitsFor}`), text);
      }
      assert(locks.every((lock) => !lock.locked));
    });
  }
}

Deno.test("100 deadlocks one after the other: each is found, and one thread throws each time", async () => {
  const a = new Lock(), b = new Lock(), meet = new Barrier(2);
  const thrown = await run(
    2,
    (s, i, a, b, meet) => {
      let thrown = 0;
      for (let n = 0; n < 100; n++) {
        try {
          using _mine = (i === 0 ? a : b).hold();
          meet.wait();
          using _next = (i === 0 ? b : a).hold();
        } catch (error) {
          if (!(error instanceof s.DeadlockError)) throw error;
          thrown++;
        }
        meet.wait();
      }
      return thrown;
    },
    a,
    b,
    meet,
  );
  assertEquals(thrown[0]! + thrown[1]!, 100);
});

Deno.test("the main thread is a member of a circle like any other", async () => {
  const a = new Lock({ name: "A" }), b = new Lock({ name: "B" }), meet = new Barrier(2);
  const crew = start(
    1,
    function other(s, _i, a, b, meet) {
      return s.thrownBy(() => {
        using _b = b.hold();
        meet.wait();
        using _a = a.hold();
      });
    },
    a,
    b,
    meet,
  );
  const mine = await s.thrownBy(() => {
    using _a = a.hold();
    meet.wait();
    using _b = b.hold();
  });
  assertEquals([mine, ...await crew.join()], ["", "DeadlockError"]); // the youngest throws
});

Deno.test("a Lock that its own thread takes again: DeadlockError, and it is still held", () => {
  const lock = new Lock({ name: "A" });
  lock.acquire();
  const error = assertThrows(() => lock.acquire(), DeadlockError, "MainProcess waits for A");
  assertEquals(error.cycle, [{ thread: "MainProcess", holds: "A", waitsFor: "A" }]);
  assert(lock.locked);
  assertThrows(() => lock.hold(), DeadlockError, "Use an RLock");
  lock.release();
  assert(!lock.locked);
});

Deno.test("an RLock that its own thread takes again is none", () => {
  const lock = new RLock();
  using _a = lock.hold();
  using _b = lock.hold();
});

Deno.test("a lock without a name is named by its address", () => {
  const lock = new Lock();
  lock.acquire();
  const { message } = assertThrows(() => lock.acquire(), DeadlockError);
  assertMatch(message, /waits for Lock@\d+, which it holds itself/);
  lock.release();
});

Deno.test("waits with a timeout are no deadlock", async () => {
  const lock = new Lock();
  lock.acquire();
  assertEquals(lock.acquire({ timeout: 250 }), false); // longer than several looks
  lock.release();

  // The one that waits for ever sees that the other one will not, whichever is the younger.
  for (const timed of [0, 1]) {
    const a = new Lock(), b = new Lock(), meet = new Barrier(2);
    const results = await run(
      2,
      (s, i, a, b, meet, timed) => {
        const [mine, other] = i === 0 ? [a, b] : [b, a];
        using _mine = mine.hold();
        meet.wait();
        if (i === timed) return other.acquire({ timeout: 250 }) ? "got it" : "late";
        return s.thrownBy(() => void other.hold()[Symbol.dispose]());
      },
      a,
      b,
      meet,
      timed,
    );
    assertEquals(results, timed === 0 ? ["late", ""] : ["", "late"]);
  }
});

Deno.test("a chain that ends in a thread that computes is no deadlock", async () => {
  const a = new Lock(), b = new Lock(), aHeld = new Event(), bHeld = new Event(), go = new Event();
  const crew = start(
    3,
    (s, i, a, b, aHeld, bHeld, go) => {
      if (i === 0) {
        using _ = a.hold();
        aHeld.set();
        s.until(() => go.isSet());
      } else if (i === 1) {
        aHeld.wait();
        using _b = b.hold();
        bHeld.set();
        using _a = a.hold();
      } else {
        bHeld.wait();
        using _b = b.hold();
      }
      return "through";
    },
    a,
    b,
    aHeld,
    bHeld,
    go,
  );
  s.untilBlocked([crew.ids[1]!, crew.ids[2]!], WaitKind.lock);
  const over = performance.now() + 250; // several looks of the two
  s.until(() => performance.now() > over);
  go.set();
  assertEquals(await crew.join(), ["through", "through", "through"]);
});

Deno.test("a circle of others, and the main thread waits for one of them: they get the error, not it", async () => {
  for (let n = 0; n < 10; n++) {
    const a = new Lock(), b = new Lock(), meet = new Barrier(2), done = new Semaphore(0);
    const crew = start(
      2,
      (s, i, a, b, meet, done) => {
        const name = s.thrownBy(() => {
          using _mine = (i === 0 ? a : b).hold();
          meet.wait();
          using _next = (i === 0 ? b : a).hold();
        });
        done.release();
        return name;
      },
      a,
      b,
      meet,
      done,
    );
    done.acquire();
    done.acquire();
    assertEquals((await crew.join()).sort(), ["", "DeadlockError"]);
  }
});

Deno.test("a thread that takes a condition's lock again is not the one that throws", async () => {
  // waiter (younger): holds B, was notified and wants A again. holder: has A, wants B.
  const a = new Lock({ name: "A" }), b = new Lock({ name: "B" }), cond = new Condition(a);
  const waits = new Event();
  const holder = start(
    1,
    (s, _i, a, b, cond, waits) => {
      waits.wait();
      return s.thrownBy(() => {
        using _a = a.hold();
        cond.notify();
        using _b = b.hold();
      });
    },
    a,
    b,
    cond,
    waits,
  );
  const waiter = start(
    1,
    (s, _i, a, b, cond, waits) => {
      using _b = b.hold();
      return s.thrownBy(() => {
        using _a = a.hold();
        waits.set();
        cond.wait();
        if (a.owner !== "thread-0") throw new Error(`A belongs to ${a.owner}`);
      });
    },
    a,
    b,
    cond,
    waits,
  );
  assertEquals([...await holder.join(), ...await waiter.join()], ["DeadlockError", ""]);
  assert(!a.locked && !b.locked);
});

Deno.test("a member that is being stopped is no deadlock: it unwinds and lets go", async () => {
  const a = new Lock(), b = new Lock(), meet = new Barrier(2);
  const crew = start(
    2,
    (s, i, a, b, meet) => {
      return s.thrownBy(() => {
        using _mine = (i === 0 ? a : b).hold();
        meet.wait();
        if (i === 1) s.until(s.stopRequested); // the youngest, who would have to throw
        using _next = (i === 0 ? b : a).hold();
      });
    },
    a,
    b,
    meet,
  );
  s.untilBlocked([crew.ids[0]!], WaitKind.lock);
  s.requestStop(crew.ids[1]!);
  assertEquals(await crew.join(), ["", "StoppedError"]);
});

for (const mode of MODES) {
  Deno.test(`random order of 4 locks in 3 threads: every deadlock is broken, ${mode || "blocking"}`, async () => {
    const seed = Date.now() & 0xffff;
    console.log(`seed ${seed}`);
    const locks = ["A", "B", "C", "D"].map((name) => new Lock({ name })) as [
      Lock,
      Lock,
      Lock,
      Lock,
    ];
    const counts = await run(
      3,
      async (s, i, seed, mode: Mode, ...locks) => {
        let state = seed + i * 7919;
        const random = (n: number) => {
          state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
          return (state >> 8) % n;
        };
        let deadlocks = 0;
        // Async waiters are not part of a circle: they bring a timeout.
        for (let n = 0; n < (mode === "" ? 300 : 100); n++) {
          try {
            const first = random(4), second = (first + 1 + random(3)) % 4;
            using _first = locks[first]!.hold();
            if (mode === "") {
              using _second = locks[second]!.hold();
            } else if (await locks[second]!.acquireAsync({ timeout: 5 })) {
              locks[second]!.release();
            }
          } catch (error) {
            if (!(error instanceof s.DeadlockError)) throw error;
            deadlocks++;
          }
        }
        return deadlocks;
      },
      seed,
      mode as Mode,
      ...locks,
    );
    assertEquals(counts.length, 3);
    assert(locks.every((lock) => !lock.locked));
  });
}

Deno.test("an async waiter is no part of a circle: it needs a timeout", async () => {
  const lock = new Lock();
  lock.acquire();
  assertEquals(await lock.acquireAsync({ timeout: 250 }), false);
  const controller = new AbortController();
  const waiting = lock.acquireAsync({ signal: controller.signal });
  setTimeout(() => controller.abort(), 10);
  await assertRejects(() => waiting, DOMException);
  lock.release();
});

Deno.test("no thread is left", assertNobodyLeft);
