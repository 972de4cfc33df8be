import { errors } from "./errors.ts";
import { defineProxy, RemoteObject } from "./remote_object.ts";

/**
 * Names that belong to a manager, as properties: `ns.x = 1`. Made by `manager.Namespace()`. Python's
 * `NamespaceProxy`.
 *
 * Reading, writing and deleting a property asks the server, blocking this thread; `getAsync`, `setAsync`
 * and the others do not block. A name that begins with `_` stays in this handle, as in Python. A name
 * that was never set is `undefined`.
 *
 * @example
 * ```ts
 * import { Manager } from "@polycore/pool";
 * import { assertEquals } from "@std/assert";
 *
 * await using manager = new Manager();
 * const ns = manager.Namespace<{ x: number; y?: string }>({ x: 10 });
 * ns.y = "hello";
 * assertEquals([ns.x, ns.y], [10, "hello"]);
 * assertEquals(String(ns), 'Namespace(x=10, y="hello")');
 * ```
 */
export class NamespaceProxy extends RemoteObject {
  /** The name under which the manager makes such objects. */
  override readonly typeid = "Namespace";

  /** Made by a manager. */
  constructor(address: number) {
    super(address, NAMESPACE);
    return new Proxy(this, handler);
  }

  /** The value of a name, as `ns.name` is. */
  async getAsync(name: string): Promise<unknown> {
    return await this.callMethodAsync("get", [name]);
  }

  /** Give a name a value, as `ns.name = value` does. */
  async setAsync(name: string, value: unknown): Promise<void> {
    if (isOwn(this, name)) throw errors.reservedName(name);
    await this.callMethodAsync("set", [name, value]);
  }

  /** Whether there is such a name, as `"name" in ns` says. */
  async hasAsync(name: string): Promise<boolean> {
    return await this.callMethodAsync("has", [name]) as boolean;
  }

  /** Take out a name, as `delete ns.name` does; whether it was there. */
  async deleteAsync(name: string): Promise<boolean> {
    return await this.callMethodAsync("delete", [name]) as boolean;
  }
}

/** Whether a property is the proxy's own and not the server's. `then`: a namespace can be awaited. */
function isOwn(target: object, name: string | symbol): boolean {
  return typeof name === "symbol" || name === "then" || name === "toJSON" ||
    name.startsWith("_") || name in target;
}

const handler: ProxyHandler<NamespaceProxy> = {
  get(target, name) {
    if (!isOwn(target, name)) return target.callMethod("get", [name]);
    const value = Reflect.get(target, name, target);
    // Fields that only the object itself has are behind the methods.
    return typeof value === "function" && name !== "constructor" ? value.bind(target) : value;
  },
  set(target, name, value) {
    if (isOwn(target, name)) {
      if (typeof name === "string" && !name.startsWith("_")) throw errors.reservedName(name);
      return Reflect.set(target, name, value, target);
    }
    target.callMethod("set", [name, value]);
    return true;
  },
  has(target, name) {
    return isOwn(target, name)
      ? Reflect.has(target, name)
      : target.callMethod("has", [name]) as boolean;
  },
  deleteProperty(target, name) {
    if (isOwn(target, name)) return Reflect.deleteProperty(target, name);
    target.callMethod("delete", [name]);
    return true;
  },
  ownKeys(target) {
    return target.callMethod("names") as string[];
  },
  getOwnPropertyDescriptor(target, name) {
    if (isOwn(target, name) || !target.callMethod("has", [name])) return undefined;
    const value = target.callMethod("get", [name]);
    return { value, writable: true, enumerable: true, configurable: true };
  },
};

const NAMESPACE = defineProxy(35, (address) => new NamespaceProxy(address));
