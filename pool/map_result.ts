import { AsyncResult, type Callbacks } from "./async_result.ts";
import type { PoolTask } from "./job_table.ts";

/** The results of all inputs of a `map`, in their order; each chunk is a task. */
export class MapResult<R> extends AsyncResult<R[]> {
  readonly #parts: unknown[][];
  #left: number;
  #error: { value: unknown } | undefined;

  /** `chunks` tasks are to come. */
  constructor(fn: string, chunks: number, callbacks?: Callbacks<R[]>) {
    super(fn, callbacks);
    this.#parts = new Array(chunks);
    this.#left = chunks;
    if (chunks === 0) this.settle(true, []);
  }

  /** The task of a chunk whose first input is the `first` of all. */
  chunk(index: number, first: number): PoolTask {
    return {
      id: 0,
      fn: this.fn,
      first,
      settle: (ok, value) => {
        if (ok) this.#parts[index] = value as unknown[];
        else this.#error ??= { value }; // as in Python, the first error that arrives is raised
        if (--this.#left > 0) return; // and all chunks run whatever happens to one
        if (this.#error) this.settle(false, this.#error.value);
        else this.settle(true, this.#parts.length === 1 ? this.#parts[0] : this.#parts.flat());
      },
    };
  }
}
