import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { KeyError, type ListProxy } from "../mod.ts";
import { inChild, withManager } from "./testing/helpers.ts";
import { changeAll } from "./testing/tasks.ts";

Deno.test("_TestContainers.test_list", () =>
  withManager((manager, own) => {
    const a = own(manager.list(Array(10).keys()));
    assertEquals(a.toArray(), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const b = own(manager.list<number>());
    assertEquals(b.toArray(), []);
    b.push(...Array(5).keys());
    assertEquals(b.slice(), [0, 1, 2, 3, 4]);
    assertEquals([b[2], b.slice(2, 10), b.concat([5, 6])], [2, [2, 3, 4], [0, 1, 2, 3, 4, 5, 6]]);
    b[0] = 100;
    assertEquals([...b], [100, 1, 2, 3, 4]);

    const e = own(manager.list([a, b]));
    const copies = e.toArray().map((proxy) => own(proxy));
    assertEquals(copies.map((proxy) => proxy.toArray()), [a.toArray(), b.toArray()]);
    const f = own(manager.list([a]));
    a.push(10);
    assertEquals(own(f[0]).length, 11); // a proxy in a proxy is live
  }));

Deno.test("_TestContainers.test_list_proxy_in_list", () =>
  withManager((manager, own) => {
    const a = own(manager.list([0, 1, 2].map(() => own(manager.list([0, 1, 2])))));
    const inner = (i: number) => own(a[i]);
    assertEquals([0, 1, 2].map((i) => inner(i).toArray()), [[0, 1, 2], [0, 1, 2], [0, 1, 2]]);
    inner(0).set(2, 55);
    assertEquals([0, 1, 2].map((i) => inner(i).toArray()), [[0, 1, 55], [0, 1, 2], [0, 1, 2]]);
    assertEquals(inner(2).length, 3);
    inner(1).splice(0, 3, 7);
    assertEquals(inner(1).toArray(), [7]);
    const b = own(manager.list<ListProxy<unknown>>([a as ListProxy<unknown>]));
    a.pop()!.dispose();
    assertEquals((own(b[0]) as ListProxy<unknown>).length, 2);
    b.pop()!.dispose();
    assertEquals(b.length, 0);
  }));

Deno.test("_TestContainers.test_list_iter: one call for each item, so changes are seen", () =>
  withManager(async (manager, own) => {
    const a = own(manager.list([1, 2]));
    const seen: number[] = [];
    for (const item of a) {
      if (seen.length === 0) a.push(3);
      seen.push(item);
    }
    assertEquals(seen, [1, 2, 3]);
    assertEquals(await Array.fromAsync(a), [1, 2, 3]);
  }));

Deno.test("a list has what an array has", () =>
  withManager(async (manager, own) => {
    const list = own(manager.list([3, 1, 2]));
    list.sort();
    assertEquals([list.at(-1), list.at(9), list.get(0)], [3, undefined, 1]);
    list.sort((a, b) => b - a); // runs in the server
    assertEquals(list.toArray(), [3, 2, 1]);
    list.reverse();
    assertEquals([list.shift(), list.unshift(8, 9), list.pop()], [1, 4, 3]);
    assertEquals(list.splice(1, 1, 5, 6), [9]);
    assertEquals([list.join("-"), String(list)], ["8-5-6-2", "[ 8, 5, 6, 2 ]"]);
    assertEquals([list.indexOf(6), list.lastIndexOf(7), list.includes(5)], [2, -1, true]);
    list.fill(0, 2);
    assertEquals(list.map((x) => x + 1), [9, 6, 1, 1]);
    assertEquals(list.filter((x) => x > 0), [8, 5]);
    assertEquals(list.reduce((sum, x) => sum + x, 0), 13);
    assertEquals([list.find((x) => x < 6), list.some((x) => x > 8)], [5, false]);
    list.length = 1;
    assertEquals([list.length, await list.lengthAsync(), await list.atAsync(0)], [1, 1, 8]);
    assertEquals(await list.pushAsync(1, 2), 3);
    list.clear();
    assertEquals(await list.popAsync(), undefined);

    assertThrows(() => list[0], RangeError, "list index out of range: 0, but the list is empty");
    assertThrows(() => list[-1] = 1, RangeError, "list index out of range: -1");
    assertThrows(() => list.length = -1, RangeError, "whole number");
    assertThrows(() => manager.list(1 as never), TypeError, "can be iterated");
  }));

Deno.test("_TestContainers.test_dict", () =>
  withManager(async (manager, own) => {
    const d = own(manager.dict<number, string>());
    const indices = [65, 66, 67, 68];
    for (const i of indices) d.set(i, String.fromCharCode(i));
    assertEquals(d.copy(), new Map(indices.map((i) => [i, String.fromCharCode(i)])));
    assertEquals(d.keys(), indices);
    assertEquals(d.values(), ["A", "B", "C", "D"]);
    assertEquals(d.items(), indices.map((i) => [i, String.fromCharCode(i)]));
    assertEquals([...d], d.items());
    assertEquals(await Array.fromAsync(d), d.items());
    assertEquals([d.size, await d.sizeAsync(), d.has(66), d.has(1)], [4, 4, true, false]);
    assertEquals([d.get(1), d.get(1, "none"), d.get(65, "none")], [undefined, "none", "A"]);
    assertEquals([await d.getAsync(1, "none"), await d.hasAsync(65)], ["none", true]);
    assertEquals([d.delete(65), d.delete(65)], [true, false]);
    assertEquals([d.pop(66), d.pop(66, "gone"), d.popItem()], ["B", "gone", [68, "D"]]);
    assertEquals([d.setDefault(67, "x"), await d.setDefaultAsync(1, "y")], ["C", "y"]);
    assertEquals([d.get(1), String(d)], ["y", 'Map(2) { 67 => "C", 1 => "y" }']);
    assertThrows(() => d.pop(99), KeyError, "There is no key 99");
    await assertRejects(() => d.popAsync(99), KeyError);
    d.clear();
    assertThrows(() => d.popItem(), KeyError, "dictionary is empty");
    assertThrows(() => d.set([1] as never, "x"), TypeError, "unhashable key: [ 1 ]");
  }));

Deno.test("a dict is made of, and updated with, pairs, a Map, an object and another dict", () =>
  withManager(async (manager, own) => {
    const a = own(manager.dict({ x: 1 }));
    a.update([["y", 2]]);
    a.update(new Map([["z", 3]]));
    const b = own(manager.dict(a));
    a.set("x", 9);
    await b.updateAsync({ w: 4 });
    assertEquals(b.items(), [["x", 1], ["y", 2], ["z", 3], ["w", 4]]);
    await b.updateAsync(a);
    assertEquals(b.get("x"), 9);
    assertThrows(() => manager.dict(5 as never), TypeError, "The entries are 5");
    assertThrows(() => manager.dict([[{}, 1]] as never), TypeError, "unhashable key: {}");
  }));

Deno.test("_TestContainers.test_dict_iter: a dict that changes size while it is iterated", () =>
  withManager(async (manager, own) => {
    const d = own(manager.dict({ a: 1, b: 2 }));
    const grow = () => {
      for (const [key] of d) d.set(`${key}${key}`, 1);
    };
    assertThrows(grow, Error, "dictionary changed size during iteration");
    d.clear();
    d.set("last", 1);
    const shrink = async () => {
      for await (const [key] of d) d.delete(key);
    };
    await assertRejects(shrink, Error, "dictionary changed size during iteration");
  }));

Deno.test("_TestContainers.test_dict_proxy_nested: proxies inside are live, plain values copies", () =>
  withManager((manager, own) => {
    const pets = own(manager.dict({ ferrets: 2, hamsters: 4 }));
    const supplies = own(manager.dict({ water: [1, 2], feed: [3, 4] }));
    const d = own(manager.dict<string, typeof pets | typeof supplies>());
    d.set("pets", pets as never);
    d.set("supplies", supplies as never);
    const nested = () => own(d.get("pets") as typeof pets);
    assertEquals(nested().get("ferrets"), 2);
    nested().set("blanks", 5);
    assertEquals(pets.get("blanks"), 5);

    supplies.get("water")!.push(99); // a copy: lost, as in Python
    assertEquals(supplies.get("water"), [1, 2]);
    supplies.set("water", [...supplies.get("water")!, 99]);
    assertEquals(supplies.get("water"), [1, 2, 99]);

    pets.clear();
    assertEquals(nested().size, 0);
    d.clear();
    assertEquals([d.size, supplies.size], [0, 2]);
  }));

Deno.test("a set, which Python has since 3.14", () =>
  withManager(async (manager, own) => {
    const set = own(manager.Set(["a", "b"]));
    set.add("a");
    await set.addAsync("c");
    set.update(["d"]);
    assertEquals([set.values(), set.size, [...set]], [["a", "b", "c", "d"], 4, [..."abcd"]]);
    assertEquals([set.has("a"), set.delete("a"), set.delete("a")], [true, true, false]);
    assertEquals([set.pop(), await set.popAsync(), set.copy()], ["b", "c", new Set(["d"])]);
    assertEquals(String(set), 'Set(1) { "d" }');
    const change = () => {
      for (const value of set) set.add(value + value);
    };
    assertThrows(change, Error, "Set changed size during iteration");
    set.clear();
    assertThrows(() => set.pop(), KeyError, "pop from an empty set");
    assertThrows(() => set.add({} as never), TypeError, "unhashable element: {}");
  }));

Deno.test("_TestContainers.test_namespace", () =>
  withManager(async (manager, own) => {
    const n = own(manager.Namespace());
    n.name = "Bob";
    n.job = "Builder";
    n._hidden = "hidden";
    assertEquals([n.name, n.job, n._hidden], ["Bob", "Builder", "hidden"]);
    delete n.job;
    assertEquals(String(n), 'Namespace(name="Bob")');
    assertEquals(["name" in n, "job" in n, n.job], [true, false, undefined]);
    assertEquals(Object.keys(n), ["name"]);
    assertEquals(JSON.stringify(n), '{"name":"Bob"}');
    await n.setAsync("job", "Painter");
    assertEquals([await n.getAsync("job"), await n.hasAsync("_hidden")], ["Painter", false]);
    assertEquals([await n.deleteAsync("job"), await n.deleteAsync("job")], [true, false]);
    assertThrows(
      () => n.dispose = 1 as never,
      TypeError,
      '"dispose" is a name of the proxy itself',
    );
    assert(await n === n); // a namespace has no `then`
  }));

Deno.test("console.log shows the proxy, String the value", () =>
  withManager((manager, own) => {
    const list = own(manager.list([1]));
    const ns = own(manager.Namespace({ x: 1 }));
    assert(/^<ListProxy object, typeid 'list' at 0x[0-9a-f]+>$/.test(Deno.inspect(list)));
    assert(/^<NamespaceProxy object, typeid 'Namespace' at 0x/.test(Deno.inspect(ns)));
    assertEquals([String(list), String(ns)], ["[ 1 ]", "Namespace(x=1)"]);
    assertEquals(Deno.inspect(manager), `<Manager server '${manager.server}' running>`);
    list.dispose();
    assertEquals(Deno.inspect(list), "<ListProxy(disposed)>");
  }));

Deno.test("a child changes every container", () =>
  withManager(async (manager, own) => {
    const list = own(manager.list([1, 2, 3]));
    const dict = own(manager.dict({ main: 0 }));
    const set = own(manager.Set(["main"]));
    const ns = own(manager.Namespace<{ x: number }>({ x: 1 }));
    assertEquals(await inChild(changeAll, list, dict, set, ns), 0);
    assertEquals(list.toArray(), [10, 2, 3, 4]);
    assertEquals(dict.items(), [["main", 0], ["child", 1]]);
    assertEquals([set.values(), ns.x], [["main", "child"], 2]);
  }));
