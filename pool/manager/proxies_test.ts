import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { type DictProxy, type ListProxy, RemoteObject, SharedTypes } from "../mod.ts";
import { withManager } from "./testing/helpers.ts";

type Call = [method: string, ...args: unknown[]];
type Twins = Record<string, (...args: unknown[]) => unknown>;

/** What a call gives, or the error that it throws, in the blocking and in the other form. */
async function both([method, ...args]: Call, blocking: RemoteObject, waiting: RemoteObject) {
  const told = (error: unknown) => (error as Error).message;
  const give = async (call: () => unknown) => {
    try {
      return await call();
    } catch (error) {
      return told(error);
    }
  };
  const [one, two] = [blocking, waiting] as unknown as [Twins, Twins];
  return [
    await give(() => one[method]!(...args)),
    await give(() => two[`${method}Async`]!(...args)),
  ];
}

Deno.test("every method of a list does the same in its second form", () =>
  withManager(async (manager, own) => {
    const calls: Call[] = [
      ["at", -1],
      ["get", 0],
      ["get", 99],
      ["set", 1, 8],
      ["push", 7, 6],
      ["pop"],
      ["shift"],
      ["unshift", 5, 4],
      ["splice", 1, 1, 3, 2],
      ["slice", 1, 3],
      ["concat", [1], 2],
      ["indexOf", 3],
      ["lastIndexOf", 3],
      ["includes", 9],
      ["sort"],
      ["sort", (a: number, b: number) => b - a],
      ["reverse"],
      ["join", "-"],
      ["fill", 0, 2],
      ["toArray"],
      ["clear"],
      ["pop"],
    ];
    const one = own(manager.list([3, 1, 2])), two = own(manager.list([3, 1, 2]));
    for (const call of calls) {
      const [blocking, waiting] = await both(call, one, two);
      assertEquals(waiting, blocking, call[0]);
      assertEquals(two.toArray(), one.toArray(), call[0]);
    }
  }));

Deno.test("every method of a dict does the same in its second form", () =>
  withManager(async (manager, own) => {
    const calls: Call[] = [
      ["get", "a"],
      ["get", "z", 0],
      ["set", "c", 3],
      ["has", "c"],
      ["delete", "c"],
      ["delete", "c"],
      ["update", { d: 4, e: 5 }],
      ["setDefault", "d", 9],
      ["setDefault", "f", 6],
      ["keys"],
      ["values"],
      ["items"],
      ["copy"],
      ["pop", "a"],
      ["pop", "a"],
      ["pop", "a", 0],
      ["popItem"],
      ["clear"],
      ["popItem"],
    ];
    const entries = { a: 1, b: 2 };
    const one = own(manager.dict(entries)), two = own(manager.dict(entries));
    for (const call of calls) {
      const [blocking, waiting] = await both(call, one, two);
      assertEquals(waiting, blocking, call[0]);
      assertEquals(two.items(), one.items(), call[0]);
    }
  }));

Deno.test("what an array does with a function, a list does on a copy", () =>
  withManager((manager, own) => {
    const array = [3, 1, 2];
    const list: ListProxy<number> = own(manager.list(array));
    const of = (given: number[] | ListProxy<number>) => {
      const seen: number[] = [];
      given.forEach((x) => seen.push(x));
      const twice = given.map((x) => 2 * x), odd = given.filter((x) => x % 2 === 1);
      const found = [given.find((x) => x < 3), given.findIndex((x) => x < 3)];
      const all = [given.some((x) => x > 2), given.every((x) => x > 2)];
      const last = given.findLast((x) => x < 3), sum = given.reduce((a, b) => a + b, 0);
      return { seen, twice, odd, found, all, last, sum, flat: given.flatMap((x) => [x, x]) };
    };
    assertEquals(of(list), of(array));
    assertEquals(list.toArray(), array);
  }));

Deno.test("proxies are RemoteObjects, and have no other methods", () =>
  withManager(async (manager, own) => {
    const dict: DictProxy<string, number> = own(manager.dict({ a: 1 }));
    const all = [dict, own(manager.list()), own(manager.Set()), own(manager.Namespace())];
    assert(all.every((proxy) => proxy instanceof RemoteObject));
    assertEquals(all.map(({ typeid }) => typeid), ["dict", "list", "Set", "Namespace"]);
    assertEquals([dict.callMethod("get", ["a"]), await dict.callMethodAsync("get", ["a"])], [1, 1]);
    assertThrows(() => dict.callMethod("steal"), Error, "steal");
    await assertRejects(() => dict.callMethodAsync("steal"), Error, "steal");
    assert(manager instanceof SharedTypes);
  }));
