import { type GetOptions, within } from "./async_result.ts";
import type { Chunk } from "./chunks.ts";
import type { PoolTask } from "./job_table.ts";

/** What an {@linkcode ImapIterator} needs of its pool. */
export interface ImapSource {
  /** The next chunk of inputs, or `undefined` at their end; throws what the inputs' iterator throws. */
  nextChunk(): Chunk | undefined;
  /** Send a chunk. */
  send(chunk: Chunk, task: PoolTask): void;
  /** What the call is, for errors. */
  what: string;
  /** Inputs that may be on their way or waiting to be fetched. */
  buffersize: number;
  /** Whether results come in the order of the inputs. */
  ordered: boolean;
}

/** A result, or what was thrown in place of it. */
type Item = { ok: true; value: unknown } | { ok: false; error: unknown };

/**
 * The results of `imap` and `imapUnordered`, one by one. An error takes the place of one result (of one
 * chunk, when chunks are larger than 1) and the next ones follow, as in Python.
 *
 * @example
 * ```ts
 * import { Pool } from "@polycore/pool";
 * import { assertEquals } from "@std/assert";
 *
 * await using pool = new Pool(2);
 * const results: number[] = [];
 * for await (const y of pool.imap((x: number) => x * x, [1, 2, 3])) results.push(y);
 * assertEquals(results, [1, 4, 9]);
 * ```
 */
export class ImapIterator<R> implements AsyncIterableIterator<R> {
  readonly #source: ImapSource;
  /** Results by chunk; the chunks before `#first` were fetched. */
  readonly #chunks = new Map<number, Item[]>();
  #first = 0;
  #sent = 0;
  #inputsSent = 0;
  #inputsOut = 0;
  #ended: { error?: unknown } | undefined;
  #ready: Item[] = [];
  #wake: (() => void) | undefined;

  /** Made by a pool. */
  constructor(source: ImapSource) {
    this.#source = source;
    this.#feed();
  }

  /** Send inputs while there is room in the buffer. */
  #feed(): void {
    while (!this.#ended && (this.#inputsOut < this.#source.buffersize || this.#inputsOut === 0)) {
      try {
        const chunk = this.#source.nextChunk();
        if (!chunk) this.#ended = {};
        else this.#send(chunk);
      } catch (error) {
        this.#ended = { error };
      }
    }
  }

  #send(chunk: Chunk): void {
    const index = this.#sent;
    this.#source.send(chunk, {
      id: 0,
      first: this.#inputsSent,
      describe: () => `chunk ${index} of ${this.#source.what}`,
      settle: (ok, value) => {
        const items: Item[] = ok
          ? (value as unknown[]).map((v) => ({ ok: true, value: v }))
          : [{ ok: false, error: value }];
        this.#inputsOut -= chunk.length - items.length;
        this.#arrived(index, items);
      },
    });
    this.#sent++;
    this.#inputsSent += chunk.length;
    this.#inputsOut += chunk.length;
  }

  #arrived(index: number, items: Item[]): void {
    if (this.#source.ordered) {
      this.#chunks.set(index, items);
      for (let next = this.#chunks.get(this.#first); next; next = this.#chunks.get(this.#first)) {
        this.#chunks.delete(this.#first++);
        this.#ready.push(...next);
      }
    } else {
      this.#first++;
      this.#ready.push(...items);
    }
    this.#wake?.();
  }

  /**
   * The next result.
   *
   * @throws {TimeoutError} If it was not there in time; ask again.
   */
  async next(options?: GetOptions): Promise<IteratorResult<R, undefined>> {
    while (this.#ready.length === 0) {
      if (this.#ended && this.#first === this.#sent) return this.#end();
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#wake = resolve;
      const { timeout, signal } = options ?? {};
      if (timeout === undefined && !signal) await promise;
      else await within(promise, this.#source.what, timeout, signal);
    }
    const item = this.#ready.shift()!;
    this.#inputsOut--;
    this.#feed();
    if (!item.ok) throw item.error;
    return { done: false, value: item.value as R };
  }

  #end(): IteratorResult<R, undefined> {
    const { error } = this.#ended!;
    const failed = "error" in this.#ended!;
    this.#ended = {};
    if (failed) throw error;
    return { done: true, value: undefined };
  }

  /** Called when a loop is left early: no more inputs are taken. */
  return(): Promise<IteratorResult<R, undefined>> {
    this.#ended = {};
    this.#ready = [];
    return Promise.resolve({ done: true, value: undefined });
  }

  /** The iterator itself. */
  [Symbol.asyncIterator](): this {
    return this;
  }
}
