import { refuseClass } from "@polycore/shm/internal";
import type { Chunk } from "./chunks.ts";
import type { PoolTask } from "./job_table.ts";
import { type GetOptions, within } from "./timeout.ts";

/** Something that sends tasks now and then until its inputs are used up. */
export interface Feed {
  /** Send without waiting for results to be fetched: somebody waits for the end. */
  hurry(): void;
}

/** What an {@linkcode ImapIterator} needs of its pool. */
export interface ImapSource {
  /** The next chunk of inputs, or `undefined` at their end; throws what the inputs' iterator throws. */
  nextChunk(): Chunk | undefined;
  /** No more inputs are wanted. */
  closeInputs(): void;
  /** Called at the beginning, and when all inputs were sent or no more are wanted. */
  begin(feed: Feed): void;
  /** See `begin`. */
  end(feed: Feed): void;
  /** Send a chunk. */
  send(chunk: Chunk, task: PoolTask): void;
  /** Name of the function, for errors. */
  fn: string;
  /** Inputs in a chunk. */
  chunkSize: number;
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
  /** Inputs that are on their way, and results that wait to be fetched. */
  #underWay = 0;
  #waiting = 0;
  #hurried = false;
  #left = false;
  #ended: { error?: unknown } | undefined;
  #ready: Item[] = [];
  #arrival = Promise.withResolvers<void>();

  /** Made by a pool. */
  constructor(source: ImapSource) {
    this.#source = source;
    source.begin(this);
    this.#feed();
  }

  /** Called by the pool when it is closed and waited for: inputs are taken although nobody fetches. */
  hurry(): void {
    this.#hurried = true;
    this.#feed();
  }

  #hasRoom(): boolean {
    const { chunkSize, buffersize } = this.#source;
    const out = this.#underWay + (this.#hurried ? 0 : this.#waiting);
    return out === 0 || out + chunkSize <= buffersize;
  }

  #finishFeed(how: { error?: unknown }): void {
    this.#ended = how;
    this.#source.end(this);
  }

  /** Send inputs while there is room in the buffer. */
  #feed(): void {
    while (!this.#ended && this.#hasRoom()) {
      try {
        const chunk = this.#source.nextChunk();
        if (!chunk) this.#finishFeed({});
        else this.#send(chunk);
      } catch (error) {
        this.#finishFeed({ error });
      }
    }
  }

  #send(chunk: Chunk): void {
    const index = this.#sent;
    this.#source.send(chunk, {
      id: 0,
      fn: this.#source.fn,
      first: this.#inputsSent,
      settle: (ok, value) => {
        const items: Item[] = ok
          ? (value as unknown[]).map((v) => ({ ok: true, value: v }))
          : [{ ok: false, error: value }];
        this.#underWay -= chunk.length;
        this.#arrived(index, items);
      },
    });
    this.#sent++;
    this.#inputsSent += chunk.length;
    this.#underWay += chunk.length;
  }

  #arrived(index: number, items: Item[]): void {
    this.#waiting += items.length;
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
    this.#arrival.resolve();
    this.#arrival = Promise.withResolvers();
    if (this.#hurried) this.#feed();
  }

  /**
   * The next result.
   *
   * @throws {TimeoutError} If it was not there in time; ask again.
   */
  async next(options?: GetOptions): Promise<IteratorResult<R, undefined>> {
    while (this.#ready.length === 0 || this.#left) {
      if (this.#left || this.#ended && this.#first === this.#sent) return this.#end();
      const { promise } = this.#arrival;
      await (options === undefined ? promise : within(promise, this.#source.fn, options));
    }
    const item = this.#ready.shift()!;
    this.#waiting--;
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
    if (!this.#ended) this.#source.closeInputs();
    this.#left = true;
    this.#ready = [];
    this.#finishFeed({});
    this.#arrival.resolve(); // somebody may be waiting in next()
    return Promise.resolve({ done: true, value: undefined });
  }

  /** The iterator itself. */
  [Symbol.asyncIterator](): this {
    return this;
  }
}

refuseClass(ImapIterator, "an iterator of results", "collect its values first");
