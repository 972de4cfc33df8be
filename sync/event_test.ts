import { assert, assertEquals, assertRejects } from "@std/assert";
import { Event } from "./mod.ts";
import { allocateZeroed, load, WaitKind } from "./internal.ts";
import { type Mode, MODES, sync as s } from "./testing/sync.ts";
import { assertNobodyLeft, run, start } from "./testing/threads.ts";

for (const mode of MODES) {
  const form = mode || "blocking";

  Deno.test(`one set wakes all, ${form}`, async () => {
    const event = new Event(), arrived = allocateZeroed(1);
    const crew = start(
      4,
      async (s, _i, event, arrived, mode: Mode) => {
        const waiting = s.call(event, "wait", mode);
        s.add(arrived, 1);
        return await waiting;
      },
      event,
      arrived,
      mode as Mode,
    );
    if (mode === "") s.untilBlocked(crew.ids, WaitKind.event);
    else s.until(() => load(arrived) === 4);
    event.set();
    assertEquals(await crew.join(), [true, true, true, true]);
  });

  Deno.test(`a pulse is not missed by those who waited before it, ${form}`, async () => {
    const event = new Event(), arrived = allocateZeroed(1);
    const crew = start(
      2,
      async (s, _i, event, arrived, mode: Mode) => {
        const waiting = s.call(event, "wait", mode);
        s.add(arrived, 1);
        return await waiting;
      },
      event,
      arrived,
      mode as Mode,
    );
    if (mode === "") s.untilBlocked(crew.ids, WaitKind.event);
    else s.until(() => load(arrived) === 2);
    event.set();
    event.clear();
    assertEquals(await crew.join(), [true, true]);
    assert(!event.isSet());
  });

  Deno.test(`a stop wakes a thread that is blocked in wait, ${form}`, async () => {
    const event = new Event(), arrived = new Event();
    const crew = start(
      1,
      async (s, _i, event, arrived, mode: Mode) => {
        const name = s.thrownBy(() => s.call(event, "wait", mode));
        arrived.set();
        return await name;
      },
      event,
      arrived,
      mode as Mode,
    );
    if (mode === "") s.untilBlocked(crew.ids, WaitKind.event);
    else assert(await arrived.waitAsync({ timeout: 5000 }));
    s.requestStop(crew.ids[0]!);
    assertEquals(await crew.join(), ["StoppedError"]);
  });

  Deno.test(`two events as a ping-pong of 2000 rounds, ${form}`, async () => {
    const ping = new Event(), pong = new Event();
    await run(
      2,
      async (s, i, ping, pong, mode: Mode) => {
        const [mine, other] = i === 0 ? [ping, pong] : [pong, ping];
        for (let n = 0; n < 2000; n++) {
          if (i === 0) other.set();
          await s.call(mine, "wait", mode);
          mine.clear();
          if (i === 1) other.set();
        }
      },
      ping,
      pong,
      mode as Mode,
    );
  });
}

Deno.test("setting and clearing twice changes nothing", () => {
  const event = new Event();
  assertEquals(Deno.inspect(event), "<Event unset>");
  event.clear();
  event.set();
  event.set();
  assertEquals(Deno.inspect(event), "<Event set>");
  event.clear();
  event.clear();
  assert(!event.isSet());
});

Deno.test("set from the same thread ends waitAsync", async () => {
  const event = new Event();
  const waiting = event.waitAsync();
  event.set();
  assertEquals(await waiting, true);
});

Deno.test("an AbortSignal ends waitAsync with its reason; others go on waiting", async () => {
  const event = new Event(), controller = new AbortController();
  const given = event.waitAsync({ signal: controller.signal });
  const kept = event.waitAsync();
  controller.abort("a reason that is no Error");
  assertEquals(await given.catch((reason) => reason), "a reason that is no Error");
  event.set();
  assertEquals(await kept, true);
  const signal = AbortSignal.abort(new TypeError("before"));
  await assertRejects(() => event.waitAsync({ signal }), TypeError, "before");
});

Deno.test("no thread is left", assertNobodyLeft);
