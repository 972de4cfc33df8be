import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { Barrier, BrokenBarrierError, Event } from "./mod.ts";
import { allocateZeroed, blocksInUse, i32, load, WaitKind } from "./internal.ts";
import { type Mode, MODES, sync as s } from "./testing/sync.ts";
import { assertNobodyLeft, run, start } from "./testing/threads.ts";

const N = 4;

/** Wait until `n` parties stand at the barrier. */
function untilWaiting(barrier: Barrier, n: number): void {
  s.until(() => barrier.nWaiting === n);
}

for (const mode of MODES) {
  const form = mode || "blocking";

  for (const rounds of [1, 10]) {
    const name = rounds === 1 ? "test_barrier" : "test_barrier_10";
    Deno.test(`_TestBarrier.${name}, ${form}`, async () => {
      const barrier = new Barrier(N), passed = allocateZeroed(2);
      await run(
        N,
        async (s, _i, barrier, passed, rounds, mode: Mode) => {
          // CPython's multipass: between two meetings all have done the one thing and none the other
          for (let n = 0; n < rounds; n++) {
            s.add(passed, 1);
            await s.call(barrier, "wait", mode);
            const [first, second] = [s.load(passed), s.load(passed + 1)];
            if (first !== (n + 1) * barrier.parties || second < n * barrier.parties) {
              throw new Error(`round ${n}: ${first}, ${second}`);
            }
            s.add(passed + 1, 1);
            await s.call(barrier, "wait", mode);
            if (s.load(passed + 1) !== (n + 1) * barrier.parties) {
              throw new Error(`round ${n}, end`);
            }
          }
        },
        barrier,
        passed,
        rounds,
        mode as Mode,
      );
      assertEquals([load(passed), load(passed + 1)], [rounds * N, rounds * N]);
      assertEquals([barrier.nWaiting, barrier.broken, barrier.parties], [0, false, N]);
    });
  }

  Deno.test(`_TestBarrier.test_wait_return: each index once, ${form}`, async () => {
    const barrier = new Barrier(N);
    const indices = await run(
      N,
      (s, _i, barrier, mode: Mode) => s.call<number>(barrier, "wait", mode),
      barrier,
      mode as Mode,
    );
    assertEquals(indices.sort(), [0, 1, 2, 3]);
    assertEquals(barrier.nWaiting, 0);
  });

  Deno.test(`_TestBarrier.test_abort, ${form}`, async () => {
    const barrier = new Barrier(N);
    const crew = start(
      N,
      (s, i, barrier, mode: Mode) => {
        if (i === 0) {
          s.until(() => barrier.nWaiting === barrier.parties - 1);
          barrier.abort();
        }
        return s.thrownBy(() => s.call(barrier, "wait", mode));
      },
      barrier,
      mode as Mode,
    );
    assertEquals(await crew.join(), Array(N).fill("BrokenBarrierError"));
    assert(barrier.broken);
    assertEquals(barrier.nWaiting, 0);
    await assertRejects(() => s.call(barrier, "wait", mode), BrokenBarrierError, "reset()");
  });

  Deno.test(`_TestBarrier.test_reset: those who wait are told, then it works again, ${form}`, async () => {
    const barrier = new Barrier(N), later = new Barrier(N + 1);
    const crew = start(
      N - 1,
      async (s, _i, barrier, later, mode: Mode) => {
        const name = await s.thrownBy(() => s.call(barrier, "wait", mode));
        await s.call(later, "wait", mode);
        return [name, await s.call(barrier, "wait", mode)];
      },
      barrier,
      later,
      mode as Mode,
    );
    untilWaiting(barrier, N - 1);
    barrier.reset();
    assert(!barrier.broken);
    assertEquals(barrier.nWaiting, 0);
    const last = start(
      1,
      async (s, _i, barrier, later, mode: Mode) => {
        await s.call(later, "wait", mode);
        return await s.call<number>(barrier, "wait", mode);
      },
      barrier,
      later,
      mode as Mode,
    );
    await s.call(later, "wait", mode);
    const results = await crew.join();
    assertEquals(results.map(([name]) => name), Array(N - 1).fill("BrokenBarrierError"));
    const indices = [...results.map(([, index]) => index), ...await last.join()];
    assertEquals(indices.sort(), [0, 1, 2, 3]);
  });

  Deno.test(`_TestBarrier.test_abort_and_reset: late sleepers see the break, ${form}`, async () => {
    const barrier = new Barrier(N), again = new Barrier(N);
    const crew = start(
      N - 1,
      async (s, _i, barrier, again, mode: Mode) => {
        const names: string[] = [];
        for (let round = 0; round < 20; round++) {
          names.push(await s.thrownBy(() => s.call(barrier, "wait", mode)));
          await s.call(again, "wait", mode);
        }
        return names;
      },
      barrier,
      again,
      mode as Mode,
    );
    for (let round = 0; round < 20; round++) {
      untilWaiting(barrier, N - 1);
      barrier.abort();
      barrier.reset(); // before any of them can have looked
      barrier.reset();
      await again.waitAsync();
    }
    for (const names of await crew.join()) {
      assertEquals(names, Array(20).fill("BrokenBarrierError"));
    }
    assert(!barrier.broken);
  });

  Deno.test(`_TestBarrier.test_timeout: one party's timeout breaks it for all, ${form}`, async () => {
    const barrier = new Barrier(N);
    const names = await run(
      N - 1,
      (s, i, barrier, mode: Mode) => {
        const options = i === 0 ? { timeout: 30 } : undefined;
        return s.thrownBy(() => s.call(barrier, "wait", mode, options));
      },
      barrier,
      mode as Mode,
    );
    assertEquals(names, Array(N - 1).fill("BrokenBarrierError"));
    assert(barrier.broken);
  });

  Deno.test(`_TestBarrier.test_default_timeout, ${form}`, async () => {
    const barrier = new Barrier(N, { timeout: 30 });
    const names = await run(
      N - 1,
      (s, _i, barrier, mode: Mode) => s.thrownBy(() => s.call(barrier, "wait", mode)),
      barrier,
      mode as Mode,
    );
    assertEquals(names, Array(N - 1).fill("BrokenBarrierError"));
  });

  Deno.test(`_TestBarrier.test_single_thread, ${form}`, async () => {
    const barrier = new Barrier(1);
    for (let n = 0; n < 3; n++) assertEquals(await s.call(barrier, "wait", mode), 0);
    assertEquals(await s.call(barrier, "wait", mode, { timeout: 0 }), 0);
    assert(!barrier.broken);
  });

  Deno.test(`_TestBarrier.test_thousand: 1000 rounds in lockstep, ${form}`, async () => {
    const barrier = new Barrier(N), rounds = mode === "" ? 1000 : 300, words = allocateZeroed(N);
    const sums = await run(
      N,
      async (s, i, barrier, rounds, words, mode: Mode) => {
        let indices = 0;
        for (let n = 1; n <= rounds; n++) {
          s.store(words + i, n);
          if (mode === "") indices += barrier.wait();
          else indices += await barrier.waitAsync();
          for (let other = 0; other < barrier.parties; other++) {
            const at = s.load(words + other);
            if (at !== n && at !== n + 1) throw new Error(`${i} in round ${n} sees ${at}`);
          }
        }
        return indices;
      },
      barrier,
      rounds,
      words,
      mode as Mode,
    );
    assertEquals(sums.reduce((a, b) => a + b), rounds * (0 + 1 + 2 + 3));
    assertEquals([barrier.nWaiting, barrier.broken], [0, false]);
  });

  Deno.test(`a stop ends wait and breaks the barrier for the others, ${form}`, async () => {
    const barrier = new Barrier(3);
    const crew = start(
      2,
      (s, _i, barrier, mode: Mode) => s.thrownBy(() => s.call(barrier, "wait", mode)),
      barrier,
      mode as Mode,
    );
    if (mode === "") s.untilBlocked(crew.ids, WaitKind.barrier);
    untilWaiting(barrier, 2);
    s.requestStop(crew.ids[1]!);
    assertEquals(await crew.join(), ["BrokenBarrierError", "StoppedError"]);
    assert(barrier.broken);
  });

  Deno.test(`_TestBarrier.test_action: once a round, before anybody goes on, ${form}`, async () => {
    const count = allocateZeroed(1);
    // Functions travel only as tasks, which a package above knows: here each thread has its own handle.
    const barrier = new Barrier(N);
    await run(
      N,
      async (s, _i, barrier, count, mode: Mode) => {
        s.retain(barrier.address);
        const action = () => void s.i32[count]!++;
        const mine = new s.Barrier(barrier.parties, { action }, barrier.address);
        for (let n = 1; n <= 10; n++) {
          await s.call(mine, "wait", mode);
          if (s.i32[count] !== n) throw new Error(`${s.i32[count]} in round ${n}`);
          await s.call(barrier, "wait", mode); // these have no action
        }
      },
      barrier,
      count,
      mode as Mode,
    );
    assertEquals(i32[count], 10);
  });

  Deno.test(`an action that throws: its party gets the error, the others the break, ${form}`, async () => {
    const action = () => {
      throw new TypeError("in the action");
    };
    const barrier = new Barrier(2, { action });
    const plain = new Barrier(2, {}, (s.retain(barrier.address), barrier.address));
    const crew = start(
      1,
      (s, _i, barrier, mode: Mode) => s.thrownBy(() => s.call(barrier, "wait", mode)),
      plain,
      mode as Mode,
    );
    untilWaiting(barrier, 1);
    await assertRejects(() => s.call(barrier, "wait", mode), TypeError, "in the action");
    assertEquals(await crew.join(), ["BrokenBarrierError"]);
    assert(barrier.broken);
    barrier.reset();
    assert(!barrier.broken);
  });

  Deno.test(`who comes during the action waits for the next round, whatever its timeout, ${form}`, async () => {
    const arrived = new Event();
    let crew: ReturnType<typeof late> | undefined;
    const late = (barrier: Barrier) =>
      start(
        1,
        async (s, _i, barrier, arrived, mode: Mode) => {
          const waiting = s.thrownBy(() => s.call(barrier, "wait", mode, { timeout: 5 }));
          arrived.set();
          return await waiting;
        },
        barrier,
        arrived,
        mode as Mode,
      );
    const plain = new Barrier(1);
    const action = () => {
      crew = late(plain);
      if (mode === "") {
        s.untilBlocked(crew.ids, WaitKind.barrier);
        s.until(
          () => s.waitingFor(crew!.ids[0]!)?.patient === true,
          "it sleeps without its timeout",
        );
      } else {
        assert(arrived.wait({ timeout: 5000 }));
      }
      const over = performance.now() + 20;
      s.until(() => performance.now() > over);
      assertEquals(plain.nWaiting, 0);
    };
    const acting = new Barrier(1, { action }, (s.retain(plain.address), plain.address));
    assertEquals(acting.wait(), 0); // not broken by the late one
    assertEquals(await crew!.join(), [""]);
    assert(!plain.broken);
  });
}

Deno.test("abort and reset while the action runs: its own party is told", () => {
  for (const how of ["abort", "reset"] as const) {
    const barrier: Barrier = new Barrier(1, { action: () => barrier[how]() });
    assertThrows(() => barrier.wait(), BrokenBarrierError);
    assertEquals(barrier.broken, how === "abort");
  }
});

Deno.test("abort always breaks, also when nobody waits, and again", () => {
  const barrier = new Barrier(2);
  barrier.abort();
  barrier.abort();
  assert(barrier.broken);
  assertThrows(() => barrier.wait({ timeout: 0 }), BrokenBarrierError, "it broke before this wait");
  barrier.reset();
  barrier.reset();
  assert(!barrier.broken);
  assertThrows(() => barrier.wait({ timeout: 0 }), BrokenBarrierError, "a party gave up");
});

Deno.test("an AbortSignal ends waitAsync and breaks the barrier; one that came before does neither", async () => {
  const barrier = new Barrier(3), controller = new AbortController();
  const other = barrier.waitAsync();
  const signal = AbortSignal.abort(new TypeError("before"));
  await assertRejects(() => barrier.waitAsync({ signal }), TypeError, "before");
  assertEquals([barrier.nWaiting, barrier.broken], [1, false]);
  const mine = barrier.waitAsync({ signal: controller.signal });
  controller.abort(new TypeError("enough"));
  await assertRejects(() => mine, TypeError, "enough");
  await assertRejects(() => other, BrokenBarrierError);
});

Deno.test("parties of one thread may meet by waitAsync, more of them than the barrier has places", async () => {
  const barrier = new Barrier(2);
  const all = [1, 2, 3, 4, 5, 6].map(() => barrier.waitAsync({ timeout: 5000 }));
  assertEquals((await Promise.all(all)).sort(), [0, 0, 0, 1, 1, 1]);
  assertEquals(barrier.nWaiting, 0);
});

Deno.test("rounds leave no block behind, and a barrier gives back its own", () => {
  const before = blocksInUse();
  const barrier = new Barrier(1);
  for (let n = 0; n < 100; n++) barrier.wait();
  barrier.abort();
  barrier.reset();
  assertEquals(blocksInUse(), before + 2);
  barrier.dispose();
  assertEquals(blocksInUse(), before);
});

Deno.test("bad arguments throw at the call", () => {
  assertThrows(() => new Barrier(0), RangeError, "parties is 0");
  assertThrows(() => new Barrier(1.5), RangeError, "parties is 1.5");
  assertThrows(
    () => new Barrier(2, { action: 1 as unknown as () => void }),
    TypeError,
    "action is 1",
  );
  assertThrows(() => new Barrier(2, { timeout: NaN }), TypeError, "timeout is NaN");
  const barrier = new Barrier(2);
  assertThrows(() => barrier.wait({ timeout: NaN }), TypeError, "timeout is NaN");
  assertEquals(barrier.nWaiting, 0);
});

Deno.test("no thread is left", assertNobodyLeft);
