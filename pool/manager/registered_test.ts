import { assert, assertEquals, assertThrows } from "@std/assert";
import { Event } from "@polycore/sync";
import {
  AttributeError,
  type GenericProxy,
  Manager,
  ManagerError,
  type ObjectProxy,
} from "../mod.ts";
import { leavesNothing, rejects, soon } from "../testing/helpers.ts";
import { withManager } from "./testing/helpers.ts";
import {
  baz,
  failToStart,
  FooBar,
  initNamespace,
  MyManager,
  Studio,
  StudioManager,
} from "./testing/tasks.ts";

Deno.test("_TestMyManager.test_mymanager: own types, of which only the exposed names are there", () =>
  withManager(async (manager, own) => {
    const foo = own(manager.create<FooBar>("Foo")), bar = own(manager.create("Bar"));
    const squares = own(manager.create(baz));
    assertEquals(["f", "g", "_h"].filter((name) => name in foo), ["f", "g"]);
    assertEquals(["f", "g", "_h"].filter((name) => name in bar), ["f", "_h"]);
    assertEquals([foo.f(), await foo.fAsync(), foo.callMethod("f")], ["f()", "f()", "f()"]);
    assertThrows(() => foo.g(), RangeError, "g()");
    await rejects(foo.gAsync(), RangeError, "g()");
    assertThrows(
      () => foo.callMethod("_h"),
      AttributeError,
      "'Foo' object has no exposed method '_h'. Exposed are: f, g.",
    );
    assertThrows(() => (foo as unknown as FooBar)._h(), AttributeError, "Exposed are: f, g.");
    assertEquals([bar.f(), bar._h(), bar.callMethod("_h")], ["f()", "_h()", "_h()"]);
    assertThrows(() => bar.g(), AttributeError, "Exposed are: f, _h.");
    assertEquals([...squares], [0, 1, 4, 9, 16, 25, 36, 49, 64, 81]);
  }, () => new MyManager()));

Deno.test("a registered type is also a method of the manager", () =>
  withManager((manager, own) => {
    const { Foo } = manager as unknown as { Foo: () => ObjectProxy<FooBar> };
    const foo = own(Foo.call(manager));
    assertEquals([foo.f(), foo.typeid, foo.exposed], ["f()", "Foo", ["f", "g"]]);
    assert(Deno.inspect(foo).startsWith("<GenericProxy object, typeid 'Foo' at 0x"));
    assert(!("Foo" in Manager.prototype));
  }, () => new MyManager()));

Deno.test("methodToTypeid: a result that stays in the server", () =>
  withManager(async (manager, own) => {
    const studio = own(manager.create(Studio));
    const scores = own(studio.scores() as unknown as { get(name: string): number } & GenericProxy);
    assertEquals([scores.get("a"), scores.typeid], [1, "dict"]);
    const again = own(await studio.callMethodAsync("scores") as typeof scores);
    assertEquals(again.get("a"), 1);
    const given = own(manager.create<number[]>("Given", [7, 8]));
    assertEquals([given.at(1), manager.numberOfObjects()], [8, 4]);
    assertEquals([String(given), String(scores)], ["[ 7, 8 ]", 'Map(1) { "a" => 1 }']);
    assertThrows(() => given.callMethod("missing"), AttributeError, "has no method 'missing'");
  }, () => new StudioManager()));

Deno.test("methods with names that a proxy needs itself", () =>
  withManager((manager, own) => {
    const studio = own(manager.create(Studio));
    assertEquals(studio.scoresAsync() as unknown, "not the second form of scores");
    assertEquals(studio.callMethod("dispose"), "not the proxy's own");
    studio.dispose();
    assertEquals([studio.disposed, manager.numberOfObjects()], [true, 0]);
  }, () => new StudioManager()));

Deno.test("a hosted object uses proxies of its own server", () =>
  withManager((manager, own) => {
    const studio = own(manager.create(Studio));
    const list = own(manager.list<unknown>([1]));
    assertEquals(studio.append(list, { x: 2 }), 2);
    assertEquals(list.toArray(), [1, { x: 2 }]);
  }, () => new StudioManager()));

Deno.test("a hosted object is disposed of when its last proxy is", () =>
  withManager((manager, own) => {
    const released = own(new Event()), atTheEnd = own(new Event());
    const studio = manager.create(Studio, released);
    assertEquals(manager.numberOfObjects(), 1);
    studio.dispose();
    assertEquals([manager.numberOfObjects(), released.isSet()], [0, true]);
    own(manager.create(Studio, atTheEnd));
    manager.shutdown();
    assert(atTheEnd.isSet());
  }, () => new StudioManager()));

Deno.test("an error of a constructor, and of a type that is not there", () =>
  withManager(async (manager) => {
    assertThrows(() => manager.create(Studio, undefined, true), TypeError, "no such studio");
    await rejects(manager.createAsync(Studio, undefined, true), TypeError, "no such studio");
    const text = 'no type "Nothing". It has: list, dict, Set, Namespace, Pool, Studio, Given';
    assertThrows(() => manager.create("Nothing"), AttributeError, text);
    assertThrows(() => manager.create(FooBar), AttributeError, 'no type "Foo"');
  }, () => new StudioManager()));

Deno.test("register refuses what makes no sense", () => {
  class Unmarked {}
  const refuse = (text: string, ...args: unknown[]) =>
    assertThrows(() => Reflect.apply(Manager.register, Manager, args), TypeError, text);
  refuse("The typeid is 1", 1);
  refuse('"list" is a name that every manager has', "list");
  refuse('"shutdown" is a name that every manager has', "shutdown", FooBar);
  refuse(" 5", "X", 5);
  refuse("The class Unmarked cannot be found by a worker", "X", Unmarked);
  refuse('exposed is "f"', "X", FooBar, { exposed: "f" });
  refuse('methodToTypeid is "f"', "X", FooBar, { methodToTypeid: "f" });
  refuse("expose", "X", FooBar, { expose: ["f"] });
  refuse("methodToTypeid is", "X", FooBar, { methodToTypeid: { f: 1 } });
});

Deno.test("TestInitializers.test_manager_initializer: it runs in the server", () =>
  withManager(async (first, own) => {
    const ns = own(first.Namespace<{ test: number; where?: string }>({ test: 0 }));
    assertThrows(() => new Manager({ initializer: 1 as never }), TypeError, "it is 1");
    assertThrows(() => new Manager({ init: 1 } as never), TypeError, "init");
    assertThrows(() => new Manager({ initargs: 1 as never }), TypeError, "args is 1");
    const second = own(new Manager({ initializer: initNamespace, initargs: [ns] }));
    second.numberOfObjects(); // is answered after the initializer
    assertEquals([ns.test, ns.where], [1, second.server]);
    await soon(second.shutdownAsync());
  }));

Deno.test("an initializer that fails: every call says why", () =>
  leavesNothing(async (own) => {
    const manager = own(new Manager({ initializer: failToStart }));
    const list = own(manager.list([1]));
    const why = "its initializer threw RangeError: the database is closed";
    assertThrows(() => list.at(0), ManagerError, why);
    await rejects(list.atAsync(0), ManagerError, why);
    assertThrows(() => manager.list(), ManagerError, why);
    await soon(manager.shutdownAsync());
    assertThrows(() => list.at(0), ManagerError, "Manager has shut down");
  }));
