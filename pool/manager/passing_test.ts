import { assert, assertEquals } from "@std/assert";
import { Queue } from "@polycore/shm";
import { type DictProxy, ListProxy, Manager, type NamespaceProxy, Pool } from "../mod.ts";
import { leavesNothing, type Own, soon } from "../testing/helpers.ts";
import { inChild, withManager } from "./testing/helpers.ts";
import {
  keep,
  makeList,
  makeStudio,
  ownManager,
  passOn,
  readKept,
  readKey,
  StudioManager,
} from "./testing/tasks.ts";

/** One proxy of each type. */
function everyProxy(manager: Manager, own: Own) {
  return [
    own(manager.list([1])),
    own(manager.dict({ a: 1 })),
    own(manager.Set(["a"])),
    own(manager.Namespace({ x: 1 })),
    own(manager.create("Studio")),
  ];
}

Deno.test("every proxy passes through a queue, as the same class on the same object", () =>
  withManager((manager, own) => {
    const queue = own(new Queue());
    for (const proxy of everyProxy(manager, own)) {
      queue.put([{ proxy }]);
      const [arrived] = queue.get() as [{ proxy: typeof proxy }];
      own(arrived.proxy);
      assertEquals(arrived.proxy.constructor, proxy.constructor);
      assertEquals([arrived.proxy.address, arrived.proxy.typeid], [proxy.address, proxy.typeid]);
      assert(arrived.proxy !== proxy);
    }
    assertEquals(manager.numberOfObjects(), 5);
  }, () => new StudioManager()));

Deno.test("a proxy is an argument and a result of tasks, alone and nested", () =>
  withManager(async (manager, own) => {
    const dict = own(manager.dict({ a: 1, b: 2 })), queue = own(new Queue());
    await using pool = new Pool(2);
    const read = await pool.starmap(readKey, [[dict, "a"], [dict, "b"]]);
    assertEquals(read, [1, 2]);
    const back = await pool.apply(passOn, [dict, queue]);
    assertEquals((own(back.get("proxy")!) as DictProxy).get("b"), 2);
    const { nested } = queue.get() as { nested: [DictProxy] };
    assertEquals(own(nested[0]).get("a"), 1);
  }));

Deno.test("every proxy reaches a worker that has loaded none of its modules", () =>
  withManager(async (manager, own) => {
    const proxies = [...everyProxy(manager, own), own(manager.Pool(1))], queue = own(new Queue());
    const tell = (queue: Queue, proxies: { typeid: string }[]) => {
      queue.put(proxies.map((proxy) => [proxy.typeid, proxy.constructor.name]));
    };
    assertEquals(await inChild(tell, queue, proxies), 0);
    assertEquals(queue.get(), proxies.map((proxy) => [proxy.typeid, proxy.constructor.name]));
  }, () => new StudioManager()));

Deno.test("a proxy is an argument of an initializer", () =>
  withManager(async (manager, own) => {
    const dict = own(manager.dict({ a: 1 }));
    await using pool = new Pool(2, { initializer: keep, initargs: [dict] });
    assertEquals(await pool.map(readKept, ["a", "a", "a"]), [1, 1, 1]);
  }));

Deno.test("the manager itself passes too, and makes objects from anywhere", () =>
  withManager(async (manager, own) => {
    await using pool = new Pool(1);
    const list = own(await pool.apply(makeList, [manager, [1, 2]]));
    assert(list instanceof ListProxy);
    assertEquals(list.toArray(), [1, 2]);
    const studio = own(await pool.apply(makeStudio, [manager]));
    assertEquals(studio.throwNothing(), "nothing");
  }, () => new StudioManager()));

Deno.test("proxies 100 deep are live, and go with the outermost one", () =>
  withManager((manager, own) => {
    type Nested = ListProxy<unknown>;
    let outer: Nested = manager.list<unknown>(["the innermost"]);
    for (let depth = 1; depth <= 100; depth++) {
      const around: Nested = manager.list<unknown>([outer]);
      outer.dispose();
      outer = around;
    }
    own(outer);
    assertEquals(manager.numberOfObjects(), 101);
    const open = () => {
      let at = outer;
      for (let depth = 1; depth <= 100; depth++) at = own(at[0] as Nested);
      return at;
    };
    const inner = open();
    assertEquals(inner.toArray(), ["the innermost"]);
    inner.push("more");
    assertEquals(open().length, 2);
  }));

Deno.test("when the last handle of an object is gone the server forgets it and all inside", () =>
  withManager((manager) => {
    const inner = manager.list([1]);
    const outer = manager.dict<string, unknown>({ list: [{ inner }] });
    const ns = manager.Namespace<{ outer: unknown }>({ outer });
    inner.dispose();
    outer.dispose();
    assertEquals(manager.numberOfObjects(), 3);
    (ns as NamespaceProxy).dispose();
    assertEquals(manager.numberOfObjects(), 0);
    const inside = manager.dict(), list = manager.list([inside]);
    inside.dispose();
    assertEquals(manager.numberOfObjects(), 2);
    list.clear();
    assertEquals(manager.numberOfObjects(), 1);
    list.dispose();
    assertEquals(manager.numberOfObjects(), 0);
  }));

Deno.test("a worker makes a manager of its own", () =>
  leavesNothing(async (own) => {
    const results = own(new Queue());
    assertEquals(await soon(inChild(ownManager, results)), 0);
    assertEquals(results.get(), [[1, 2, 3], 3]);
  }));

Deno.test("two managers: a proxy of one lives in an object of the other", () =>
  withManager(async (first, own) => {
    const second = own(new Manager());
    const inner = own(first.list([1])), outer = own(second.list([inner]));
    own(outer[0]).push(2);
    assertEquals(inner.length, 2);
    await soon(second.shutdownAsync());
    assertEquals(inner.length, 2);
  }));
