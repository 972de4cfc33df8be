import { assert, assertEquals } from "@std/assert";
import { type Condition, DeadlockError, Event } from "@polycore/sync";
import type { Lock } from "@polycore/sync";
import { type JoinableQueue, Queue } from "@polycore/shm";
import type { DictProxy, ListProxy, Manager, NamespaceProxy, PoolProxy, SetProxy } from "../mod.ts";
import { Process } from "../mod.ts";
import { type Own, rejects, soon } from "../testing/helpers.ts";
import { inChild, withManager } from "./testing/helpers.ts";
import { use } from "./testing/tasks.ts";

/** Each type of a manager is used in a child, and what the child did is seen here. */
const cases: Record<keyof typeof use, (manager: Manager, own: Own) => Promise<void>> = {
  async Event(manager, own) {
    const event = own(manager.Event());
    await inChild(use.Event, event);
    assert(event.isSet());
  },
  async Lock(manager, own) {
    const lock: Lock = own(manager.Lock());
    await inChild(use.Lock, lock);
    assert(lock.locked);
    await rejects(lock.acquireAsync(), Error, "ended while it held");
  },
  async RLock(manager, own) {
    const lock = own(manager.RLock()), done = own(new Event());
    await inChild(use.RLock, lock, done);
    assert(done.isSet() && lock.acquire({ timeout: 0 }));
    lock.release();
  },
  async Semaphore(manager, own) {
    const semaphore = own(manager.Semaphore(2));
    await inChild(use.Semaphore, semaphore);
    assertEquals(semaphore.value, 1);
  },
  async BoundedSemaphore(manager, own) {
    const semaphore = own(manager.BoundedSemaphore(2));
    await inChild(use.BoundedSemaphore, semaphore);
    assertEquals(semaphore.value, 1);
  },
  async Condition(manager, own) {
    const condition: Condition = own(manager.Condition(own(manager.RLock())));
    const waiting = own(manager.Event()), done = own(manager.Event());
    const child = new Process({ target: use.Condition, args: [condition, waiting, done] });
    child.start();
    await soon(waiting.waitAsync());
    {
      using _ = await soon(condition.holdAsync());
      condition.notify();
    }
    await soon(child.join());
    assert(done.isSet());
  },
  async Barrier(manager, own) {
    const barrier = own(manager.Barrier(2));
    const child = new Process({ target: use.Barrier, args: [barrier] });
    child.start();
    await soon(barrier.waitAsync());
    await soon(child.join());
    assertEquals(child.exitcode, 0);
  },
  async Queue(manager, own) {
    const queue = own(manager.Queue<string>());
    queue.put("there and back");
    await inChild(use.Queue, queue);
    assertEquals(queue.get(), "there and back");
  },
  async JoinableQueue(manager, own) {
    const queue: JoinableQueue = own(manager.JoinableQueue());
    queue.put(1);
    await inChild(use.JoinableQueue, queue);
    assert(queue.join({ timeout: 0 }) !== false);
  },
  async Value(manager, own) {
    const value = own(manager.Value("i", 3));
    await inChild(use.Value, value);
    assertEquals(value.value, 4);
  },
  async Array(manager, own) {
    const array = own(manager.Array("i", [5, 6]));
    await inChild(use.Array, array);
    assertEquals([...array], [1, 6]);
  },
  async list(manager, own) {
    const list: ListProxy<string> = own(manager.list(["first"]));
    await inChild(use.list, list);
    assertEquals(list.toArray(), ["first", "from the child"]);
  },
  async dict(manager, own) {
    const dict: DictProxy<string, string> = own(manager.dict({ a: "b" }));
    await inChild(use.dict, dict);
    assertEquals(dict.items(), [["a", "b"], ["child", "was here"]]);
  },
  async Set(manager, own) {
    const set: SetProxy<string> = own(manager.Set<string>());
    await inChild(use.Set, set);
    assertEquals(set.values(), ["child"]);
  },
  async Namespace(manager, own) {
    const ns: NamespaceProxy & { x: number } = own(manager.Namespace<{ x: number }>());
    await inChild(use.Namespace, ns);
    assertEquals(ns.x, 1);
  },
  async Pool(manager, own) {
    const pool: PoolProxy = own(manager.Pool(2)), results = own(new Queue());
    await inChild(use.Pool, pool, results);
    assertEquals(results.get(), [2, 4, 6]);
  },
};

for (const [type, act] of Object.entries(cases)) {
  Deno.test(`TestSyncManagerTypes.test_${type.toLowerCase()}: it works in a child`, () =>
    withManager(act));
}

Deno.test("what needs no server outlives it", () =>
  withManager(async (manager, own) => {
    const queue = own(manager.Queue<number>());
    queue.put(1);
    await soon(manager.shutdownAsync());
    assertEquals(queue.get(), 1);
    await rejects(Promise.try(() => manager.Lock()), Error, "Manager has shut down");
  }));

Deno.test("a get that nobody can answer is found although a server is there", () =>
  withManager(async (manager, own) => {
    const queue = own(manager.Queue());
    manager.numberOfObjects(); // from here on the server does nothing but wait for requests
    await rejects(Promise.try(() => queue.get()), DeadlockError);
  }));
