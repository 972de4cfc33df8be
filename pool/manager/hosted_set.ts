import { errors } from "./errors.ts";
import type { Key } from "./keys.ts";
import type { SetMethods } from "./set_methods.ts";

/** A set in the server. */
export class HostedSet<T extends Key> implements SetMethods<T> {
  readonly #set: Set<T>;

  constructor(values: Iterable<T> = []) {
    this.#set = new Set(values);
  }

  add(value: T): void {
    this.#set.add(value);
  }

  update(values: Iterable<T>): void {
    for (const value of values) this.#set.add(value);
  }

  has(value: T): boolean {
    return this.#set.has(value);
  }

  delete(value: T): boolean {
    return this.#set.delete(value);
  }

  pop(): T {
    for (const value of this.#set) {
      this.#set.delete(value);
      return value;
    }
    throw errors.emptySet();
  }

  values(): T[] {
    return [...this.#set];
  }

  copy(): Set<T> {
    return this.#set;
  }

  clear(): void {
    this.#set.clear();
  }

  getSize(): number {
    return this.#set.size;
  }

  /** While the set is iterated: throws if its size is no longer what it was at the beginning. */
  check(size: number): void {
    if (this.#set.size !== size) throw errors.setChanged();
  }

  toString(): string {
    return Deno.inspect(this.#set);
  }
}
