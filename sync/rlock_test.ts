import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { Event, OwnerDiedError, RLock } from "./mod.ts";
import { allocateZeroed, i32, WaitKind } from "./internal.ts";
import { type Mode, MODES, sync as s } from "./testing/sync.ts";
import { assertNobodyLeft, run, start } from "./testing/threads.ts";

for (const mode of MODES) {
  const form = mode || "blocking";

  Deno.test(`mutual exclusion with nesting: 3 threads, ${form}`, async () => {
    const lock = new RLock(), word = allocateZeroed(1);
    const rounds = mode === "" ? 100_000 : 1_000;
    await run(
      3,
      async (s, _i, lock, word, rounds, mode: Mode) => {
        for (let n = 0; n < rounds; n++) {
          if (mode === "") lock.acquire();
          else await lock.acquireAsync();
          {
            using _ = lock.hold();
            s.i32[word]!++;
          }
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

  Deno.test(`a thread that ends inside, three deep: OwnerDiedError once, ${form}`, async () => {
    const lock = new RLock({ name: "R" });
    await run(1, function holder(_s, _i, lock) {
      for (let depth = 0; depth < 3; depth++) lock.acquire();
    }, lock);
    const text = "holder-0 ended while it held R";
    await assertRejects(() => s.call(lock, "acquire", mode), OwnerDiedError, text);
    assert(await s.call(lock, "acquire", mode));
    lock.release(); // the depth of the dead owner is forgotten
    assert(!lock.locked);
  });

  Deno.test(`a stop wakes a thread that is blocked in acquire, ${form}`, async () => {
    const lock = new RLock(), waits = new Event();
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
    if (mode === "") s.untilBlocked(crew.ids, WaitKind.rlock);
    else assert(await waits.waitAsync({ timeout: 5000 }));
    s.requestStop(crew.ids[0]!);
    assertEquals(await crew.join(), ["StoppedError"]);
    lock.release();
  });
}

Deno.test("hold nests, and an error leaves as deep as it was", async () => {
  const lock = new RLock();
  using _outer = lock.hold();
  assertThrows(() => {
    using _inner = lock.hold();
    throw new TypeError("inside");
  }, TypeError);
  assert(lock.owned);
  {
    using _inner = await lock.holdAsync();
    assertEquals(Deno.inspect(lock), "<RLock(MainProcess, 2)>");
  }
  assertEquals(Deno.inspect(lock), "<RLock(MainProcess, 1)>");
});

Deno.test("an AbortSignal ends acquireAsync", async () => {
  const lock = new RLock(), held = new Event(), go = new Event();
  const crew = start(
    1,
    (_s, _i, lock, held, go) => {
      using _ = lock.hold();
      held.set();
      go.wait();
    },
    lock,
    held,
    go,
  );
  assert(await held.waitAsync({ timeout: 5000 }));
  const controller = new AbortController();
  const waiting = lock.acquireAsync({ signal: controller.signal });
  controller.abort(new TypeError("enough"));
  await assertRejects(() => waiting, TypeError, "enough");
  go.set();
  await crew.join();
  assert(!lock.locked);
});

Deno.test("no thread is left", assertNobodyLeft);
