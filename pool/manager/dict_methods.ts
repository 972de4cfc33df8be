import type { DictProxy } from "./dict_proxy.ts";
import type { Key } from "./keys.ts";

/** What a dict can be made of and updated with. */
export type DictEntries<K extends Key, V> =
  | Iterable<readonly [K, V]>
  | ([string] extends [K] ? Readonly<Record<string, V>> : never)
  | DictProxy<K, V>;

/**
 * What a dict of a manager can do, in the proxy and in the server.
 *
 * As with every proxy, what is read is a copy: `dict.get("x").push(1)` changes only the copy.
 */
export interface DictMethods<K extends Key, V> {
  /** Put a value under a key. Python's `d[key] = value`. */
  set(key: K, value: V): void;
  /** Whether there is such a key. Python's `key in d`. */
  has(key: K): boolean;
  /** Take out a key; whether it was there. Python's `del d[key]`, which throws if it was not. */
  delete(key: K): boolean;
  /** The value of a key; if there is none, `value` is put under it first. One atomic step. */
  setDefault(key: K, value: V): V;
  /**
   * Take out the newest entry.
   *
   * @throws {KeyError} If the dict is empty.
   */
  popItem(): [K, V];
  /** A copy of the keys, oldest first. */
  keys(): K[];
  /** A copy of the values, in the order of the keys. */
  values(): V[];
  /** A copy of the entries. */
  items(): [K, V][];
  /** A copy of the dict, as a Map in this thread's own memory. */
  copy(): Map<K, V>;
  /** Take out all entries. */
  clear(): void;
}
