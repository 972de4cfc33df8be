import type { DictMethods } from "./dict_methods.ts";
import { errors } from "./errors.ts";
import { letGoOfValues } from "./held_values.ts";
import type { Key } from "./keys.ts";

/** A dict in the server. */
export class HostedDict<K extends Key, V> implements DictMethods<K, V> {
  readonly #map: Map<K, V>;

  constructor(entries: Iterable<readonly [K, V]> = []) {
    this.#map = new Map(entries);
  }

  get(key: K, fallback?: V): V | undefined {
    return this.#map.has(key) ? this.#map.get(key) : fallback;
  }

  set(key: K, value: V): void {
    this.#map.set(key, value);
  }

  has(key: K): boolean {
    return this.#map.has(key);
  }

  delete(key: K): boolean {
    return this.#map.delete(key);
  }

  update(entries: Iterable<readonly [K, V]>): void {
    for (const [key, value] of entries) this.#map.set(key, value);
  }

  setDefault(key: K, value: V): V {
    if (!this.#map.has(key)) this.#map.set(key, value);
    return this.#map.get(key)!;
  }

  pop(key: K, ...fallback: [V?]): V {
    if (!this.#map.has(key)) {
      if (fallback.length === 0) throw errors.noKey(key);
      return fallback[0]!;
    }
    const value = this.#map.get(key)!;
    this.#map.delete(key);
    return value;
  }

  popItem(): [K, V] {
    const newest = [...this.#map].pop();
    if (!newest) throw errors.emptyDict();
    this.#map.delete(newest[0]);
    return newest;
  }

  keys(): K[] {
    return [...this.#map.keys()];
  }

  values(): V[] {
    return [...this.#map.values()];
  }

  items(): [K, V][] {
    return [...this.#map];
  }

  copy(): Map<K, V> {
    return this.#map;
  }

  clear(): void {
    letGoOfValues(this.#map.values());
    this.#map.clear();
  }

  getSize(): number {
    return this.#map.size;
  }

  /** The entry of a key while the dict is iterated; `size` is what it had at the beginning. */
  step(size: number, key: K): [K, V] {
    if (this.#map.size !== size || !this.#map.has(key)) throw errors.dictChanged();
    return [key, this.#map.get(key)!];
  }

  /** The end of an iteration. */
  stop(size: number): void {
    if (this.#map.size !== size) throw errors.dictChanged();
  }

  toString(): string {
    return Deno.inspect(this.#map);
  }

  [Symbol.dispose](): void {
    letGoOfValues(this.#map.values());
  }
}
