import { errors } from "./errors.ts";
import { checkKey, type Key } from "./keys.ts";
import { type AsyncMethods, defineMethods, defineProxy, RemoteObject } from "./remote_object.ts";
import type { SetMethods } from "./set_methods.ts";

/**
 * A set that lives in the server of a manager. Made by `manager.Set()`. Python's `SetProxy` (3.14).
 *
 * Its values are simple ones: an object would arrive as a copy and never be found again. `copy()` gives a
 * `Set` of this thread's own, for `union` and the like.
 *
 * @example
 * ```ts
 * import { Manager } from "@polycore/pool";
 * import { assertEquals } from "@std/assert";
 *
 * await using manager = new Manager();
 * const seen = manager.Set(["a"]);
 * seen.add("b");
 * assertEquals([...seen], ["a", "b"]);
 * assertEquals(await seen.hasAsync("c"), false);
 * ```
 */
export class SetProxy<T extends Key = Key> extends RemoteObject {
  /** The name under which the manager makes such objects. */
  override readonly typeid = "Set";

  /** Made by a manager. */
  constructor(address: number) {
    super(address, SET);
  }

  /**
   * Put a value in.
   *
   * @throws {TypeError} If it is an object.
   */
  add(value: T): void {
    checkKey("element", value);
    this.callMethod("add", [value]);
  }

  /** As {@linkcode SetProxy.add}, while other work of this thread goes on. */
  async addAsync(value: T): Promise<void> {
    checkKey("element", value);
    await this.callMethodAsync("add", [value]);
  }

  /** Put many values in, in one atomic step. */
  update(values: Iterable<T>): void {
    this.callMethod("update", [elementsOf(values)]);
  }

  /** As {@linkcode SetProxy.update}, while other work of this thread goes on. */
  async updateAsync(values: Iterable<T>): Promise<void> {
    await this.callMethodAsync("update", [elementsOf(values)]);
  }

  /** How many values. */
  get size(): number {
    return this.callMethod("getSize") as number;
  }

  /** As {@linkcode SetProxy.size}, while other work of this thread goes on. */
  async sizeAsync(): Promise<number> {
    return await this.callMethodAsync("getSize") as number;
  }

  /**
   * The values, one call each.
   *
   * @throws {Error} If the size of the set changed meanwhile. Python's `RuntimeError`.
   */
  *[Symbol.iterator](): Generator<T, void> {
    const values = this.values();
    for (const value of values) {
      this.callMethod("check", [values.length]);
      yield value;
    }
    this.callMethod("check", [values.length]);
  }

  /** As the iterator of `for`, while other work of this thread goes on: for `for await`. */
  async *[Symbol.asyncIterator](): AsyncGenerator<T, void> {
    const values = await this.valuesAsync();
    for (const value of values) {
      await this.callMethodAsync("check", [values.length]);
      yield value;
    }
    await this.callMethodAsync("check", [values.length]);
  }
}

/** What the server does, in both forms. */
export interface SetProxy<T extends Key = Key> extends SetMethods<T>, AsyncMethods<SetMethods<T>> {}

defineMethods(
  SetProxy,
  ["has", "delete", "pop", "values", "copy", "clear"] satisfies (keyof SetMethods<Key>)[],
);

/** The values that a set is made of. */
export function elementsOf(values: unknown): Key[] {
  if (typeof (values as Iterable<Key> | undefined)?.[Symbol.iterator] !== "function") {
    throw errors.items("elements of a Set", values);
  }
  const elements = [...values as Iterable<Key>];
  for (const element of elements) checkKey("element", element);
  return elements;
}

const SET = defineProxy(34, (address) => new SetProxy(address));
