import { assert, assertEquals, assertInstanceOf, assertThrows } from "@std/assert";
import {
  Barrier,
  BoundedSemaphore,
  Condition,
  Event,
  Lock,
  RLock,
  Semaphore,
  type Shareable,
} from "./mod.ts";
import { allocateZeroed, blocksInUse, dropInTransit, holdInTransit, kindOf } from "./internal.ts";
import { pack, unpack } from "./testing/travel.ts";
import { assertNobodyLeft, run } from "./testing/threads.ts";

const makers: Record<string, () => Shareable> = {
  Lock: () => new Lock({ name: "L" }),
  RLock: () => new RLock({ name: "R" }),
  Semaphore: () => new Semaphore(3),
  BoundedSemaphore: () => new BoundedSemaphore(3),
  Condition: () => new Condition(new Lock()),
  Event: () => new Event(),
  Barrier: () => new Barrier(3, { timeout: 50 }),
};

for (const [name, make] of Object.entries(makers)) {
  Deno.test(`${name} arrives as the same class on the same memory`, async () => {
    const object = make();
    const [[className, address, text]] = await run(
      1,
      (_s, _i, object) => [object.constructor.name, object.address, Deno.inspect(object)],
      object,
    ) as [[string, number, string]];
    assertEquals([className, address], [name, object.address]);
    assertEquals(text, Deno.inspect(object));
  });

  Deno.test(`${name}: the last handle gives the block back, disposed twice or not`, () => {
    const before = blocksInUse();
    const object = make();
    const arrived = unpack(pack(object)) as Shareable;
    assert(arrived !== object && arrived.address === object.address);
    assert(!object.disposed);
    object.dispose();
    object.dispose();
    assert(object.disposed && !arrived.disposed);
    if (object instanceof Condition) object.lock.dispose();
    assertEquals(blocksInUse() > before, true);
    arrived.dispose();
    if (arrived instanceof Condition) arrived.lock.dispose();
    assertEquals(blocksInUse(), before);
  });

  Deno.test(`${name}: a handle that was disposed of throws, and touches nobody else's block`, () => {
    const object = make();
    if (object instanceof Condition) {
      object.lock.dispose();
      assertThrows(() => object.acquire(), TypeError, "Lock was disposed of");
    }
    object.dispose();
    const again = allocateZeroed(1); // has the block now
    assertThrows(() => object.address, TypeError, `This ${name} was disposed of`);
    assertThrows(() => holdInTransit(object), TypeError, "can be neither used nor sent");
    if (object instanceof Lock || object instanceof RLock || object instanceof Semaphore) {
      assertThrows(() => object.acquire(), TypeError, "disposed of");
      assertThrows(() => object.release(), TypeError, "disposed of");
    } else if (object instanceof Event) {
      assertThrows(() => object.set(), TypeError, "disposed of");
    } else if (object instanceof Barrier) {
      assertThrows(() => object.abort(), TypeError, "disposed of");
    }
    assert(again > 0);
  });
}

Deno.test("the parts travel along: a condition's lock, a barrier's parties and timeout", async () => {
  const lock = new RLock({ name: "shared" });
  const [name] = await run(
    1,
    (_s, _i, cond, lock) => {
      using _ = cond.hold();
      return lock.locked && cond.lock.address === lock.address ? lock.name : "another lock";
    },
    new Condition(lock),
    lock,
  );
  assertEquals(name, "shared");
  const [[parties, error]] = await run(1, async (s, _i, barrier) => {
    return [barrier.parties, await s.thrownBy(() => barrier.wait())];
  }, new Barrier(3, { timeout: 10 })) as [[number, string]];
  assertEquals([parties, error], [3, "BrokenBarrierError"]);
});

Deno.test("a lock inside another object's block is a holder of that block", () => {
  const before = blocksInUse();
  const block = allocateZeroed(40);
  const inner = new RLock({ name: "inner" }, block, 16);
  const arrived = unpack(pack(inner)) as RLock;
  inner.acquire();
  assert(arrived.owned);
  assertEquals(arrived.name, "inner");
  arrived.release();
  inner.dispose();
  assertEquals(blocksInUse(), before + 1);
  arrived.dispose();
  assertEquals(blocksInUse(), before);
});

Deno.test("what was sent and never arrived is given back", () => {
  const before = blocksInUse();
  const barrier = new Barrier(2);
  const { address } = barrier;
  holdInTransit(barrier);
  barrier.dispose();
  assertEquals(blocksInUse(), before + 2); // the barrier and its round
  dropInTransit(barrier.kind.id, address);
  assertEquals(blocksInUse(), before);
});

Deno.test("a thread that ends gives back all that it held", async () => {
  const lock = new Lock();
  const before = blocksInUse();
  await run(3, (s, _i, lock) => {
    for (let n = 0; n < 100; n++) new s.Barrier(2);
    lock.hold()[Symbol.dispose]();
    return 0;
  }, lock);
  assert(blocksInUse() <= before);
  assert(!lock.disposed);
});

Deno.test("a handle that nobody has any more is collected, and its block given back", async () => {
  const before = blocksInUse();
  (() => {
    for (let n = 0; n < 2000; n++) new Event();
  })();
  assert(blocksInUse() >= before + 1000);
  // No way to ask for a collection: make garbage until one came.
  for (let n = 0; n < 400 && blocksInUse() > before + 1000; n++) {
    Array.from({ length: 20_000 }, (_, i) => ({ i }));
    await new Promise((resolve) => setTimeout(resolve));
  }
  assert(blocksInUse() <= before + 1000, `${blocksInUse()} blocks, ${before} before`);
});

Deno.test("a class is known by its number", () => {
  assertInstanceOf(unpack(pack(new Event())), Event);
  assertEquals(kindOf(6), new Event().kind);
  assertThrows(() => kindOf(60_000), Error, "[polycore bug] no class has the number 60000");
});

Deno.test("no thread is left", assertNobodyLeft);

Deno.test("what is disposed of can still be printed", () => {
  const lock = new RLock();
  const objects = [
    new Lock(),
    lock,
    new Condition(lock),
    new Semaphore(1),
    new Event(),
    new Barrier(1),
  ];
  for (const object of objects) object.dispose();
  assertEquals(objects.map((object) => Deno.inspect(object)), [
    "<Lock(disposed)>",
    "<RLock(disposed)>",
    "<Condition(disposed)>",
    "<Semaphore(disposed)>",
    "<Event(disposed)>",
    "<Barrier(disposed)>",
  ]);
});
