import { type Parts, Shareable, type ShareableKind } from "@polycore/sync";
import { defineKind, inspect } from "@polycore/sync/internal";
import { callAsync, callBlocking } from "./call.ts";
import { emptyProxyBlock, serverOf } from "./server_block.ts";

/**
 * The second form of methods: `push` becomes `pushAsync`, which returns a promise and does not block the
 * thread.
 *
 * @example
 * ```ts
 * import type { AsyncMethods } from "@polycore/pool";
 *
 * const counter: AsyncMethods<{ add(n: number): number }> = {
 *   addAsync: (n) => Promise.resolve(n + 1),
 * };
 * console.log(await counter.addAsync(1));
 * ```
 */
export type AsyncMethods<M> = {
  // deno-lint-ignore no-explicit-any
  [K in keyof M & string as M[K] extends (...args: any[]) => any ? `${K}Async` : never]:
    M[K] extends (...args: infer A) => infer R ? (...args: A) => Promise<Awaited<R>> : never;
};

/**
 * The base of the proxies of a manager: what stands in every thread for an object that lives in the
 * manager's server. Each call of a method is a message there and back; it blocks this thread, and its
 * second form with the suffix `Async` does not. Python's `BaseProxy`.
 *
 * A proxy passes anywhere that a value passes, also into other proxies, and means the same object
 * everywhere. When its last handle is gone the server forgets the object.
 *
 * @example
 * ```ts
 * import { Manager, RemoteObject } from "@polycore/pool";
 * import { assert } from "@std/assert";
 *
 * await using manager = new Manager();
 * using list = manager.list([1, 2]);
 * assert(list instanceof RemoteObject);
 * ```
 */
export abstract class RemoteObject extends Shareable {
  /** The name under which the manager makes such objects. */
  abstract readonly typeid: string;

  /** Takes over one count of the object's holders; for the library itself. */
  constructor(address: number, kind: ShareableKind) {
    super(address, kind);
  }

  /**
   * Call a method by its name, blocking this thread until the result is there. Python's `_callmethod`.
   *
   * @throws What the method threw, with the server's stack as `cause`.
   * @throws {ManagerError} If the manager has shut down or its server ended.
   * @throws {AttributeError} If there is no such method, or it is not exposed.
   * @throws {TypeError} If an argument cannot be copied; it names the path to what cannot.
   */
  callMethod(method: string, args: unknown[] = []): unknown {
    return callBlocking(serverOf(this.address), this.address, method, args);
  }

  /** As {@linkcode RemoteObject.callMethod}, while other work of this thread goes on. */
  async callMethodAsync(method: string, args: unknown[] = []): Promise<unknown> {
    return await callAsync(this, serverOf(this.address), this.address, method, args);
  }

  /** The value as text: asks the server. `console.log` shows the proxy itself. */
  override toString(): string {
    return this.callMethod("toString") as string;
  }

  /** As {@linkcode RemoteObject.toString}, while other work of this thread goes on. */
  async toStringAsync(): Promise<string> {
    return await this.callMethodAsync("toString") as string;
  }

  /** Nothing travels beside the address. */
  override pack(): Parts {
    return [];
  }

  /** Let go of this handle when the block ends. */
  [Symbol.dispose](): void {
    this.dispose();
  }

  /** The type and where the object is, without asking the server. */
  [inspect](): string {
    const name = this.constructor.name;
    return `<${name} object, typeid '${this.typeid}' at 0x${this.address.toString(16)}>`;
  }
}

/** Make a kind of proxies known. */
export function defineProxy(id: number, unpack: ShareableKind["unpack"]): ShareableKind {
  return defineKind({ id, unpack, beforeFree: emptyProxyBlock });
}

/** Give a class of proxies methods that ask the server, in both forms. */
export function defineMethods(cls: { prototype: object }, names: readonly string[]): void {
  for (const name of names) {
    defineMethod(cls.prototype, `${name}Async`, function (...args) {
      return this.callMethodAsync(name, args);
    });
  }
  for (const name of names) { // behind the others, as a class may have a method with that suffix itself
    defineMethod(cls.prototype, name, function (...args) {
      return this.callMethod(name, args);
    });
  }
}

function defineMethod(
  prototype: object,
  name: string,
  value: (this: RemoteObject, ...args: unknown[]) => unknown,
): void {
  Object.defineProperty(prototype, name, { value, writable: true, configurable: true });
}
