import { assert, assertEquals, assertRejects } from "@std/assert";
import { Condition, Holdable, Lock, Permit, RLock, Semaphore } from "./mod.ts";

const free = (guard: Holdable) => {
  const got = guard.acquire({ timeout: 0 });
  if (got) guard.release();
  return got;
};

for (const Kind of [Lock, RLock, Semaphore]) {
  Deno.test(`a ${Kind.name} is held until the block ends, by an error too`, async () => {
    const guard = new Kind();
    assert(guard instanceof Holdable);
    {
      using permit = guard.hold();
      assert(permit instanceof Permit && permit.held);
      if (Kind !== RLock) assertEquals(free(guard), false);
    }
    await assertRejects(async () => {
      using _ = await guard.holdAsync();
      throw new Error("inside");
    });
    assert(free(guard));
  });
}

Deno.test("a Permit releases once", () => {
  const semaphore = new Semaphore(1);
  const permit = semaphore.hold();
  permit[Symbol.dispose]();
  permit[Symbol.dispose]();
  assertEquals([permit.held, semaphore.value], [false, 1]);
});

Deno.test("a Condition is held in the same way", () => {
  const condition = new Condition(new Lock());
  {
    using permit = condition.hold();
    assert(permit instanceof Permit && condition.lock.locked);
  }
  assertEquals(condition.lock.locked, false);
});

Deno.test("holdAsync that is aborted holds nothing", async () => {
  const lock = new Lock();
  using permit = lock.hold();
  const late = lock.holdAsync({ signal: AbortSignal.abort(new Error("given up")) });
  await assertRejects(() => late, Error, "given up");
  assert(permit.held && lock.locked);
});
