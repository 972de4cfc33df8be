/** What `byOwnHandle` of shareable.ts is for: a wait whose caller lets go of the object meanwhile. */
import { assert, assertEquals, assertRejects } from "@std/assert";
import {
  type AsyncWaitOptions,
  Barrier,
  Condition,
  Event,
  Lock,
  RLock,
  Semaphore,
  type Shareable,
} from "./mod.ts";
import { blocksInUse } from "./internal.ts";
import { pack, unpack } from "./testing/travel.ts";
import { assertNobodyLeft, start } from "./testing/threads.ts";

/** How to wait for an object of a class, so that it has to sleep, and how to end that. */
interface Case {
  make(): Shareable;
  wait(object: Shareable, options?: AsyncWaitOptions): Promise<unknown>;
  end(object: Shareable): void;
}

const cases: Record<string, Case> = {
  Lock: {
    make: () => {
      const lock = new Lock();
      lock.acquire();
      return lock;
    },
    wait: (lock: Lock, options) => lock.acquireAsync(options),
    end: (lock: Lock) => lock.release(),
  },
  Semaphore: {
    make: () => new Semaphore(0),
    wait: (semaphore: Semaphore, options) => semaphore.acquireAsync(options),
    end: (semaphore: Semaphore) => semaphore.release(),
  },
  Event: {
    make: () => new Event(),
    wait: (event: Event, options) => event.waitAsync(options),
    end: (event: Event) => event.set(),
  },
  Barrier: {
    make: () => new Barrier(2),
    wait: async (barrier: Barrier, options) => await barrier.waitAsync(options) === 0,
    end: (barrier: Barrier) => barrier.wait(),
  },
  Condition: {
    make: () => new Condition(),
    wait: async (condition: Condition, options) => {
      condition.acquire();
      return await condition.waitAsync(options);
    },
    end: (condition: Condition) => {
      using _ = condition.hold();
      condition.notify();
    },
  },
  "Condition.waitFor": {
    make: () => new Condition(),
    wait: async (condition: Condition, options) => {
      condition.acquire();
      let asked = 0;
      return await condition.waitForAsync(() => asked++ > 0, options);
    },
    end: (condition: Condition) => {
      using _ = condition.hold();
      condition.notify();
    },
  },
};

function letGo(object: Shareable): void {
  object.dispose();
  if (object instanceof Condition) object.lock.dispose();
}

for (
  const [name, { make, wait, end }] of Object.entries(cases)
) {
  Deno.test(`${name}: its handle is disposed of while it awaits: the wait goes on`, async () => {
    const before = blocksInUse();
    const object = make();
    const other = unpack(pack(object)) as Shareable;
    const waiting = wait(object);
    letGo(object);
    end(other);
    assertEquals(await waiting, true);
    if (other instanceof Condition) other.release(); // wait gave it back to the thread
    letGo(other);
    assertEquals(blocksInUse(), before);
  });

  Deno.test(`${name}: the last handle is disposed of while it awaits: nobody else gets its block`, async () => {
    const before = blocksInUse();
    const object = make(), { address } = object;
    const controller = new AbortController();
    const waiting = wait(object, { signal: controller.signal });
    letGo(object);
    const others = Array.from({ length: 5 }, () => new Event());
    assert(others.every((other) => other.address !== address));
    controller.abort(new TypeError("enough"));
    await assertRejects(() => waiting, TypeError, "enough");
    others.forEach(letGo);
    assertEquals(blocksInUse(), before);
  });
}

Deno.test("RLock: its handle is disposed of while it awaits: the wait goes on", async () => {
  const lock = new RLock(), held = new Event(), go = new Event();
  const crew = start(
    1,
    (_s, _i, lock, held, go) => {
      lock.acquire();
      held.set();
      go.wait();
      lock.release();
    },
    lock,
    held,
    go,
  );
  assert(await held.waitAsync({ timeout: 5000 }));
  const other = unpack(pack(lock)) as RLock;
  const waiting = lock.acquireAsync();
  lock.dispose();
  go.set();
  assertEquals(await waiting, true);
  assertEquals(Deno.inspect(other), "<RLock(MainProcess, 1)>");
  other.release();
  await crew.join();
});

Deno.test("no thread is left", assertNobodyLeft);
