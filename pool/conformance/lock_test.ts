import { assert, assertEquals, assertThrows } from "@std/assert";
import type { Event, Lock, RLock, Semaphore } from "@polycore/sync";
import type { Queue } from "@polycore/shm";
import {
  ALL,
  type BackEnd,
  conformance,
  party,
  SEVERAL_THREADS,
  takesAtLeast,
} from "./testing/back_ends.ts";
import { LIMIT } from "../testing/helpers.ts";

const NOT_OWNED = "attempt to release recursive lock not owned by thread";
const TOO_OFTEN = "semaphore or lock released too many times";

/** Takes a lock some times, says what it looks like here, and keeps it until it may go on. */
const holdLock = party(
  import.meta,
  async (call, lock: Lock | RLock, depth: number, looks: Queue, go: Event) => {
    for (let n = 0; n < depth; n++) await call(lock, "acquire");
    looks.put([lock.locked, Deno.inspect(lock)]);
    await call(go, "wait");
    for (let n = 0; n < depth; n++) lock.release();
  },
);

/** Says what a lock looks like that somebody else holds. */
const lookAtLock = party(import.meta, async (call, lock: Lock | RLock, looks: Queue) => {
  const tried = await call(lock as Lock, "acquire", { timeout: 0 });
  looks.put([tried, lock.locked, Deno.inspect(lock)]);
});

const releaseOthersLock = party(import.meta, async (_call, lock: Lock) => {
  await Promise.resolve(lock.release());
});

const releaseOthersRLock = party(import.meta, async (call, lock: RLock) => {
  assertEquals(await call(lock, "acquire", { timeout: 0 }), false);
  const error = assertThrows(() => lock.release(), Error, NOT_OWNED);
  assert(error.message.includes("MainProcess"), error.message);
});

conformance(ALL, "_TestLock.test_lock", async (b) => {
  const lock = b.Lock();
  assertEquals(await b.call(lock, "acquire"), true);
  assert(lock.locked);
  assertEquals(await b.call(lock, "acquire", { timeout: 0 }), false);
  assertEquals(lock.release(), undefined);
  assert(!lock.locked);
  assertThrows(() => lock.release(), Error, TOO_OFTEN);
  assertEquals(await b.call(lock, "acquire"), true);
  await b.spawn(releaseOthersLock, lock).join(); // any party may release it
  assert(!lock.locked);
});

conformance(ALL, "_TestLock.test_rlock", async (b) => {
  const lock = b.RLock();
  for (let depth = 0; depth < 3; depth++) assertEquals(await b.call(lock, "acquire"), true);
  for (let depth = 0; depth < 3; depth++) {
    assert(lock.locked);
    assertEquals(lock.release(), undefined);
  }
  assert(!lock.locked);
  assertThrows(() => lock.release(), Error, NOT_OWNED);
});

// Not over the event loop: its tasks are one owner, whom the lock lets in and out.
conformance(
  SEVERAL_THREADS,
  "_TestLock.test_rlock, only the owner enters and releases",
  async (b) => {
    const lock = b.RLock();
    await b.call(lock, "acquire");
    await b.spawn(releaseOthersRLock, lock).join();
    assert(lock.owned);
    lock.release();
  },
);

conformance(ALL, "_TestLock.test_lock_context", async (b) => {
  for (const lock of [b.Lock(), b.RLock()]) {
    {
      using permit = await b.call(lock as Lock, "hold");
      assert(permit.held && lock.locked);
    }
    assert(!lock.locked);
  }
});

async function seenFromBothSides(
  b: BackEnd,
  lock: Lock | RLock,
  depth: number,
): Promise<unknown[]> {
  const looks = b.Queue<unknown[]>(), go = b.Event();
  const holder = b.spawn(holdLock, lock, depth, looks, go);
  const inside = await b.call(looks, "get", { timeout: LIMIT });
  const outside = [lock.locked, Deno.inspect(lock)];
  go.set();
  await holder.join();
  return [inside, outside, [lock.locked, Deno.inspect(lock)]];
}

// Not over the event loop: its tasks are one owner with one name.
conformance(SEVERAL_THREADS, "_TestLock.test_repr_lock", async (b) => {
  const lock = b.Lock(), looks = b.Queue<unknown[]>();
  assertEquals(Deno.inspect(lock), "<Lock(owner=None)>");
  await b.call(lock, "acquire");
  assertEquals(Deno.inspect(lock), "<Lock(owner=MainProcess)>");
  await b.spawn(lookAtLock, lock, looks).join();
  // Python says SomeOtherProcess
  assertEquals(await b.call(looks, "get"), [false, true, "<Lock(owner=MainProcess)>"]);
  lock.release();
  const [inside, outside, after] = await seenFromBothSides(b, lock, 1);
  const [, text] = inside as [boolean, string];
  assert(/^<Lock\(owner=Process-\d+\)>$/.test(text), text);
  assertEquals([outside, after], [[true, text], [false, "<Lock(owner=None)>"]]);
});

// Not over the event loop: its tasks are one owner with one name.
conformance(SEVERAL_THREADS, "_TestLock.test_repr_rlock", async (b) => {
  const lock = b.RLock(), looks = b.Queue<unknown[]>();
  assertEquals(Deno.inspect(lock), "<RLock(None, 0)>");
  for (let depth = 1; depth <= 3; depth++) {
    await b.call(lock, "acquire");
    assertEquals(Deno.inspect(lock), `<RLock(MainProcess, ${depth})>`);
  }
  await b.spawn(lookAtLock, lock, looks).join();
  // Python says SomeOtherProcess, nonzero
  assertEquals(await b.call(looks, "get"), [false, true, "<RLock(MainProcess, 3)>"]);
  for (let depth = 0; depth < 3; depth++) lock.release();
  const [inside, outside, after] = await seenFromBothSides(b, lock, 2);
  const [, text] = inside as [boolean, string];
  assert(/^<RLock\(Process-\d+, 2\)>$/.test(text), text);
  assertEquals([outside, after], [[true, text], [false, "<RLock(None, 0)>"]]);
});

conformance(ALL, "_TestLock.test_lock_locked_2processes", async (b) => {
  for (const lock of [b.Lock(), b.RLock()]) {
    const sides = await seenFromBothSides(b, lock, 1);
    assertEquals(sides.map((side) => (side as [boolean])[0]), [true, true, false]);
  }
});

/** CPython's `_test_semaphore`: down from 2 and up again. */
async function countDownAndUp(b: BackEnd, sem: Semaphore): Promise<void> {
  assertEquals(sem.value, 2);
  assertEquals(await b.call(sem, "acquire"), true);
  assertEquals(sem.value, 1);
  assertEquals(await b.call(sem, "acquire"), true);
  assertEquals(sem.value, 0);
  assertEquals(await b.call(sem, "acquire", { timeout: 0 }), false);
  assertEquals(sem.value, 0);
  sem.release();
  assertEquals(sem.value, 1);
  sem.release();
  assertEquals(sem.value, 2);
}

conformance(ALL, "_TestSemaphore.test_semaphore", async (b) => {
  const sem = b.Semaphore(2);
  await countDownAndUp(b, sem);
  sem.release();
  assertEquals(sem.value, 3);
  sem.release();
  assertEquals(sem.value, 4);
  assertEquals(Deno.inspect(sem), "<Semaphore(value=4)>");
});

conformance(ALL, "_TestSemaphore.test_bounded_semaphore", async (b) => {
  const sem = b.BoundedSemaphore(2);
  await countDownAndUp(b, sem);
  assertThrows(() => sem.release(), Error, TOO_OFTEN);
  assertEquals(sem.value, 2);
  assertEquals(Deno.inspect(sem), "<BoundedSemaphore(value=2, maxvalue=2)>");
});

const releaseWhenAsked = party(import.meta, async (call, asked: Event, sem: Semaphore) => {
  await call(asked, "wait");
  sem.release();
});

conformance(ALL, "_TestSemaphore.test_timeout", async (b) => {
  const sem = b.Semaphore(0), asked = b.Event();
  for (const timeout of [0, -1]) assertEquals(await b.call(sem, "acquire", { timeout }), false);
  for (const timeout of [30, 60]) {
    const acquired = takesAtLeast(timeout, () => b.call(sem, "acquire", { timeout }));
    assertEquals(await acquired, false);
  }
  const releaser = b.spawn(releaseWhenAsked, asked, sem);
  asked.set();
  assertEquals(await b.call(sem, "acquire"), true); // no timeout: as long as it takes
  await releaser.join();
  assertEquals(sem.value, 0);
});
