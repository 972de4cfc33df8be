import type { ImapIterator } from "../imap.ts";
import { type PartialParts, toPartial } from "../partial.ts";
import { type ImapOptions, Pool, type PoolOptions } from "../pool.ts";

// deno-lint-ignore no-explicit-any
type AnyFunction = (...args: any[]) => any;

/** A function as it travels: a `partial` in its parts. */
function functionOf([fn, args]: PartialParts): AnyFunction {
  return args.length > 0 ? toPartial([fn, args]) : fn;
}

/** A pool in the server. */
export class HostedPool {
  readonly #pool: Pool;
  readonly #iterators: Map<number, ImapIterator<unknown>> = new Map();
  #last = 0;

  constructor([processes, options]: unknown[]) {
    this.#pool = new Pool(processes as number | null, options as PoolOptions);
  }

  apply(fn: PartialParts, args: unknown[]): Promise<unknown> {
    return this.#pool.apply(functionOf(fn), args);
  }

  map(fn: PartialParts, inputs: unknown[], options: { chunkSize?: number }): Promise<unknown[]> {
    return this.#pool.map(functionOf(fn), inputs, options);
  }

  starmap(
    fn: PartialParts,
    inputs: unknown[][],
    options: { chunkSize?: number },
  ): Promise<unknown> {
    return this.#pool.starmap(functionOf(fn), inputs, options);
  }

  /** Begin an `imap`; gives its number. */
  beginImap(fn: PartialParts, inputs: unknown[], ordered: boolean, options: ImapOptions): number {
    const how = ordered ? "imap" : "imapUnordered";
    this.#iterators.set(++this.#last, this.#pool[how](functionOf(fn), inputs, options));
    return this.#last;
  }

  /** The next result of an `imap`. */
  async nextOf(number: number): Promise<IteratorResult<unknown>> {
    const step = await this.#iterators.get(number)?.next();
    if (step?.done !== false) this.#iterators.delete(number);
    return step ?? { done: true, value: undefined };
  }

  /** Nobody wants more of an `imap`. */
  async endOf(number: number): Promise<void> {
    await this.#iterators.get(number)?.return();
    this.#iterators.delete(number);
  }

  close(): void {
    this.#pool.close();
  }

  terminate(): void {
    this.#pool.terminate();
  }

  async join(): Promise<void> {
    await this.#pool.join();
  }

  processes(): number {
    return this.#pool.processes;
  }

  toString(): string {
    return Deno.inspect(this.#pool);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#pool.terminate();
    await this.#pool.join();
  }
}
