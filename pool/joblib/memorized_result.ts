import { memoryErrors } from "./memory_errors.ts";
import { findEntry, loadEntry, outputOf, removeFolder } from "./store.ts";

/**
 * A result that lies in a cache and was not loaded: what `callAndShelve` gives. It is small, so many can
 * be kept. joblib's `MemorizedResult`.
 *
 * @example
 * ```ts
 * import { Memory, MemorizedResult } from "@polycore/pool";
 * import { assertEquals, assertInstanceOf } from "@std/assert";
 *
 * const folder = await Deno.makeTempDir();
 * const range = new Memory(folder, { verbose: 0 }).cache((n: number) => [...Array(n).keys()]);
 * const result = await range.callAndShelve(3);
 * assertInstanceOf(result, MemorizedResult);
 * assertEquals(await result.get(), [0, 1, 2]);
 * await result.clear();
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export class MemorizedResult<T = unknown> {
  /** The file, which `load` can read in any thread; nothing if the result could not be kept on disk. */
  readonly path: string | undefined;
  #entry: string | undefined;
  #shared: boolean;
  /** The result itself if there is no cache. */
  #value: { output: T } | undefined;

  /** Made by the library. */
  constructor(entry: string | undefined, shared: boolean, value?: { output: T }) {
    this.#entry = entry;
    this.#shared = shared;
    this.#value = value;
    this.path = entry === undefined ? undefined : outputOf(entry);
  }

  /**
   * Read the result.
   *
   * @throws {RangeError} If it was cleared.
   */
  async get(): Promise<T> {
    if (this.#entry === undefined) {
      if (!this.#value) throw memoryErrors.notStored();
      return this.#value.output;
    }
    if (!findEntry(this.#entry)) throw memoryErrors.noValue(this.path!);
    return await loadEntry<T>(this.#entry, this.#shared);
  }

  /** Remove the result from the cache. */
  async clear(): Promise<void> {
    this.#value = undefined;
    if (this.#entry !== undefined) await removeFolder(this.#entry);
  }
}
