/**
 * The base line of the tiny tasks: the lightest pool that `postMessage` allows.
 *
 * Every task is one message there and one back, posted right away to the workers in turn. A message is the bare
 * number, with no id around it, since a worker answers in the order of asking; so nothing is left to save but the
 * messages themselves.
 *
 * @module
 */

/** A pool whose tasks are messages. The function is `x + 1`, built into its workers. */
export class BaselinePool {
  #workers: { worker: Worker; waiting: ((result: number) => void)[]; answered: number }[];
  #next = 0;

  /** @param workers Number of workers. */
  constructor(workers: number) {
    this.#workers = Array.from({ length: workers }, () => {
      const url = new URL("./baseline_worker.ts", import.meta.url);
      const entry = {
        worker: new Worker(url, { type: "module" }),
        waiting: [] as ((result: number) => void)[],
        answered: 0,
      };
      entry.worker.onmessage = ({ data }) => {
        entry.waiting[entry.answered++](data);
        // Taking each off the front would cost more and more; the list is dropped when all have come.
        if (entry.answered === entry.waiting.length) entry.waiting = [], entry.answered = 0;
      };
      return entry;
    });
  }

  /**
   * Hand out one task.
   *
   * @param x The number.
   * @returns `x + 1`, from a worker.
   */
  submit(x: number): Promise<number> {
    const { worker, waiting } = this.#workers[this.#next];
    this.#next = (this.#next + 1) % this.#workers.length;
    return new Promise((resolve) => {
      waiting.push(resolve);
      worker.postMessage(x);
    });
  }

  /** End the workers. */
  [Symbol.dispose](): void {
    for (const { worker } of this.#workers) worker.terminate();
  }
}
