import type { Parts } from "@polycore/sync";
import { errors } from "./errors.ts";
import { type AsyncMethods, defineMethods, defineProxy, RemoteObject } from "./remote_object.ts";

/**
 * The methods of an object that a manager exposes by default: the public ones. A method that returns a
 * promise is called like the others, and the call is over when the promise is settled.
 *
 * @example
 * ```ts
 * import type { ExposedMethods } from "@polycore/pool";
 *
 * const methods: ExposedMethods<Date> = new Date();
 * console.log(methods.getTime());
 * ```
 */
export type ExposedMethods<C> = {
  // deno-lint-ignore no-explicit-any
  [K in keyof C & string as C[K] extends (...args: any[]) => any ? K : never]: C[K] extends
    (...args: infer A) => infer R ? (...args: A) => Awaited<R> : never;
};

/**
 * A proxy for an object of a type that was registered with `Manager.register`: it has the object's exposed
 * methods in both forms, `add` that blocks and `addAsync`. Python's `AutoProxy`.
 *
 * A type's own fields and accessors are not there. A method with a name that every proxy has, such as
 * `dispose`, is reached by `callMethod("dispose")`. If `next` is exposed, the proxy can be iterated.
 *
 * @example
 * ```ts
 * import { Manager, type ObjectProxy, task } from "@polycore/pool";
 * import { assertEquals } from "@std/assert";
 *
 * class Counter {
 *   static {
 *     task(import.meta, this);
 *   }
 *   #count = 0;
 *   add(n: number): number {
 *     return this.#count += n;
 *   }
 * }
 * Manager.register("Counter", Counter);
 *
 * if (import.meta.main) {
 *   await using manager = new Manager();
 *   const counter: ObjectProxy<Counter> = manager.create(Counter);
 *   assertEquals(counter.add(2), 2);
 *   assertEquals(await counter.addAsync(3), 5);
 * }
 * ```
 */
export type ObjectProxy<C> =
  & GenericProxy
  & Omit<ExposedMethods<C>, keyof GenericProxy>
  & Omit<AsyncMethods<ExposedMethods<C>>, keyof GenericProxy>
  & (C extends Iterator<infer T> ? Iterable<T> & AsyncIterable<T> : unknown);

/**
 * What all proxies of registered types have; {@linkcode ObjectProxy} adds the methods of the type.
 *
 * @example
 * ```ts
 * import { GenericProxy, Manager } from "@polycore/pool";
 * import { assert, assertEquals } from "@std/assert";
 *
 * Manager.register("Words", () => new Map([["whale", 1]]), { exposed: ["get", "has"] });
 * await using manager = new Manager();
 * const words = manager.create("Words");
 * assert(words instanceof GenericProxy);
 * assertEquals([words.typeid, words.exposed], ["Words", ["get", "has"]]);
 * assertEquals(words.get("whale"), 1);
 * ```
 */
export class GenericProxy extends RemoteObject {
  /** The name under which the type was registered. */
  override readonly typeid: string;
  /** The methods that can be called. */
  readonly exposed: readonly string[];

  /** Made by a manager. */
  constructor(address: number, typeid: string, exposed: readonly string[]) {
    super(address, OBJECT);
    this.typeid = typeid;
    this.exposed = exposed;
    Object.setPrototypeOf(this, prototypeFor(exposed));
  }

  /** What travels beside the address. */
  override pack(): Parts {
    return [this.typeid, this.exposed];
  }
}

const prototypes = new Map<string, object>();

/** The prototype of the proxies with these methods; behind it stands one that refuses all other names. */
function prototypeFor(exposed: readonly string[]): object {
  const key = exposed.join();
  let prototype = prototypes.get(key);
  if (!prototype) {
    prototypes.set(key, prototype = Object.create(refusing) as object);
    defineMethods({ prototype }, exposed.filter((name) => !(name in GenericProxy.prototype)));
    if (exposed.includes("next")) Object.defineProperties(prototype, iterators);
  }
  return prototype;
}

/** Names that JavaScript asks any object for. */
const ASKED_FOR = new Set(["then", "toJSON"]);

const refusing: object = new Proxy(Object.create(GenericProxy.prototype) as object, {
  get(target, name, receiver: GenericProxy) {
    if (typeof name === "symbol" || name in target || ASKED_FOR.has(name)) {
      return Reflect.get(target, name, receiver);
    }
    // Some of these are asked for while the object is being made.
    if (!Object.hasOwn(receiver, "exposed")) return undefined;
    throw errors.notExposed(name, receiver.typeid, receiver.exposed);
  },
});

type Step = IteratorResult<unknown>;

const iterators: PropertyDescriptorMap = {
  [Symbol.iterator]: {
    value(this: GenericProxy): Iterator<unknown> {
      return { next: () => this.callMethod("next") as Step };
    },
  },
  [Symbol.asyncIterator]: {
    value(this: GenericProxy): AsyncIterator<unknown> {
      return { next: async () => await this.callMethodAsync("next") as Step };
    },
  },
};

const OBJECT = defineProxy(36, (address, parts) => {
  const [typeid, exposed] = parts as [string, string[]];
  return new GenericProxy(address, typeid, exposed);
});
