import type { AsyncWaitOptions, Parts, Steps } from "@polycore/sync";
import {
  defineKind,
  inspect,
  isAlive,
  lifeWord,
  load,
  me,
  runAsync,
  runBlocking,
  threadName,
  WaitKind,
} from "@polycore/sync/internal";
import { checkFunction, checkMayStart, checkOptions } from "../check.ts";
import { nameOfChild } from "../current_process.ts";
import { errors as poolErrors } from "../errors.ts";
import { unfold } from "../partial.ts";
import type { PoolOptions } from "../pool.ts";
import { Process } from "../process.ts";
import { callAsync, callBlocking, tell } from "./call.ts";
import type { DictEntries } from "./dict_methods.ts";
import { DictProxy, entriesOf } from "./dict_proxy.ts";
import { errors } from "./errors.ts";
import type { Key } from "./keys.ts";
import { ListProxy } from "./list_proxy.ts";
import { NamespaceProxy } from "./namespace_proxy.ts";
import "./object_proxy.ts"; // so that every kind of proxy can arrive
import type { ObjectProxy } from "./object_proxy.ts";
import "./pool_proxy.ts";
import type { PoolProxy } from "./pool_proxy.ts";
import { type RegisterOptions, registerType, typeidOf, typesOf } from "./registry.ts";
import type { RemoteObject } from "./remote_object.ts";
import {
  checkServes,
  dropRequests,
  emptyServerBlock,
  endOfServer,
  isEnding,
  makeProxyBlock,
  makeServerBlock,
  serverThread,
  setServerThread,
  shutDown,
} from "./server_block.ts";
import { startServer } from "./server_start.ts";
import { elementsOf, SetProxy } from "./set_proxy.ts";
import { SharedTypes } from "./shared_types.ts";

// deno-lint-ignore no-explicit-any
type AnyFunction = (...args: any[]) => any;

/** How a {@linkcode Manager} is made. */
export interface ManagerOptions<I extends unknown[] = unknown[]> {
  /** Run in the server before its first request. If it throws, every call says why. */
  initializer?: ((...args: I) => unknown) | undefined;
  /** The initializer's arguments. */
  initargs?: NoInfer<I> | undefined;
}

/** Milliseconds that `shutdown` gives the server to begin its end, and then to let go of what it holds. */
const SHUTDOWN_TIMEOUT = { begin: 1000, end: 10_000 };

let made = 0;

function* endSteps(thread: number): Steps<boolean> {
  const word = lifeWord(thread);
  for (;;) {
    const expected = load(word);
    if (!isAlive(thread)) return true;
    if (!(yield { word, expected, kind: WaitKind.event })) return !isAlive(thread);
  }
}

/**
 * A server that holds lists, dicts and other objects for all threads, and hands out proxies of them.
 * Python's `multiprocessing.Manager` and `SyncManager`; a subclass with types of its own is Python's
 * `BaseManager`.
 *
 * The server is a worker, which is started at once and ends with `shutdown()`, with the block of `using`,
 * or with the program. `list()`, `dict()`, `Set()` and `Namespace()` do not wait for it. A proxy passes
 * anywhere and blocks its thread for each call; the second form of each call, with the suffix `Async`,
 * does not. The manager passes too, and makes objects from any thread; a subclass arrives as a `Manager`.
 *
 * `Lock()`, `Queue()`, `Value()` and the others of {@linkcode SharedTypes} are the plain objects of this
 * library, which need no server.
 *
 * **Which one do I use?** A manager for data of changing shape that several threads change: a dict of
 * counts, a list of results. Numbers in a {@linkcode SharedArray}, and values that are handed over in a
 * {@linkcode Queue}, are a hundred times faster.
 *
 * @example
 * ```ts
 * import { Manager, Process } from "@polycore/pool";
 * import { assertEquals } from "@std/assert";
 *
 * await using manager = new Manager();
 * const bag = manager.dict<string, number>();
 * const process = new Process({
 *   target: (bag: { set(word: string, n: number): void }) => bag.set("whale", 1),
 *   args: [bag],
 * });
 * process.start();
 * await process.join();
 * assertEquals(bag.get("whale"), 1);
 * ```
 */
// deno-lint-ignore no-explicit-any
export class Manager<I extends unknown[] = any[]> extends SharedTypes {
  #process: Process | undefined;

  /**
   * Start a server.
   *
   * @param options What the server runs first.
   * @param address For the library itself.
   * @throws {TypeError} If an option is unknown, the initializer is no function, or its arguments cannot be
   * copied.
   */
  constructor(options: ManagerOptions<I> = {}, address?: number) {
    checkOptions("a Manager", options, ["initializer", "initargs"]);
    const { initializer, initargs } = options;
    if (initializer !== undefined) checkFunction("initializer", initializer);
    if (initargs !== undefined && !Array.isArray(initargs)) throw poolErrors.notArguments(initargs);
    if (address === undefined) checkMayStart();
    super(address ?? makeServerBlock(), MANAGER);
    if (address === undefined) this.#start(initializer, initargs ?? []);
  }

  #start(initializer: AnyFunction | undefined, initargs: unknown[]): void {
    using undo = new DisposableStack();
    undo.defer(() => this.dispose());
    const [first, args] = initializer ? unfold(initializer, initargs) : [undefined, []];
    const start = { types: typesOf(this.constructor), initializer: first, initargs: args };
    const name = nameOfChild(this.constructor.name, ++made);
    this.#process = new Process({ target: startServer, args: [this, start], name, daemon: true });
    this.#process.start();
    setServerThread(this.address, this.#process.pid!);
    undo.move();
  }

  /**
   * Make a type known, for managers of this class and its subclasses that are made afterwards. Python's
   * `BaseManager.register`. `manager.create("Counter", 5)` makes an object of it, and so does
   * `manager.Counter(5)`.
   *
   * The server is one thread: while a method runs, other calls wait. A method that has to wait itself does
   * it by `await`, so that they need not.
   *
   * @param typeid The type's name.
   * @param callable The class, marked with `static { task(import.meta, this); }`, or a function that makes
   * an object, which may return a promise. Without it the object is the value that `create` is given.
   * @param options Which methods can be called, and whose results stay in the server.
   * @throws {TypeError} If an argument is of the wrong kind, or the name is one that every manager has.
   */
  static register(
    typeid: string,
    // deno-lint-ignore no-explicit-any
    callable?: ((...args: any[]) => unknown) | (new (...args: any[]) => unknown),
    options: RegisterOptions = {},
  ): void {
    if (typeid in Manager.prototype && !madeHere.has(typeid)) throw errors.takenTypeid(typeid);
    registerType(this, typeid, callable, options);
    madeHere.add(typeid);
    Object.defineProperty(this.prototype, typeid, {
      value(this: Manager, ...args: unknown[]): unknown {
        return this.create(typeid, ...args);
      },
      writable: true,
      configurable: true,
    });
  }

  #open(): number {
    checkServes(this.address);
    return this.address;
  }

  /**
   * Make an object of a registered type in the server, blocking this thread until it is there.
   *
   * @param type The class or function that was registered, or the name.
   * @param args What the class or function is given.
   * @throws What the constructor threw, with the server's stack as `cause`.
   * @throws {AttributeError} If the type was not registered before the manager was made.
   */
  create<A extends unknown[], T>(type: new (...args: A) => T, ...args: A): ObjectProxy<T>;
  /** As above, by the function that makes the object. */
  create<A extends unknown[], R>(type: (...args: A) => R, ...args: A): ObjectProxy<Awaited<R>>;
  /** As above, by the name of the type. */
  // deno-lint-ignore no-explicit-any
  create<T = any>(typeid: string, ...args: unknown[]): ObjectProxy<T>;
  create(type: unknown, ...args: unknown[]): unknown {
    return callBlocking(this.#open(), 0, "create", [this.#typeidOf(type), args]);
  }

  /** As {@linkcode Manager.create}, while other work of this thread goes on. */
  async createAsync<A extends unknown[], T>(
    type: new (...args: A) => T,
    ...args: A
  ): Promise<ObjectProxy<T>>;
  /** As above, by the function that makes the object. */
  async createAsync<A extends unknown[], R>(
    type: (...args: A) => R,
    ...args: A
  ): Promise<ObjectProxy<Awaited<R>>>;
  /** As above, by the name of the type. */
  // deno-lint-ignore no-explicit-any
  async createAsync<T = any>(typeid: string, ...args: unknown[]): Promise<ObjectProxy<T>>;
  async createAsync(type: unknown, ...args: unknown[]): Promise<unknown> {
    return await callAsync(this, this.#open(), 0, "create", [this.#typeidOf(type), args]);
  }

  #typeidOf(type: unknown): string {
    if (typeof type === "string") return type;
    const typeid = typeidOf(this.constructor, type);
    if (typeid === undefined) throw errors.unknownType(type, typesOf(this.constructor).keys());
    return typeid;
  }

  /** Have the server hold an object of a type that cannot fail: nobody has to wait for that. */
  #host<P extends RemoteObject>(Proxy: new (address: number) => P, given: unknown): P {
    const server = this.#open();
    const proxy = new Proxy(makeProxyBlock(server));
    try {
      tell(server, "host", [proxy, proxy.typeid, [given]]);
    } catch (error) {
      proxy.dispose();
      throw error;
    }
    return proxy;
  }

  /**
   * A list in the server.
   *
   * @param items Its first items.
   * @throws {TypeError} If they cannot be iterated, or one cannot be copied.
   */
  list<T = unknown>(items: Iterable<T> = []): ListProxy<T> {
    if (typeof items?.[Symbol.iterator] !== "function") {
      throw errors.items("items of a list", items);
    }
    return this.#host(ListProxy<T>, [...items]);
  }

  /**
   * A dict in the server.
   *
   * @param entries Its first entries: pairs, a Map, a plain object or another dict.
   * @throws {TypeError} If they are none of these, a key is an object, or one cannot be copied.
   */
  dict<V>(
    entries: Iterable<readonly [string, V]> | Readonly<Record<string, V>>,
  ): DictProxy<string, V>;
  /** As above, with numbers as keys. */
  dict<V>(entries: Iterable<readonly [number, V]>): DictProxy<number, V>;
  /** As above, with any keys. */
  dict<K extends Key = string, V = unknown>(entries?: DictEntries<K, V>): DictProxy<K, V>;
  dict(entries: unknown = []): unknown {
    return this.#host(DictProxy, entriesOf(entries));
  }

  /**
   * A set in the server. Python's `manager.set()`, since 3.14.
   *
   * @param values Its first values.
   * @throws {TypeError} If they cannot be iterated, or one is an object.
   */
  Set(values: Iterable<string>): SetProxy<string>;
  /** As above, of numbers. */
  Set(values: Iterable<number>): SetProxy<number>;
  /** As above, of any values that are no objects. */
  Set<T extends Key = string>(values?: Iterable<T>): SetProxy<T>;
  Set(values: unknown = []): unknown {
    return this.#host(SetProxy, elementsOf(values));
  }

  /**
   * A namespace in the server.
   *
   * @param values Its first names and values.
   */
  Namespace<T extends object = Record<string, unknown>>(values?: Partial<T>): NamespaceProxy & T {
    return this.#host(NamespaceProxy, { ...values }) as NamespaceProxy & T;
  }

  /**
   * A pool in the server, that several threads can use, blocking this thread until its workers were
   * started.
   *
   * @param processes How many workers; `cpuCount()` when left out.
   * @param options See {@linkcode PoolOptions}.
   */
  Pool<A extends unknown[]>(processes?: number | null, options?: PoolOptions<A>): PoolProxy {
    return callBlocking(this.#open(), 0, "create", ["Pool", [processes, options]]) as PoolProxy;
  }

  /** As {@linkcode Manager.Pool}, while other work of this thread goes on. */
  async PoolAsync<A extends unknown[]>(
    processes?: number | null,
    options?: PoolOptions<A>,
  ): Promise<PoolProxy> {
    const args = ["Pool", [processes, options]];
    return await callAsync(this, this.#open(), 0, "create", args) as PoolProxy;
  }

  /** The name of the server, as listings and errors show it. */
  get server(): string {
    return threadName(serverThread(this.address));
  }

  /** How many objects the server holds; those that nobody has a proxy of are forgotten first. */
  numberOfObjects(): number {
    return callBlocking(this.#open(), 0, "numberOfObjects", []) as number;
  }

  /** As {@linkcode Manager.numberOfObjects}, while other work of this thread goes on. */
  async numberOfObjectsAsync(): Promise<number> {
    return await callAsync(this, this.#open(), 0, "numberOfObjects", []) as number;
  }

  /**
   * End the server and let go of all that it holds, blocking this thread until it has ended. Calls that
   * are under way, and later ones, throw {@linkcode ManagerError}. A server that has not begun to end after
   * a second, or has not ended ten seconds later, is terminated. Shutting down twice is fine.
   */
  shutdown(): void {
    if (this.disposed) return;
    shutDown(this.address);
    const thread = serverThread(this.address);
    if (thread === me) return;
    const ended = (limit: number) => runBlocking(endSteps(thread), performance.now() + limit);
    const { begin, end } = SHUTDOWN_TIMEOUT;
    if (ended(begin) || isEnding(this.address) && ended(end)) dropRequests(this.address);
    else this.#process?.terminate();
  }

  /** As {@linkcode Manager.shutdown}, while other work of this thread goes on. */
  async shutdownAsync(options?: Pick<AsyncWaitOptions, "signal">): Promise<void> {
    if (this.disposed) return;
    shutDown(this.address);
    const thread = serverThread(this.address);
    if (thread === me) return;
    const ended = (limit: number) =>
      runAsync(endSteps(thread), performance.now() + limit, options?.signal);
    const { begin, end } = SHUTDOWN_TIMEOUT;
    if (!(await ended(begin) || isEnding(this.address) && await ended(end))) {
      this.#process?.terminate();
    }
    await this.#process?.join();
    if (!this.disposed) dropRequests(this.address);
  }

  /** Shut down when the block ends. */
  [Symbol.dispose](): void {
    this.shutdown();
    this.dispose();
  }

  /** Shut down when the block ends, and wait without blocking the thread. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.shutdownAsync();
    this.dispose();
  }

  /** Nothing travels beside the address. */
  override pack(): Parts {
    return [];
  }

  /** `<Manager server 'Manager-1' running>` and so on. */
  [inspect](): string {
    const name = this.constructor.name;
    const state = endOfServer(this.address) ? "ended" : "running";
    return `<${name} server '${this.server}' ${state}>`;
  }
}

/** The types that were registered, whose names may be used again. */
const madeHere = new Set<string>();

const MANAGER = defineKind({
  id: 30,
  unpack: (address) => new Manager({}, address),
  beforeFree: emptyServerBlock,
});
