import { indexed } from "@polycore/shm/internal";
import { errors } from "./errors.ts";
import type { ListMethods } from "./list_methods.ts";
import { type AsyncMethods, defineMethods, defineProxy, RemoteObject } from "./remote_object.ts";

/** Methods of arrays that take a function and only read: they run here, on a copy. */
export type LocalMethods<T> = Pick<
  ReadonlyArray<T>,
  | "forEach"
  | "map"
  | "filter"
  | "find"
  | "findIndex"
  | "findLast"
  | "some"
  | "every"
  | "reduce"
  | "flatMap"
>;

/**
 * A list that lives in the server of a manager. Made by `manager.list()`. Python's `ListProxy`.
 *
 * It has what an array has. Each call is atomic; two calls are not: `list.set(0, list.get(0) + 1)` loses
 * updates unless a lock is held around it. What is read is a copy, so a change of an array inside has to
 * be written back; a list or dict of the manager inside is live.
 *
 * `list[i]` is `get(i)` and `set(i, value)`. `map`, `filter` and others that take a function fetch a copy
 * of the list and run here. Iterating asks for one item after the other, as in Python: it sees changes,
 * and `toArray()` is faster.
 *
 * @example
 * ```ts
 * import { Manager } from "@polycore/pool";
 * import { assertEquals } from "@std/assert";
 *
 * await using manager = new Manager();
 * const list = manager.list([3, 1]);
 * list.push(2);
 * list.sort();
 * assertEquals([...list], [1, 2, 3]);
 * assertEquals(await list.atAsync(-1), 3);
 * ```
 */
export class ListProxy<T = unknown> extends RemoteObject {
  /** The item at an index. */
  [index: number]: T;

  /** The name under which the manager makes such objects. */
  override readonly typeid = "list";

  /** Made by a manager. */
  constructor(address: number) {
    super(address, LIST);
  }

  /** How many items. */
  get length(): number {
    return this.callMethod("getLength") as number;
  }

  /** Cut off what is behind. */
  set length(length: number) {
    if (!Number.isInteger(length) || length < 0) throw errors.listLength(length);
    this.callMethod("setLength", [length]);
  }

  /** As {@linkcode ListProxy.length}, while other work of this thread goes on. */
  async lengthAsync(): Promise<number> {
    return await this.callMethodAsync("getLength") as number;
  }

  /** The items, one call each. */
  *[Symbol.iterator](): Generator<T, void> {
    for (let index = 0;; index++) {
      const step = this.callMethod("step", [index]) as T[];
      if (step.length === 0) return;
      yield step[0]!;
    }
  }

  /** The items, one call each, while other work of this thread goes on. */
  async *[Symbol.asyncIterator](): AsyncGenerator<T, void> {
    for (let index = 0;; index++) {
      const step = await this.callMethodAsync("step", [index]) as T[];
      if (step.length === 0) return;
      yield step[0]!;
    }
  }
}

/** What the server does, what needs no function of this thread, and what runs here on a copy. */
export interface ListProxy<T = unknown>
  extends ListMethods<T>, AsyncMethods<ListMethods<T>>, LocalMethods<T> {}

Object.setPrototypeOf(ListProxy.prototype, indexed(RemoteObject.prototype));

const METHODS: (keyof ListMethods<unknown>)[] = [
  "at",
  "get",
  "set",
  "push",
  "pop",
  "shift",
  "unshift",
  "splice",
  "slice",
  "toArray",
  "concat",
  "indexOf",
  "lastIndexOf",
  "includes",
  "sort",
  "reverse",
  "join",
  "fill",
  "clear",
];
defineMethods(ListProxy, METHODS);

const LOCAL: (keyof LocalMethods<unknown>)[] = [
  "forEach",
  "map",
  "filter",
  "find",
  "findIndex",
  "findLast",
  "some",
  "every",
  "reduce",
  "flatMap",
];

for (const name of LOCAL) {
  Object.defineProperty(ListProxy.prototype, name, {
    value(this: ListProxy, ...args: unknown[]): unknown {
      return (this.toArray()[name] as (...args: unknown[]) => unknown)(...args);
    },
    writable: true,
    configurable: true,
  });
}

const LIST = defineProxy(32, (address) => new ListProxy(address));
