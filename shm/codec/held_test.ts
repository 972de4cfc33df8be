import {
  assert,
  assertEquals,
  assertInstanceOf,
  assertStrictEquals,
  assertThrows,
} from "@std/assert";
import {
  Barrier,
  Condition,
  Event,
  Lock,
  type Parts,
  RLock,
  Semaphore,
  Shareable,
} from "@polycore/sync";
import { allocate, blocksInUse, defineKind } from "@polycore/sync/internal";
import { decode, discard, encode, scratchAddress, UncloneableError } from "./mod.ts";

/** How many blocks a piece of work leaves behind. */
function leftBehind(work: () => void): number {
  encode(0); // so that a large block of an earlier value is given back before
  const before = blocksInUse();
  work();
  encode(0);
  return blocksInUse() - before;
}

Deno.test("shareables arrive at any depth as their class on the same memory", () => {
  const lock = new Lock({ name: "guard" });
  const condition = new Condition(new RLock());
  const barrier = new Barrier(3, { timeout: 50 });
  encode({ list: [new Set([lock])], by: new Map([[barrier, condition]]) });
  const copy = decode(scratchAddress()) as {
    list: [Set<Lock>];
    by: Map<Barrier, Condition>;
  };
  const [arrived] = copy.list[0];
  assertInstanceOf(arrived, Lock);
  lock.acquire();
  assert(arrived.locked);
  assertEquals(arrived.name, "guard");
  const [[barrierThere, conditionThere]] = copy.by as unknown as [[Barrier, Condition]];
  assertEquals(barrierThere!.parties, 3);
  assertInstanceOf(conditionThere!.lock, RLock);
  assertEquals(conditionThere!.lock.address, condition.lock.address);
  for (const handle of [arrived, barrierThere!, conditionThere!, conditionThere!.lock]) {
    handle.dispose();
  }
  for (const handle of [lock, barrier, condition, condition.lock]) handle.dispose();
});

Deno.test("one shareable met twice is one handle afterwards", () => {
  const blocks = leftBehind(() => {
    const lock = new Lock();
    encode([lock, lock]);
    const [a, b] = decode(scratchAddress()) as [Lock, Lock];
    assertStrictEquals(a, b);
    a.dispose();
    lock.dispose();
  });
  assertEquals(blocks, 0);
});

Deno.test("words in transit keep the block when the sender lets go", () => {
  const blocks = leftBehind(() => {
    const event = new Event();
    event.set();
    encode({ event });
    event.dispose();
    const { event: arrived } = decode(scratchAddress()) as { event: Event };
    assert(arrived.isSet());
    arrived.dispose();
  });
  assertEquals(blocks, 0);
});

Deno.test("discarded words let go of what they held", () => {
  const blocks = leftBehind(() => {
    const lock = new Lock(), condition = new Condition();
    encode(["padding", { lock, deep: [[condition]] }]);
    for (const handle of [lock, condition, condition.lock]) handle.dispose();
    discard(scratchAddress());
    encode("plain");
    discard(scratchAddress());
  });
  assertEquals(blocks, 0);
});

Deno.test("an encode that fails half-way lets go of what it held so far", () => {
  const blocks = leftBehind(() => {
    const lock = new Lock(), condition = new Condition();
    assertThrows(() => encode([lock, { condition }, Symbol("late")]), UncloneableError);
    for (const handle of [lock, condition, condition.lock]) handle.dispose();
  });
  assertEquals(blocks, 0);
});

Deno.test("a decode that fails half-way lets go of what has no handle yet", () => {
  const kind = defineKind({
    id: 255,
    unpack: () => {
      throw new Error("cannot be unpacked");
    },
  });
  class Broken extends Shareable {
    override pack(): Parts {
      return [];
    }
  }
  const blocks = leftBehind(() => {
    const locks = [new Lock(), new Lock(), new Lock()];
    const broken = new Broken(allocate(1), kind);
    encode([locks[0], broken, locks[1], [locks[2]]]);
    assertThrows(() => decode(scratchAddress()), Error, "cannot be unpacked");
    for (const handle of [...locks.slice(1), broken]) handle.dispose();
  });
  // What was unpacked waits for the collector, and what failed to unpack is nobody's to free.
  assertEquals(blocks, 2);
});

Deno.test("a disposed shareable is refused with its path", () => {
  const semaphore = new Semaphore();
  semaphore.dispose();
  assertThrows(
    () => encode({ list: [semaphore] }, "args"),
    UncloneableError,
    "args.list[0] is a Semaphore that was disposed of",
  );
});

Deno.test("a shareable may decode and be large", () => {
  const blocks = leftBehind(() => {
    const locks = Array.from({ length: 5000 }, () => new Lock());
    encode(locks);
    for (const lock of decode(scratchAddress()) as Lock[]) lock.dispose();
    for (const lock of locks) lock.dispose();
  });
  assertEquals(blocks, 0);
});
