import { assert, assertEquals, assertMatch, assertThrows } from "@std/assert";
import { Barrier, Condition, DeadlockError, Event, Lock, Semaphore } from "./mod.ts";
import { WaitKind } from "./internal.ts";
import { sync as s } from "./testing/sync.ts";
import { assertNobodyLeft, start } from "./testing/threads.ts";

Deno.test("everybody asleep: the main thread is told who waits for what", async () => {
  const event = new Event(), lock = new Lock();
  lock.acquire();
  const crew = start(
    2,
    function P(_s, i, event, lock) {
      if (i === 0) return event.wait();
      lock.acquire();
      lock.release();
    },
    event,
    lock,
  );
  s.untilBlocked(crew.ids);
  const semaphore = new Semaphore(0);
  const { message, cycle } = assertThrows(() => semaphore.acquire(), DeadlockError);
  assertMatch(message, /every thread waits and none can wake another/);
  assertMatch(
    message,
    /MainProcess waits for a Semaphore; P-0 waits for an Event; P-1 waits for a Lock/,
  );
  assertEquals(cycle, []);
  lock.release();
  event.set();
  await crew.join();
});

Deno.test("everybody asleep: also when the main thread is alone", () => {
  assertThrows(() => new Event().wait(), DeadlockError, "MainProcess waits for an Event");
  const cond = new Condition();
  using _ = cond.hold();
  assertThrows(() => cond.wait(), DeadlockError, "MainProcess waits for a Condition");
  assert(cond.lock.locked);
  assertThrows(() => new Barrier(2).wait(), DeadlockError, "MainProcess waits for a Barrier");
});

Deno.test("everybody asleep: not while one has a timeout, computes or awaits", async () => {
  for (const how of ["timeout", "computes", "awaits"]) {
    const event = new Event();
    const crew = start(
      1,
      async (s, _i, event, how) => {
        const over = performance.now() + 250;
        if (how === "timeout") new s.Event().wait({ timeout: 250 });
        else if (how === "computes") { while (performance.now() < over); }
        else await new s.Event().waitAsync({ timeout: 250 });
        event.set();
      },
      event,
      how,
    );
    assertEquals(event.wait(), true);
    await crew.join();
  }
});

Deno.test("the owner ends while the main thread sleeps elsewhere: the waiter goes on, and wakes it", async () => {
  for (let n = 0; n < 10; n++) {
    const lock = new Lock(), held = new Event(), go = new Event(), done = new Event();
    const crew = start(
      2,
      (s, i, lock, held, go, done) => {
        if (i === 0) {
          lock.acquire();
          held.set();
          go.wait();
          return "";
        }
        held.wait();
        const name = s.thrownBy(() => lock.acquire());
        done.set();
        return name;
      },
      lock,
      held,
      go,
      done,
    );
    s.untilBlocked([crew.ids[1]!], WaitKind.lock);
    go.set();
    done.wait();
    assertEquals(await crew.join(), ["", "OwnerDiedError"]);
  }
});

Deno.test("everybody asleep, and the main thread takes a condition's lock again: another one throws", async () => {
  const lock = new Lock(), cond = new Condition(lock);
  cond.acquire();
  const crew = start(1, (s, _i, cond) => {
    cond.acquire();
    cond.notify();
    const name = s.thrownBy(() => new s.Event().wait()); // with the lock that the main thread needs
    cond.release();
    return name;
  }, cond);
  assertEquals(cond.wait(), true);
  assertEquals(lock.owner, "MainProcess");
  cond.release();
  assertEquals(await crew.join(), ["DeadlockError"]);
});

Deno.test("no thread is left", assertNobodyLeft);
