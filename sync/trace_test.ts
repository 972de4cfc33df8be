import { assert, assertEquals, assertThrows } from "@std/assert";
import { Barrier, BoundedSemaphore, Condition, Event, Lock, RLock, Semaphore } from "./mod.ts";
import {
  allocateZeroed,
  blocksInUse,
  bury,
  enrol,
  free,
  i32,
  LAYOUT,
  load,
  notingWord,
  recording,
  startTrace,
  stopTrace,
  store,
  WaitKind,
} from "./internal.ts";
import type { Trace } from "./internal.ts";
import { RING_EVENTS } from "./trace_ring.ts";
import { sync as s } from "./testing/sync.ts";
import { assertNobodyLeft, run, start } from "./testing/threads.ts";

/** "acquire Lock 1" for each event of a thread, without its begin and end. */
function told({ events, objects }: Trace, thread: number): string[] {
  return events.filter((e) => e.thread === thread && e.what !== "begin" && e.what !== "end")
    .map(({ what, object }) => object < 0 ? what : `${what} ${objects[object]!.name}`);
}

/** Record what `act` does, and see to it that all memory is given back. */
async function traced(act: () => unknown): Promise<Trace> {
  const before = blocksInUse();
  startTrace();
  await act();
  const trace = stopTrace();
  assert(blocksInUse() <= before, `${blocksInUse() - before} blocks were not given back`);
  assertEquals([load(LAYOUT.trace), load(LAYOUT.traceRings), recording], [0, 0, false]);
  return trace;
}

Deno.test("no recording: nothing is noted and nothing allocated", async () => {
  const lock = new Lock();
  const before = blocksInUse();
  lock.hold()[Symbol.dispose]();
  const [heldByThread] = await run(1, (s, _i, lock) => {
    const before = s.blocksInUse();
    lock.hold()[Symbol.dispose]();
    return s.blocksInUse() - before;
  }, lock);
  assertEquals([heldByThread, blocksInUse() - before, load(LAYOUT.traceRings)], [0, 0, 0]);
  assert(!recording);
  assertThrows(() => stopTrace(), Error, "No recording is under way");
});

Deno.test("a recording is begun once, on the main thread", async () => {
  await traced(() => assertThrows(() => startTrace(), Error, "under way already"));
  const [names] = await run(1, async (s) => {
    const errors = [s.startTrace, s.stopTrace].map((call) => {
      try {
        call();
      } catch (error) {
        return (error as Error).message;
      }
    });
    return await Promise.all(errors);
  });
  for (const message of names!) assert(message!.includes("in the main thread"), message);
});

Deno.test("acquire and release, with the objects' own names or numbers", async () => {
  const locks = [new Lock({ name: "fork" }), new Lock(), new Lock()];
  const rlock = new RLock(), semaphore = new Semaphore(2), bounded = new BoundedSemaphore(1);
  const trace = await traced(async () => {
    for (const holdable of [...locks, rlock, semaphore]) holdable.hold()[Symbol.dispose]();
    using _ = rlock.hold();
    rlock.hold()[Symbol.dispose](); // only the outermost count
    await bounded.acquireAsync();
    bounded.release();
  });
  assertEquals(told(trace, 1), [
    ..."fork,Lock 1,Lock 2,RLock 1,Semaphore 1".split(",")
      .flatMap((name) => [`acquire ${name}`, `release ${name}`]),
    "acquire RLock 1",
    "acquire BoundedSemaphore 1",
    "release BoundedSemaphore 1",
    "release RLock 1",
  ]);
  const kinds = trace.objects.map(({ kind }) => kind);
  assertEquals(kinds, ["Lock", "Lock", "Lock", "RLock", "Semaphore", "BoundedSemaphore"]);
  assertEquals(trace.threads, [{ id: 1, name: "MainProcess", lost: 0 }]);
  assertEquals(trace.lost, 0);
  assert(trace.nsPerEvent > 1 && trace.nsPerEvent < 1e5, `${trace.nsPerEvent} ns`);
  const times = trace.events.map(({ ms }) => ms);
  assertEquals(times, times.toSorted((a, b) => a - b));
  assert(times[0]! >= 0 && times.at(-1)! < 10_000, String(times));
});

Deno.test("an error, a timeout and a lock that is not free leave no event", async () => {
  const lock = new Lock(), places = new BoundedSemaphore(1);
  const trace = await traced(() => {
    assertThrows(() => lock.release());
    assertThrows(() => places.release());
    lock.acquire();
    assertEquals(lock.acquire({ timeout: 0 }), false);
    lock.release();
  });
  assertEquals(told(trace, 1), ["acquire Lock 1", "release Lock 1"]);
});

Deno.test("a thread waits for a held lock: wait, wait end, acquire after the release", async () => {
  const lock = new Lock({ name: "fork" });
  let id = 0;
  const trace = await traced(async () => {
    lock.acquire();
    const crew = start(1, function waiter(_s, _i, lock) {
      lock.hold()[Symbol.dispose]();
    }, lock);
    [id] = crew.ids as [number];
    s.untilBlocked([id], WaitKind.lock);
    lock.release();
    await crew.join();
  });
  assertEquals(told(trace, id), ["wait fork", "wait end fork", "acquire fork", "release fork"]);
  const all = trace.events.map(({ thread, what }) => `${thread === 1 ? "main" : "other"} ${what}`);
  const inOrder = ["main acquire", "other wait", "main release", "other acquire", "other end"];
  assertEquals(all.filter((one) => inOrder.includes(one)), inOrder);
  assertEquals(trace.threads.map(({ id, name }) => [id, name]), [[1, "MainProcess"], [
    id,
    "waiter-0",
  ]]);
  const holds = trace.events.filter(({ what }) => what === "acquire" || what === "release");
  const [first] = holds.map(({ value }) => value);
  assertEquals(holds.map(({ value }) => value - first!), [0, 0, 1, 1]);
});

Deno.test("a lock that goes to and fro is never held twice at a time", async () => {
  const lock = new Lock();
  const trace = await traced(() =>
    run(2, (_s, _i, lock) => {
      for (let i = 0; i < 10_000; i++) lock.hold()[Symbol.dispose]();
    }, lock)
  );
  assertEquals(trace.lost, 0);
  const holds = trace.events.filter(({ what }) => what === "acquire" || what === "release");
  assertEquals(holds.length, 40_000);
  for (let i = 0; i < holds.length; i += 2) {
    const [acquire, release] = [holds[i]!, holds[i + 1]!];
    assertEquals([acquire.what, release.what], ["acquire", "release"]);
    assertEquals([acquire.thread, acquire.value], [release.thread, release.value]);
    if (i > 0) assertEquals(acquire.value, holds[i - 1]!.value + 1);
  }
});

Deno.test("waits for semaphores, events, conditions and barriers name what is waited for", async () => {
  const semaphore = new Semaphore(0), event = new Event(), barrier = new Barrier(2);
  const condition = new Condition(new Lock({ name: "mutex" }));
  let id = 0;
  const trace = await traced(async () => {
    const crew = start(
      1,
      (_s, _i, semaphore, event, condition, barrier) => {
        semaphore.acquire();
        event.wait();
        {
          using _ = condition.hold();
          condition.wait();
        }
        barrier.wait();
      },
      semaphore,
      event,
      condition,
      barrier,
    );
    [id] = crew.ids as [number];
    s.untilBlocked([id], WaitKind.semaphore);
    semaphore.release();
    s.untilBlocked([id], WaitKind.event);
    event.set();
    s.untilBlocked([id], WaitKind.condition);
    {
      using _ = condition.hold();
      condition.notify();
    }
    s.untilBlocked([id], WaitKind.barrier);
    barrier.wait();
    await crew.join();
  });
  const wait = (name: string) => [`wait ${name}`, `wait end ${name}`];
  const seen = told(trace, id).filter((text) => !/wait (end )?mutex/.test(text)); // it may have to wait there
  assertEquals(seen, [
    ...wait("Semaphore 1"),
    "acquire Semaphore 1",
    ...wait("Event 1"),
    "acquire mutex",
    "release mutex",
    ...wait("Condition 1"),
    "acquire mutex",
    "release mutex",
    ...wait("Barrier 1"),
  ]);
  const wakes = told(trace, 1).filter((text) => text.startsWith("wake"));
  assertEquals(wakes, ["wake Event 1", "wake Condition 1", "wake Barrier 1"]);
});

Deno.test("a long wait is one wait, though the thread looks around meanwhile", async () => {
  const event = new Event();
  const trace = await traced(() => event.wait({ timeout: 350 })); // more than three slices
  assertEquals(told(trace, 1), ["wait Event 1", "wait end Event 1"]);
});

Deno.test("a deadlock: its members with what they wait for, and the one that got the error", async () => {
  const locks = [new Lock({ name: "A" }), new Lock({ name: "B" })] as const;
  const ready = new Barrier(2);
  const trace = await traced(() =>
    run(
      2,
      async (s, index, a, b, ready) => {
        const [first, second] = index === 0 ? [a, b] : [b, a];
        first.acquire();
        ready.wait();
        if (await s.thrownBy(() => second.acquire()) === "") second.release();
        first.release();
      },
      ...locks,
      ready,
    )
  );
  const [one, two] = trace.threads.slice(1).map(({ id }) => id);
  const about = trace.events.filter(({ what }) => what === "deadlock" || what === "cancelled wait")
    .map(({ thread, what, object }) => [thread, what, trace.objects[object]?.name]);
  assertEquals(about.toSorted(), [
    [one, "deadlock", "B"],
    [two, "cancelled wait", undefined], // the youngest of them
    [two, "deadlock", "A"],
  ]);
  assertEquals(told(trace, two!).filter((text) => / A$/.test(text)), [
    "wait A",
    "deadlock A",
    "wait end A",
  ]);
});

Deno.test("everybody asleep: each waits for its own", async () => {
  const never = new Event();
  const trace = await traced(async () => {
    assertEquals(await s.thrownBy(() => never.wait()), "DeadlockError");
  });
  assertEquals(told(trace, 1), [
    "wait Event 1",
    "deadlock Event 1",
    "cancelled wait",
    "wait end Event 1",
  ]);
});

Deno.test("a full ring keeps the newest events and counts those that it lost", async () => {
  const lock = new Lock({ name: "often" }), last = new Lock({ name: "last" });
  const pairs = RING_EVENTS / 2 + 50;
  const trace = await traced(() => {
    for (let i = 0; i < pairs; i++) lock.hold()[Symbol.dispose]();
    last.hold()[Symbol.dispose]();
  });
  assertEquals([trace.lost, trace.threads[0]!.lost], Array(2).fill(2 * pairs + 2 - RING_EVENTS));
  const what = trace.events.map((event) => event.what);
  assertEquals([what.length, what[0], what.at(-1)], [RING_EVENTS + 1, "begin", "release"]);
  assertEquals(told(trace, 1).slice(-3), ["release often", "acquire last", "release last"]);
});

Deno.test("objects that are gone keep their names, and no other one gets their number", async () => {
  const trace = await traced(() => {
    for (const name of ["first", "second"]) {
      const lock = new Lock({ name });
      lock.hold()[Symbol.dispose]();
      lock.dispose();
    }
  });
  assertEquals(trace.objects.map(({ name }) => name), ["first", "second"]);
});

Deno.test("many objects, more than one list of them holds", async () => {
  const trace = await traced(() => {
    for (let i = 0; i < 500; i++) {
      const lock = new Lock();
      lock.hold()[Symbol.dispose]();
      lock.dispose();
    }
  });
  assertEquals(trace.objects.length, 500);
  assertEquals(new Set(trace.events.map(({ object }) => object)).size, 501); // begin has none
});

Deno.test("recordings end while threads record: all is given back, and they write there no more", async () => {
  const lock = new Lock(), begun = new Barrier(3), end = new Event();
  const before = blocksInUse();
  for (let round = 0; round < 8; round++) {
    startTrace();
    const crew = start(
      2,
      (_s, _i, lock, begun, end) => {
        begun.wait();
        while (!end.isSet()) lock.hold()[Symbol.dispose]();
      },
      lock,
      begun,
      end,
    );
    begun.wait();
    const { threads } = stopTrace();
    const given = threads.map(() => allocateZeroed(6 * RING_EVENTS)); // where the rings were
    assertEquals(threads.map(({ id }) => id), [1, ...crew.ids]);
    startTrace(); // they run, but take no part in this one
    assertEquals(stopTrace().threads.map(({ id }) => id), [1]);
    end.set();
    await crew.join();
    for (const block of given) {
      assert(i32.subarray(block, block + 6 * RING_EVENTS).every((word) => word === 0));
      free(block);
    }
    end.clear();
  }
  assert(blocksInUse() <= before, `${blocksInUse() - before} blocks were not given back`);
});

Deno.test("the end waits for a thread that is just writing an event down", async () => {
  const id = enrol("writer");
  const word = notingWord(id);
  const ready = new Event();
  const crew = start(
    1,
    (s, _i, word: number, ready) => {
      const { trace, lastTrace, traceRings } = s.LAYOUT;
      const before = s.load(lastTrace);
      ready.set();
      s.until(() => s.load(lastTrace) !== before && s.load(trace) === 0); // it was on and has ended
      let taken = 0;
      for (const begin = performance.now(); performance.now() < begin + 20;) {
        if (s.load(traceRings) === 0) taken++;
      }
      s.store(word, 0);
      return taken;
    },
    word,
    ready,
  );
  await ready.waitAsync();
  store(word, 1);
  startTrace();
  stopTrace();
  bury(id);
  assertEquals(await crew.join(), [0]);
});

Deno.test("no thread is left", assertNobodyLeft);
