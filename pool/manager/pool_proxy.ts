import { AsyncResult, type Callbacks } from "../async_result.ts";
import { checkFunction, checkIterable, checkOptions } from "../check.ts";
import { errors } from "../errors.ts";
import { nameOf } from "../functions.ts";
import { unfold } from "../partial.ts";
import type { ImapOptions, MapOptions } from "../pool.ts";
import { checkGetOptions, type GetOptions } from "../timeout.ts";
import { callAsync } from "./call.ts";
import { defineProxy, RemoteObject } from "./remote_object.ts";
import { serverOf } from "./server_block.ts";

// deno-lint-ignore no-explicit-any
type AnyFunction = (...args: any[]) => any;

const MAP_OPTIONS = ["chunkSize", "timeout", "signal", "callback", "errorCallback"];

/**
 * A {@linkcode Pool} that lives in the server of a manager, so that several threads can give it work. Made
 * by `manager.Pool()`. Python's `PoolProxy`.
 *
 * Its methods are those of a `Pool`. Inputs are sent to the server at once, so they cannot be endless, and
 * each result takes the way over the server: a `Pool` of the thread's own is faster.
 *
 * @example
 * ```ts
 * import { Manager } from "@polycore/pool";
 * import { assertEquals } from "@std/assert";
 *
 * await using manager = new Manager();
 * const pool = manager.Pool(2);
 * assertEquals(await pool.map((x: number) => x * x, [1, 2, 3]), [1, 4, 9]);
 * ```
 */
export class PoolProxy extends RemoteObject {
  /** The name under which the manager makes such objects. */
  override readonly typeid = "Pool";

  /** Made by a manager. */
  constructor(address: number) {
    super(address, POOL);
  }

  #call(method: string, args: unknown[]): Promise<unknown> {
    return callAsync(this, serverOf(this.address), this.address, method, args);
  }

  #result<R>(
    method: string,
    fn: AnyFunction,
    args: unknown[],
    callbacks?: Callbacks<R>,
  ): AsyncResult<R> {
    checkFunction("The first argument", fn);
    const result = new AsyncResult<R>(nameOf(fn), callbacks);
    this.#call(method, [unfold(fn, []), ...args]).then(
      (value) => result.settle(true, value),
      (error) => result.settle(false, error),
    );
    return result;
  }

  /** Call `fn(...args)` in a worker of the pool. */
  async apply<A extends unknown[], R>(
    fn: (...args: A) => R,
    args: A = [] as unknown as A,
    options?: GetOptions,
  ): Promise<Awaited<R>> {
    checkGetOptions(options);
    return await this.applyAsync(fn, args).get(options);
  }

  /** As {@linkcode PoolProxy.apply}, without waiting. */
  applyAsync<A extends unknown[], R>(
    fn: (...args: A) => R,
    args: A = [] as unknown as A,
    callbacks?: Callbacks<Awaited<R>>,
  ): AsyncResult<Awaited<R>> {
    if (!Array.isArray(args)) throw errors.notArguments(args);
    return this.#result("apply", fn, [args], callbacks);
  }

  /** Call `fn` on each input; the results are in the order of the inputs. */
  async map<T, R>(
    fn: (input: T) => R,
    inputs: Iterable<T>,
    options?: MapOptions,
  ): Promise<Awaited<R>[]> {
    checkGetOptions(options);
    return await this.mapAsync(fn, inputs, options).get(options);
  }

  /** As {@linkcode PoolProxy.map}, without waiting. */
  mapAsync<T, R>(
    fn: (input: T) => R,
    inputs: Iterable<T>,
    options: Pick<MapOptions, "chunkSize"> & Callbacks<Awaited<R>[]> = {},
  ): AsyncResult<Awaited<R>[]> {
    checkOptions("map", options, MAP_OPTIONS);
    const { chunkSize } = options;
    return this.#result("map", fn, [[...checkIterable(inputs)], { chunkSize }], options);
  }

  /** As {@linkcode PoolProxy.map}; each input is an array of arguments. */
  async starmap<A extends unknown[], R>(
    fn: (...args: A) => R,
    inputs: Iterable<A>,
    options?: MapOptions,
  ): Promise<Awaited<R>[]> {
    checkGetOptions(options);
    return await this.starmapAsync(fn, inputs, options).get(options);
  }

  /** As {@linkcode PoolProxy.starmap}, without waiting. */
  starmapAsync<A extends unknown[], R>(
    fn: (...args: A) => R,
    inputs: Iterable<A>,
    options: Pick<MapOptions, "chunkSize"> & Callbacks<Awaited<R>[]> = {},
  ): AsyncResult<Awaited<R>[]> {
    checkOptions("starmap", options, MAP_OPTIONS);
    const { chunkSize } = options;
    return this.#result("starmap", fn, [[...checkIterable(inputs)], { chunkSize }], options);
  }

  /** Results one by one, in the order of the inputs. */
  imap<T, R>(
    fn: (input: T) => R,
    inputs: Iterable<T>,
    options?: ImapOptions,
  ): AsyncIterableIterator<Awaited<R>, undefined> {
    return this.#imap(fn, inputs, true, options);
  }

  /** As {@linkcode PoolProxy.imap}, each result as soon as it is there. */
  imapUnordered<T, R>(
    fn: (input: T) => R,
    inputs: Iterable<T>,
    options?: ImapOptions,
  ): AsyncIterableIterator<Awaited<R>, undefined> {
    return this.#imap(fn, inputs, false, options);
  }

  #imap<R>(
    fn: AnyFunction,
    inputs: Iterable<unknown>,
    ordered: boolean,
    options: ImapOptions = {},
  ): AsyncIterableIterator<R, undefined> {
    checkFunction("The first argument", fn);
    checkOptions("imap", options, ["chunkSize", "buffersize"]);
    const given = [unfold(fn, []), [...checkIterable(inputs)], ordered, options];
    const begun = this.#call("beginImap", given);
    begun.catch(() => {}); // thrown again by whoever asks for the first result
    const ask = async (method: string) => await this.#call(method, [await begun]);
    return {
      next: async () => await ask("nextOf") as IteratorResult<R, undefined>,
      return: async () => {
        await ask("endOf");
        return { done: true, value: undefined };
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }

  /** How many workers the pool has. */
  get processes(): number {
    return this.callMethod("processes") as number;
  }

  /** Take no more tasks; the workers end when all are done. */
  close(): void {
    this.callMethod("close");
  }

  /** End the workers now; results that are not there yet reject. */
  terminate(): void {
    this.callMethod("terminate");
  }

  /**
   * Wait until the workers have ended.
   *
   * @throws {Error} If neither `close` nor `terminate` was called before.
   */
  async join(): Promise<void> {
    await this.#call("join", []);
  }

  /** Terminate the pool and wait when the block ends. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#call("terminate", []);
    await this.join();
    this.dispose();
  }
}

const POOL = defineProxy(37, (address) => new PoolProxy(address));
