import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { BoundedSemaphore, Event, Semaphore } from "./mod.ts";
import { allocateZeroed, i32, load, WaitKind } from "./internal.ts";
import { type Mode, MODES, sync as s } from "./testing/sync.ts";
import { assertNobodyLeft, run, start } from "./testing/threads.ts";

const TOO_OFTEN = "semaphore or lock released too many times";

for (const mode of MODES) {
  const form = mode || "blocking";

  Deno.test(`never more inside than places, ${form}`, async () => {
    const places = new BoundedSemaphore(2), words = allocateZeroed(2);
    const rounds = mode === "" ? 5_000 : 300;
    await run(
      4,
      async (s, _i, places, inside, rounds, mode: Mode) => {
        for (let n = 0; n < rounds; n++) {
          if (mode === "") places.acquire();
          else await places.acquireAsync();
          const others = s.add(inside, 1);
          if (others > 1) throw new Error(`${others + 1} are inside`);
          s.add(inside + 1, 1);
          s.add(inside, -1);
          places.release();
        }
      },
      places,
      words,
      rounds,
      mode as Mode,
    );
    assertEquals([i32[words], i32[words + 1], places.value], [0, 4 * rounds, 2]);
  });

  Deno.test(`a signal that is counted: nothing lost, ${form}`, async () => {
    const signal = new Semaphore(0), taken = allocateZeroed(1);
    const crew = start(
      3,
      async (s, _i, signal, taken, mode: Mode) => {
        for (let n = 0; n < 1000; n++) {
          await s.call(signal, "acquire", mode);
          s.add(taken, 1);
        }
      },
      signal,
      taken,
      mode as Mode,
    );
    for (let n = 0; n < 1000; n++) signal.release(n % 2 === 0 ? 2 : 4);
    await crew.join();
    assertEquals(load(taken), 3000);
    assertEquals(signal.value, 0);
  });

  Deno.test(`a stop wakes a thread that is blocked in acquire, ${form}`, async () => {
    const places = new Semaphore(0), waits = new Event();
    const crew = start(
      1,
      async (s, _i, places, waits, mode: Mode) => {
        const name = s.thrownBy(() => s.call(places, "acquire", mode));
        waits.set();
        return await name;
      },
      places,
      waits,
      mode as Mode,
    );
    if (mode === "") s.untilBlocked(crew.ids, WaitKind.semaphore);
    else assert(await waits.waitAsync({ timeout: 5000 }));
    s.requestStop(crew.ids[0]!);
    assertEquals(await crew.join(), ["StoppedError"]);
    places.release();
    assertEquals(places.value, 1);
  });
}

Deno.test("release(n) leaves n times, and may raise it above its first value", () => {
  const places = new Semaphore(2);
  places.release();
  assertEquals(places.value, 3);
  places.release(4);
  assertEquals(places.value, 7);
});

Deno.test("a release of several that would go above the bound changes nothing", () => {
  const places = new BoundedSemaphore(2);
  assertThrows(() => places.release(), Error, TOO_OFTEN);
  places.acquire();
  assertThrows(() => places.release(2), Error, TOO_OFTEN);
  assertEquals(places.value, 1);
  places.release();
  assertEquals(places.value, 2);
});

Deno.test("the count cannot run over", () => {
  const places = new Semaphore(2 ** 31 - 1);
  assertThrows(() => places.release(), Error, TOO_OFTEN);
  assertEquals(places.value, 2 ** 31 - 1);
  assertThrows(() => new Semaphore(2 ** 31), RangeError, "at most 2147483647");
});

Deno.test("bad values throw at the call", () => {
  assertThrows(() => new Semaphore(-1), RangeError, "The value is -1");
  assertThrows(() => new Semaphore(1.5), RangeError, "1.5");
  assertThrows(() => new Semaphore("2" as unknown as number), TypeError, "2");
  assertThrows(() => new BoundedSemaphore(0), RangeError, "at least 1");
  assertThrows(() => new Semaphore().release(0), RangeError, "n is 0");
});

Deno.test("the bound is known in every thread", async () => {
  const places = new BoundedSemaphore(2);
  places.acquire();
  assertEquals(Deno.inspect(places), "<BoundedSemaphore(value=1, maxvalue=2)>");
  assertEquals(Deno.inspect(new Semaphore(2)), "<Semaphore(value=2)>");
  // the bound and the class arrive
  const [text] = await run(1, (_s, _i, places) => {
    places.release();
    try {
      places.release();
    } catch {
      return Deno.inspect(places);
    }
  }, places);
  assertEquals(text, "<BoundedSemaphore(value=2, maxvalue=2)>");
});

Deno.test("release(n) wakes n sleepers", async () => {
  const places = new Semaphore(0);
  const crew = start(3, (_s, _i, places) => {
    const before = performance.now();
    places.acquire();
    return performance.now() - before;
  }, places);
  s.untilBlocked(crew.ids, WaitKind.semaphore);
  places.release(3);
  await crew.join();
  assertEquals(places.value, 0);
});

Deno.test("hold leaves when the block ends", async () => {
  const places = new Semaphore(2);
  {
    using _a = places.hold();
    using _b = await places.holdAsync();
    assertEquals(places.value, 0);
  }
  assertEquals(places.value, 2);
});

Deno.test("an abort that comes together with the wake-up passes it on", async () => {
  const places = new Semaphore(0), turn = new Semaphore(0), done = new Semaphore(0), rounds = 10;
  const crew = start(
    1,
    (_s, _i, places, turn, done, rounds) => {
      for (let n = 0; n < rounds; n++) {
        turn.acquire();
        places.acquire();
        done.release();
      }
    },
    places,
    turn,
    done,
    rounds,
  );
  let took = 0;
  for (let n = 0; n < rounds; n++) {
    const controller = new AbortController();
    const waiting = places.acquireAsync({ signal: controller.signal });
    turn.release();
    s.until(() => s.waitingFor(crew.ids[0]!)?.word === places.address);
    const before = performance.now();
    places.release();
    controller.abort(new TypeError("enough"));
    await assertRejects(() => waiting, TypeError, "enough");
    assert(await done.acquireAsync({ timeout: 5000 }));
    took += performance.now() - before;
  }
  await crew.join();
  assertEquals(places.value, 0);
  assert(took < rounds * 50, `${took} ms`);
});

Deno.test("no thread is left", assertNobodyLeft);
