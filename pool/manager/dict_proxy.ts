import type { DictEntries, DictMethods } from "./dict_methods.ts";
import { errors } from "./errors.ts";
import { checkKey, type Key } from "./keys.ts";
import { type AsyncMethods, defineMethods, defineProxy, RemoteObject } from "./remote_object.ts";

/**
 * A dict that lives in the server of a manager. Made by `manager.dict()`. Python's `DictProxy`.
 *
 * Each call is atomic; two calls are not: `dict.set(k, dict.get(k) + 1)` loses updates unless a lock is
 * held around it, as in Python. What is read is a copy, so a change of an array or object inside has to be
 * written back; a list or dict of the manager inside is live. Keys are simple values: an object would
 * arrive as a copy and never be found again.
 *
 * Iterating asks for one entry after the other and throws if the size changed meanwhile, as in Python;
 * `items()` fetches all at once.
 *
 * @example
 * ```ts
 * import { Manager } from "@polycore/pool";
 * import { assertEquals } from "@std/assert";
 *
 * await using manager = new Manager();
 * const ages = manager.dict({ Ann: 30 });
 * ages.set("Bob", 25);
 * assertEquals(ages.get("Bob"), 25);
 * assertEquals(ages.get("Eve", 0), 0);
 * assertEquals(await ages.keysAsync(), ["Ann", "Bob"]);
 * ```
 */
export class DictProxy<K extends Key = Key, V = unknown> extends RemoteObject {
  /** The name under which the manager makes such objects. */
  override readonly typeid = "dict";

  /** Made by a manager. */
  constructor(address: number) {
    super(address, DICT);
  }

  /** The value of a key; `undefined` if there is none. Python's `d[key]` throws there, its `get` does not. */
  get(key: K): V | undefined;
  /** The value of a key; `fallback` if there is none. */
  get(key: K, fallback: V): V;
  get(key: K, ...fallback: V[]): V | undefined {
    return this.callMethod("get", [key, ...fallback]) as V | undefined;
  }

  /** As {@linkcode DictProxy.get}, while other work of this thread goes on. */
  async getAsync(key: K): Promise<V | undefined>;
  /** As {@linkcode DictProxy.get}, while other work of this thread goes on. */
  async getAsync(key: K, fallback: V): Promise<V>;
  async getAsync(key: K, ...fallback: V[]): Promise<V | undefined> {
    return await this.callMethodAsync("get", [key, ...fallback]) as V | undefined;
  }

  /**
   * Put a value under a key. Python's `d[key] = value`.
   *
   * @throws {TypeError} If the key is an object, or something cannot be copied.
   */
  set(key: K, value: V): void {
    checkKey("key", key);
    this.callMethod("set", [key, value]);
  }

  /** As {@linkcode DictProxy.set}, while other work of this thread goes on. */
  async setAsync(key: K, value: V): Promise<void> {
    checkKey("key", key);
    await this.callMethodAsync("set", [key, value]);
  }

  /** As {@linkcode DictMethods.setDefault}. */
  setDefault(key: K, value: V): V {
    checkKey("key", key);
    return this.callMethod("setDefault", [key, value]) as V;
  }

  /** As {@linkcode DictProxy.setDefault}, while other work of this thread goes on. */
  async setDefaultAsync(key: K, value: V): Promise<V> {
    checkKey("key", key);
    return await this.callMethodAsync("setDefault", [key, value]) as V;
  }

  /**
   * Take out a key, and give its value.
   *
   * @param fallback Given if there is no such key.
   * @throws {KeyError} If there is no such key and no fallback.
   */
  pop(key: K, ...fallback: [fallback?: V]): V {
    return this.callMethod("pop", [key, ...fallback]) as V;
  }

  /** As {@linkcode DictProxy.pop}, while other work of this thread goes on. */
  async popAsync(key: K, ...fallback: [fallback?: V]): Promise<V> {
    return await this.callMethodAsync("pop", [key, ...fallback]) as V;
  }

  /** Put many entries, in one atomic step. */
  update(entries: DictEntries<K, V>): void {
    this.callMethod("update", [entriesOf(entries)]);
  }

  /** As {@linkcode DictProxy.update}, while other work of this thread goes on. */
  async updateAsync(entries: DictEntries<K, V>): Promise<void> {
    const given = entries instanceof DictProxy ? await entries.itemsAsync() : entries;
    await this.callMethodAsync("update", [entriesOf(given as DictEntries<K, V>)]);
  }

  /** How many entries. Python's `len(d)`. */
  get size(): number {
    return this.callMethod("getSize") as number;
  }

  /** As {@linkcode DictProxy.size}, while other work of this thread goes on. */
  async sizeAsync(): Promise<number> {
    return await this.callMethodAsync("getSize") as number;
  }

  /**
   * The entries, one call each.
   *
   * @throws {Error} If the size of the dict changed meanwhile. Python's `RuntimeError`.
   */
  *[Symbol.iterator](): Generator<[K, V], void> {
    const keys = this.keys();
    for (const key of keys) yield this.callMethod("step", [keys.length, key]) as [K, V];
    this.callMethod("stop", [keys.length]);
  }

  /** As the iterator of `for`, while other work of this thread goes on: for `for await`. */
  async *[Symbol.asyncIterator](): AsyncGenerator<[K, V], void> {
    const keys = await this.keysAsync();
    for (const key of keys) {
      yield await this.callMethodAsync("step", [keys.length, key]) as [K, V];
    }
    await this.callMethodAsync("stop", [keys.length]);
  }
}

/** What the server does, in both forms. */
export interface DictProxy<K extends Key = Key, V = unknown>
  extends DictMethods<K, V>, AsyncMethods<Omit<DictMethods<K, V>, "set" | "setDefault">> {}

defineMethods(
  DictProxy,
  [
    "has",
    "delete",
    "popItem",
    "keys",
    "values",
    "items",
    "copy",
    "clear",
  ] satisfies (keyof DictMethods<Key, unknown>)[],
);

/** The pairs of what a dict is made of. */
export function entriesOf(entries: unknown): [Key, unknown][] {
  if (entries instanceof DictProxy) return entries.items();
  if (typeof entries !== "object" || entries === null) throw errors.entries(entries);
  const pairs = Symbol.iterator in entries
    ? [...entries as Iterable<[Key, unknown]>]
    : Object.entries(entries);
  for (const pair of pairs) {
    if (!Array.isArray(pair) || pair.length !== 2) throw errors.entries(entries);
    checkKey("key", pair[0]);
  }
  return pairs;
}

const DICT = defineProxy(33, (address) => new DictProxy(address));
