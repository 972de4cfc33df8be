import { assert, assertEquals, assertMatch, assertRejects, assertThrows } from "@std/assert";
import { Event, Lock, Semaphore } from "./mod.ts";
import {
  allocateZeroed,
  beginWait,
  blockedThreads,
  bury,
  endWait,
  enrol,
  exitCodeOf,
  isAlive,
  isMainThread,
  LAYOUT,
  lifeWord,
  liveThreads,
  load,
  me,
  nudge,
  renameThread,
  requestStop,
  startThread,
  stopRequested,
  store,
  threadName,
  ThreadState,
  waitingFor,
  WaitKind,
} from "./internal.ts";
import { sync as s } from "./testing/sync.ts";
import { assertNobodyLeft, run, start } from "./testing/threads.ts";

/** The word that says that a thread is to stop. */
function stopWord(id: number): number {
  return LAYOUT.threads + (id & (LAYOUT.threadSlots - 1)) * LAYOUT.threadWords + 2;
}

Deno.test("the main thread is number 1", () => {
  assertEquals([me, isMainThread, threadName(1), isAlive(1)], [1, true, "MainProcess", true]);
  assertEquals(load(lifeWord(1)), ThreadState.running);
});

Deno.test("each thread has a number and a name, and sees the others'", async () => {
  const go = new Event();
  const crew = start(2, function T(s, _i, go) {
    go.wait();
    return [s.me, s.isMainThread, s.threadName(s.me), s.liveThreads().length];
  }, go);
  assertEquals(liveThreads(), [1, ...crew.ids]);
  s.untilBlocked(crew.ids, WaitKind.event);
  assertEquals(blockedThreads().map((w) => w.id), crew.ids);
  go.set();
  const results = await crew.join();
  assertEquals(results.map((r) => r.slice(0, 3)), crew.ids.map((id, i) => [id, false, `T-${i}`]));
  assertEquals(crew.ids.map(isAlive), [false, false]);
  assertEquals(threadName(crew.ids[0]!), "T-0"); // known until the slot is used again
});

Deno.test("names: renamed, cut between letters, and not those of the slot's next thread", () => {
  const id = enrol("é".repeat(100));
  assertEquals(threadName(id), "é".repeat(43)); // 87 bytes
  renameThread(id, "short");
  assertEquals(threadName(id), "short");
  bury(id, 7);
  bury(id, 8); // it has ended already
  assertEquals(exitCodeOf(id), 7);
  assertEquals(threadName(id + LAYOUT.threadSlots), `thread ${id + LAYOUT.threadSlots}`);
  assert(!isAlive(id + LAYOUT.threadSlots));
});

Deno.test("slots are used again, numbers are not, and old threads stay in the list", () => {
  const old = enrol("old");
  let last = old;
  for (let n = 0; n < LAYOUT.threadSlots + 10; n++) {
    const id = enrol(`short-lived ${n}`);
    assert(id > last);
    last = id;
    bury(id);
  }
  assert(isAlive(1) && isAlive(old));
  assertEquals(liveThreads(), [1, old]); // though both are older than any of the last 4096
  assertEquals([threadName(1), threadName(old)], ["MainProcess", "old"]);
  const heir = enrol("heir");
  const dead = heir - LAYOUT.threadSlots;
  assert(!isAlive(dead));
  assertEquals(threadName(dead), `thread ${dead}`);
  assertEquals([exitCodeOf(dead), exitCodeOf(heir)], [undefined, undefined]); // not those of others
  requestStop(dead); // must not hit the thread that has its slot
  bury(dead);
  assertEquals([load(stopWord(heir)), isAlive(heir)], [0, true]);
  bury(heir);
  bury(old);
});

Deno.test("a new thread in a used slot is not told to stop, and waits for nothing", () => {
  const first = enrol("first");
  requestStop(first);
  bury(first);
  let again = 0;
  while (again !== first + LAYOUT.threadSlots) {
    again = enrol("again");
    if (again !== first + LAYOUT.threadSlots) bury(again);
  }
  assertEquals(load(stopWord(again)), 0);
  assertEquals([waitingFor(again), isAlive(again)], [undefined, true]);
  bury(again);
});

Deno.test("4096 threads at once are the limit; one that ends makes room", () => {
  const ids: number[] = [];
  const error = assertThrows(() => {
    for (;;) ids.push(enrol("one of many"));
  }, RangeError);
  assertMatch(error.message, /4096 threads are alive/);
  assertEquals(ids.length, LAYOUT.threadSlots - 1);
  assertEquals(liveThreads().length, LAYOUT.threadSlots);
  bury(ids.pop()!);
  ids.push(enrol("fits"));
  ids.forEach((id) => bury(id));
  assertEquals(liveThreads(), [1]);
});

Deno.test("threads started after 4096 others work as the first ones do", async () => {
  assert(load(LAYOUT.lastThread) > LAYOUT.threadSlots);
  const event = new Event();
  const crew = start(2, (s, _i, event) => [event.wait(), s.me], event);
  s.untilBlocked(crew.ids, WaitKind.event);
  event.set();
  assertEquals(await crew.join(), crew.ids.map((id) => [true, id]));
});

Deno.test("what a thread waits for: kind, time, patience, and whether it is about to wake", () => {
  const word = allocateZeroed(1);
  assertEquals(waitingFor(1), undefined);
  beginWait(word, 0, WaitKind.data, true);
  const first = waitingFor(1)!;
  assertEquals({ ...first, round: 0 }, {
    id: 1,
    word,
    kind: WaitKind.data,
    timed: true,
    patient: false,
    asleep: true,
    round: 0,
  });
  store(word, 1);
  assertEquals(waitingFor(1)!.asleep, false);
  endWait();
  assertEquals(waitingFor(1), undefined);
  beginWait(word, 1, WaitKind.lock, false, true);
  const second = waitingFor(1)!;
  assertEquals([second.timed, second.patient, second.asleep], [false, true, true]);
  assert(second.round !== first.round);
  endWait();
  assertEquals(s.kindName(WaitKind.space), "room in a queue");
  assertEquals(s.kindName(99), "something");
});

Deno.test("a death wakes those who are blocked at once, not after a slice", async () => {
  const lock = new Lock(), turn = new Semaphore(0), done = new Semaphore(0), rounds = 10;
  const crew = start(
    1,
    async (s, _i, lock, turn, done, rounds) => {
      const names = new Set<string>();
      for (let n = 0; n < rounds; n++) {
        turn.acquire();
        names.add(await s.thrownBy(() => lock.acquire()));
        done.release();
      }
      return [...names];
    },
    lock,
    turn,
    done,
    rounds,
  );
  let took = 0;
  for (let n = 0; n < rounds; n++) {
    const owner = enrol("owner");
    store(lock.address, owner * 2); // as if it had acquired the lock
    turn.release();
    s.untilBlocked(crew.ids, WaitKind.lock);
    const before = performance.now();
    bury(owner);
    assert(await done.acquireAsync({ timeout: 5000 }));
    took += performance.now() - before;
  }
  assertEquals(await crew.join(), [["OwnerDiedError"]]);
  assert(took < rounds * 50, `${took} ms`);
});

Deno.test("a stop wakes a blocked thread at once, not after a slice", async () => {
  const semaphore = new Semaphore(0), done = new Semaphore(0), rounds = 10;
  const crew = start(
    1,
    async (s, _i, semaphore, done, rounds) => {
      const names = new Set<string>();
      for (let n = 0; n < rounds; n++) {
        s.until(() => !s.stopRequested());
        names.add(await s.thrownBy(() => semaphore.acquire()));
        done.release();
      }
      return [...names];
    },
    semaphore,
    done,
    rounds,
  );
  const id = crew.ids[0]!;
  let took = 0;
  for (let n = 0; n < rounds; n++) {
    s.untilBlocked([id], WaitKind.semaphore);
    const before = performance.now();
    requestStop(id);
    assert(await done.acquireAsync({ timeout: 5000 }));
    took += performance.now() - before;
    store(stopWord(id), 0);
  }
  assertEquals(await crew.join(), [["StoppedError"]]);
  assert(took < rounds * 50, `${took} ms`);
});

Deno.test("stopRequested ends a loop that computes", async () => {
  const begun = new Event();
  const crew = start(1, (s, _i, begun) => {
    begun.set();
    while (!s.stopRequested());
    return "ended";
  }, begun);
  assert(await begun.waitAsync({ timeout: 5000 }));
  assert(!stopRequested());
  requestStop(crew.ids[0]!);
  assertEquals(await crew.join(), ["ended"]);
});

Deno.test("a stopped thread cannot block any more, but tries once and frees what it holds", async () => {
  const semaphore = new Semaphore(1);
  const crew = start(1, async (s, _i, semaphore) => {
    s.until(s.stopRequested);
    semaphore.acquire(); // free: nothing to wait for
    const names = [
      await s.thrownBy(() => semaphore.acquire()),
      await s.thrownBy(() => semaphore.acquireAsync()),
      await s.thrownBy(() => new s.Event().wait({ timeout: 1000 })),
    ];
    semaphore.release();
    new s.Lock().dispose(); // the heap still works
    return names;
  }, semaphore);
  requestStop(crew.ids[0]!);
  assertEquals(await crew.join(), [["StoppedError", "StoppedError", "StoppedError"]]);
  assertEquals(semaphore.value, 1);
});

Deno.test("nudge is a false alarm: the sleeper looks again and sleeps on", async () => {
  const event = new Event();
  const crew = start(1, (_s, _i, event) => event.wait(), event);
  s.untilBlocked(crew.ids, WaitKind.event);
  for (let n = 0; n < 100; n++) nudge(crew.ids[0]!);
  assert(isAlive(crew.ids[0]!));
  event.set();
  assertEquals(await crew.join(), [true]);
});

Deno.test("data that cannot travel is an error of startThread, and no thread is left over", () => {
  assertThrows(
    () => startThread("never", "data:,", { f: () => 1 }),
    DOMException,
    "could not be cloned",
  );
});

Deno.test("an error in a thread is reported by join, also when another one is blocked", async () => {
  const event = new Event();
  const crew = start(2, function T(_s, i, event) {
    if (i === 1) throw new TypeError("on purpose");
    event.wait();
  }, event);
  await assertRejects(() => crew.join(), Error, "T-1 threw: TypeError: on purpose");
});

Deno.test("a body that cannot be understood is reported too", async () => {
  const broken = Object.assign(() => {}, { toString: () => "(s) => { return }}" });
  await assertRejects(() => run(1, broken), Error, "SyntaxError");
});

Deno.test("no thread is left", assertNobodyLeft);
