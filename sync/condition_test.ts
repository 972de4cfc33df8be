import { assert, assertEquals, assertLessOrEqual } from "@std/assert";
import { Condition, Event, Lock } from "./mod.ts";
import { allocateZeroed, blocksInUse, i32, load } from "./internal.ts";
import { type Mode, MODES, sync as s } from "./testing/sync.ts";
import { assertNobodyLeft, run, start } from "./testing/threads.ts";

/** Nobody is counted as waiting any more. */
function assertEmpty(cond: Condition): void {
  assertEquals([i32[cond.address], i32[cond.address + 1], cond.lock.locked], [0, 0, false]);
}

for (const mode of MODES) {
  const form = mode || "blocking";

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
