import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { Barrier, BrokenBarrierError, Event } from "./mod.ts";
import { allocateZeroed, blocksInUse, i32, WaitKind } from "./internal.ts";
import { type Mode, MODES, sync as s } from "./testing/sync.ts";
import { assertNobodyLeft, run, start } from "./testing/threads.ts";

const N = 4;

/** Wait until `n` parties stand at the barrier. */
function untilWaiting(barrier: Barrier, n: number): void {
  s.until(() => barrier.nWaiting === n);
}

for (const mode of MODES) {
  const form = mode || "blocking";

  Deno.test(`parties that look only after abort and reset see the break, ${form}`, async () => {
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

  Deno.test(`the action runs once in each of 10 rounds, before anybody goes on, ${form}`, async () => {
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
