/**
 * The server of a manager: a worker that holds objects and calls their methods for other threads.
 *
 * @module
 */

import { Shareable, StoppedError } from "@polycore/sync";
import { holdersOf, runAsync, runBlocking, throwIfStopped } from "@polycore/sync/internal";
import {
  dataSliceSteps,
  isClosed,
  NOTHING,
  pending,
  spinForData,
  tryTake,
} from "@polycore/shm/internal";
import { allowChildren, currentProcess } from "../current_process.ts";
import { ExitSignal } from "../exit.ts";
import { ensureLoaded } from "../functions.ts";
import { encodeFailure, encodeResult, throwIfEnding } from "../outcome.ts";
import { type Call, type Request, type ServerHere, serversHere } from "./call.ts";
import { DictProxy, entriesOf } from "./dict_proxy.ts";
import { errors } from "./errors.ts";
import { HostedDict } from "./hosted_dict.ts";
import { HostedList } from "./hosted_list.ts";
import { HostedNamespace } from "./hosted_namespace.ts";
import { HostedPool } from "./hosted_pool.ts";
import { HostedSet } from "./hosted_set.ts";
import { ListProxy } from "./list_proxy.ts";
import { NamespaceProxy } from "./namespace_proxy.ts";
import { GenericProxy } from "./object_proxy.ts";
import { PoolProxy } from "./pool_proxy.ts";
import { makeObject, publicMethods, type RegisteredType } from "./registry.ts";
import type { RemoteObject } from "./remote_object.ts";
import type { ServerStart } from "./server_start.ts";
import { beginEnd, leaveFailure, makeProxyBlock, requestsOf, shutDown } from "./server_block.ts";
import { SetProxy } from "./set_proxy.ts";

// deno-lint-ignore no-explicit-any
type AnyFunction = (...args: any[]) => any;

/** An object that the server holds. */
interface Hosted {
  object: object;
  /** The server's own handle of the proxy: when it is the last one, the object is forgotten. */
  proxy: RemoteObject;
  exposed: Set<string>;
  type: RegisteredType;
}

/** A type that every manager has. */
interface BuiltIn {
  make: (args: unknown[]) => object;
  proxy: (address: number) => RemoteObject;
  /** Whether its objects do nothing but answer. */
  passive: boolean;
}

const BUILT_IN: Record<string, BuiltIn> = {
  list: {
    make: ([items]) => new HostedList(items as unknown[]),
    proxy: (address) => new ListProxy(address),
    passive: true,
  },
  dict: {
    make: ([entries = []]) => new HostedDict(entriesOf(entries)),
    proxy: (address) => new DictProxy(address),
    passive: true,
  },
  Set: {
    make: ([values]) => new HostedSet(values as string[]),
    proxy: (address) => new SetProxy(address),
    passive: true,
  },
  Namespace: {
    make: ([values]) => new HostedNamespace(values as Record<string, unknown>),
    proxy: (address) => new NamespaceProxy(address),
    passive: true,
  },
  Pool: {
    make: (args) => new HostedPool(args),
    proxy: (address) => new PoolProxy(address),
    passive: false,
  },
};

/** Milliseconds after which timers, events and finalizers of the server have their turn. */
const TURN = 5;

/** Milliseconds between two looks for objects that nobody uses any more. */
const SWEEP = 100;

class Server implements ServerHere {
  readonly #manager: Shareable;
  readonly #address: number;
  readonly #types: Map<string, RegisteredType>;
  readonly #hosted = new Map<number, Hosted>();
  /** Promises that calls wait for. */
  #awaited = 0;
  /** Whether something here may want to act by itself, so that this thread must not block. */
  #lively: boolean;
  #swept = 0;

  constructor(manager: Shareable, types: Map<string, RegisteredType>, lively: boolean) {
    this.#manager = manager; // kept, because it holds the block
    this.#address = manager.address;
    this.#types = types;
    this.#lively = lively;
  }

  /** Serve until told to shut down. */
  async run(): Promise<void> {
    const requests = requestsOf(this.#address);
    let turn = performance.now();
    for (;;) {
      throwIfStopped();
      const closed = isClosed(requests); // looked at first: what was put before the close still counts
      const request = tryTake(requests);
      if (request !== NOTHING) this.#serve(request as Request);
      else if (closed) return await this.#end();
      else if (!spinForData(requests)) {
        this.#sweep();
        // Nobody can ask for anything any more: only this server knows of itself.
        if (this.#hosted.size === 0 && holdersOf(this.#address) === 1) shutDown(this.#address);
        await this.#idle(requests);
        turn = performance.now();
      }
      if (performance.now() - turn > TURN) {
        await nextTurn();
        this.#sweep();
        turn = performance.now();
      }
    }
  }

  /** Sleep for a slice: blocking, which is woken sooner, unless something here has to go on meanwhile. */
  async #idle(requests: number): Promise<void> {
    const slice = dataSliceSteps(requests);
    if (this.#lively || this.#awaited > 0) {
      await runAsync(slice, Infinity);
    } else {
      runBlocking(slice, Infinity);
      if (pending(requests) <= 0) await nextTurn();
    }
  }

  #serve([call, target, method, args, functions]: Request): void {
    if (!call) {
      this.callHere(target, method, args);
      return;
    }
    const loading = functions && ensureLoaded(functions);
    if (loading) {
      this.#answerLater(
        call,
        loading.then(() => this.#call(call, target, method, functions, args)),
      );
      return;
    }
    try {
      const result = this.#call(call, target, method, functions, args);
      if (isThenable(result)) this.#answerLater(call, result);
      else succeed(call, result);
    } catch (error) {
      fail(call, error);
    }
  }

  #call(
    call: Call,
    target: number,
    method: string,
    functions: number[] | undefined,
    args: unknown[],
  ): unknown {
    return this.callHere(target, method, functions ? call.openArguments() : args);
  }

  async #answerLater(call: Call, result: PromiseLike<unknown>): Promise<void> {
    this.#awaited++;
    try {
      succeed(call, await result);
    } catch (error) {
      fail(call, error);
    } finally {
      this.#awaited--;
    }
  }

  /** Call a method of an object, or of the server itself. */
  callHere(target: number, method: string, args: unknown[]): unknown {
    if (target === 0) return this.#own(method, args);
    const hosted = this.#hosted.get(target);
    if (!hosted) throw errors.gone();
    const { object, exposed, type, proxy } = hosted;
    if (!exposed.has(method)) {
      if (method === "toString") return Deno.inspect(object);
      throw errors.notExposed(method, proxy.typeid, exposed);
    }
    const methods = object as Record<string, AnyFunction>;
    if (typeof methods[method] !== "function") throw errors.noMethod(method, proxy.typeid);
    const result = methods[method](...args);
    const typeid = type.methodToTypeid?.[method];
    if (typeid === undefined) return result;
    return isThenable(result)
      ? result.then((value) => this.#create(typeid, [value]))
      : this.#create(typeid, [result]);
  }

  #own(method: string, args: unknown[]): unknown {
    if (method === "numberOfObjects") {
      this.#forgetUnused();
      return this.#hosted.size;
    }
    if (method === "host") {
      const [proxy, typeid, given] = args as [RemoteObject, string, unknown[]];
      return this.#host(proxy, BUILT_IN[typeid]!.make(given), { callable: undefined });
    }
    const [typeid, given] = args as [string, unknown[]];
    return this.#create(typeid, given);
  }

  /** Make an object and give a proxy of it. */
  #create(typeid: string, args: unknown[]): unknown {
    const type = this.#types.get(typeid);
    const builtIn = BUILT_IN[typeid];
    if (type) {
      this.#lively = true;
      const object = makeObject(type, args);
      return isThenable(object)
        ? object.then((made) => this.#hostType(typeid, made, type))
        : this.#hostType(typeid, object, type);
    }
    if (!builtIn) {
      throw errors.unknownType(typeid, [...Object.keys(BUILT_IN), ...this.#types.keys()]);
    }
    if (!builtIn.passive) this.#lively = true;
    const object = builtIn.make(args);
    const proxy = builtIn.proxy(makeProxyBlock(this.#address));
    this.#host(proxy, object, { callable: undefined });
    return proxy;
  }

  #hostType(typeid: string, value: unknown, type: RegisteredType): RemoteObject {
    const object = Object(value);
    const exposed = type.exposed ?? [...publicMethods(object)];
    const proxy = new GenericProxy(makeProxyBlock(this.#address), typeid, exposed);
    this.#host(proxy, object, type);
    return proxy;
  }

  #host(proxy: RemoteObject, object: object, type: RegisteredType): void {
    const exposed = type.exposed ? new Set(type.exposed) : publicMethods(object);
    this.#hosted.set(proxy.address, { object, proxy, exposed, type });
  }

  /** Forget what nobody but this server has a handle of, and what only that held. */
  #sweep(): void {
    const now = performance.now();
    if (now - this.#swept < SWEEP) return;
    this.#swept = now;
    this.#forgetUnused();
  }

  #forgetUnused(): void {
    for (let some = true; some;) {
      some = false;
      for (const [address, hosted] of this.#hosted) {
        if (holdersOf(address) > 1) continue;
        some = true;
        this.#hosted.delete(address);
        hosted.proxy.dispose();
        disposeOf(hosted.object).catch(reportError);
      }
    }
  }

  /** Let go of all objects, and wait for those that take their time, such as a pool. */
  async #end(): Promise<void> {
    beginEnd(this.#address);
    const ends = [...this.#hosted.values()].map(({ object }) => disposeOf(object));
    this.#hosted.clear();
    for (const { reason } of await Promise.allSettled(ends) as PromiseRejectedResult[]) {
      if (reason !== undefined) console.error(reason);
    }
  }
}

async function disposeOf(object: object): Promise<void> {
  const { [Symbol.asyncDispose]: later, [Symbol.dispose]: now } = object as
    & Partial<AsyncDisposable>
    & Partial<Disposable>;
  if (object instanceof Shareable) return;
  if (typeof later === "function") await later.call(object);
  else if (typeof now === "function") now.call(object);
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function isThenable(value: unknown): value is Promise<unknown> {
  return typeof value === "object" && value !== null && !(value instanceof Shareable) &&
    typeof (value as PromiseLike<unknown>).then === "function";
}

function succeed(call: Call, result: unknown): void {
  throwIfStopped(); // a server that was given up must write nothing more
  let words: number;
  try {
    words = encodeResult(result, undefined);
  } catch (error) {
    return fail(call, error);
  }
  call.answer(false, words);
}

function fail(call: Call, error: unknown): void {
  throwIfEnding(error); // the callers see that the server ended
  throwIfStopped();
  call.answer(true, encodeFailure(error, currentProcess().name, 0));
}

/** Be the server of a manager until it is shut down. `manager` is the handle through which its block arrives. */
export async function serve(
  manager: Shareable,
  { types, initializer, initargs }: ServerStart,
): Promise<void> {
  allowChildren();
  const server = new Server(manager, types, initializer !== undefined);
  serversHere.set(manager.address, server);
  try {
    await initializer?.(...initargs);
  } catch (error) {
    if (!(error instanceof ExitSignal || error instanceof StoppedError)) {
      leaveFailure(manager.address, error);
    }
    throw error;
  }
  await server.run();
}
