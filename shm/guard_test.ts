import { assert, assertEquals, assertThrows } from "@std/assert";
import { Lock, RLock } from "@polycore/sync";
import { RawArray, RawValue, SharedArray, Value } from "./mod.ts";
import type { GuardOption } from "./mod.ts";
import { assertNobodyLeft, assertNoLeak, run } from "./testing/threads.ts";

const makers: Record<string, (lock?: GuardOption) => Value<"i"> | SharedArray<"i">> = {
  Value: (lock) => new Value("i", 0, { lock }),
  SharedArray: (lock) => new SharedArray("i", 3, { lock }),
};

for (const [name, make] of Object.entries(makers)) {
  Deno.test(`${name}: the lock travels with it: two threads never hold it together`, async () => {
    for (const lock of [true, new Lock(), new RLock()]) {
      const object = make(lock);
      await run(3, (_s, _i, object) => {
        for (let k = 0; k < 500; k++) {
          using _ = object.getLock().hold();
          if ("get" in object) object[1] = object.get(1) + 1;
          else object.value++;
        }
      }, object);
      assertEquals("get" in object ? object.get(1) : object.value, 1500);
    }
  });

  Deno.test(`${name}: an arrived handle has the same lock, of the same kind`, async () => {
    const plain = new Lock({ name: "L" });
    const object = make(plain);
    const held = object.getLock().hold();
    const [seen] = await run(1, (_s, _i, object) => {
      const lock = object.getLock();
      return [lock.constructor.name, lock.name, lock.acquire({ timeout: 0 })];
    }, object);
    assertEquals(seen, ["Lock", "L", false]);
    held[Symbol.dispose]();
  });

  Deno.test(`${name}: disposing lets go of its own lock, and of nobody else's`, async () => {
    await assertNoLeak(() => {
      const object = make();
      const lock = object.getLock();
      object.dispose();
      assertThrows(() => lock.acquire(), TypeError, "disposed of");
      const other = make();
      other.dispose();
      assertThrows(() => other.getLock(), TypeError, `This ${name} was disposed of`);
    });
    const mine = new Lock();
    const object = make(mine);
    object.dispose();
    assert(mine.acquire());
    mine.release();
  });
}

Deno.test("raw ones have no lock, also where they arrive", async () => {
  assertThrows(
    () => new RawValue("i").getLock(),
    TypeError,
    "This Value was made with lock: false",
  );
  const seen = await run(1, async (s, _i, array) => {
    return [array.constructor.name, await s.thrownBy(() => array.getLock())];
  }, new RawArray("d", 2));
  assertEquals(seen, [["RawArray", "TypeError"]]);
});

Deno.test("no thread is left", assertNobodyLeft);
