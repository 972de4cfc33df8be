/**
 * What the types promise. Nothing of it runs: `deno check` reads it.
 */
import type { SharedArray, Value } from "@polycore/shm";
import type { DictProxy, ListProxy, Manager, PoolProxy, SetProxy } from "../mod.ts";
import { baz, type FooBar, Studio } from "./testing/tasks.ts";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true
  : false;

function check<_ extends true>(): void {}

Deno.test("types of managers are read by deno check", () => {});

export async function neverCalled(manager: Manager): Promise<void> {
  const list = manager.list([1, 2]);
  check<Equal<typeof list, ListProxy<number>>>();
  check<Equal<ReturnType<typeof list.get>, number>>();
  check<Equal<ReturnType<typeof list.atAsync>, Promise<number | undefined>>>();
  check<Equal<typeof list[0], number>>();
  const texts = list.map((x) => `${x}`);
  check<Equal<typeof texts, string[]>>();
  // @ts-expect-error: the item is no number
  list.push("x");
  // @ts-expect-error: nor here
  list[0] = "x";

  const dict = manager.dict<string, number>();
  const value = dict.get("x"), sure = dict.get("x", 0), later = dict.getAsync("x", 0);
  check<Equal<typeof value, number | undefined>>();
  check<Equal<typeof sure, number>>();
  check<Equal<typeof later, Promise<number>>>();
  const items = await dict.itemsAsync();
  check<Equal<typeof items, [string, number][]>>();
  const fromObject = manager.dict({ a: [1] }), fromPairs = manager.dict([[1, "x"]]);
  check<Equal<typeof fromObject, DictProxy<string, number[]>>>();
  check<Equal<typeof fromPairs, DictProxy<number, string>>>();
  // @ts-expect-error: the value is no number
  dict.set("x", "1");
  // @ts-expect-error: an object is no key
  manager.dict<{ a: 1 }, number>();

  const set = manager.Set(["a"]);
  check<Equal<typeof set, SetProxy<string>>>();
  const ns = manager.Namespace<{ x: number }>({ x: 1 });
  check<Equal<typeof ns.x, number>>();

  const studio = manager.create(Studio);
  const waited = studio.waitFor(manager.Event()),
    waitedAsync = studio.waitForAsync(manager.Event());
  check<Equal<typeof waited, string>>();
  check<Equal<typeof waitedAsync, Promise<string>>>();
  const foo = manager.create<FooBar>("Foo");
  check<Equal<ReturnType<typeof foo.fAsync>, Promise<string>>>();
  const squares = [...manager.create(baz)];
  check<Equal<typeof squares, number[]>>();
  // @ts-expect-error: no such method
  studio.paint();
  // @ts-expect-error: the argument is no Event
  manager.create(Studio, 5);

  const pool: PoolProxy = manager.Pool(2);
  const mapped = pool.map((x: number) => `${x}`, [1]);
  check<Equal<typeof mapped, Promise<string[]>>>();
  const number: Value<"i"> = manager.Value("i", 1);
  const numbers: SharedArray<"d"> = manager.Array("d", [1, 2]);
  console.log(number, numbers);
}
