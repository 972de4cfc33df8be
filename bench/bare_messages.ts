/**
 * The lower bound of any pool on `postMessage`: bare numbers, no function to choose and no id to
 * match.
 *
 * A worker answers in the order of asking, so a list of promises in that order is enough.
 *
 * @module
 */

/** Workers that add one to whatever number they are sent. */
export class BareMessages {
  #workers: { worker: Worker; waiting: ((result: number) => void)[]; answered: number }[];
  #next = 0;

  /** @param workers Number of workers. */
  constructor(workers: number) {
    this.#workers = Array.from({ length: workers }, () => {
      const url = new URL("./bare_worker.ts", import.meta.url);
      const entry = {
        worker: new Worker(url, { type: "module" }),
        waiting: [] as ((result: number) => void)[],
        answered: 0,
      };
      entry.worker.onmessage = ({ data }: MessageEvent<number>) => {
        entry.waiting[entry.answered++](data);
        // Taking each off the front would move all others; the list is dropped when all have come.
        if (entry.answered === entry.waiting.length) entry.waiting = [], entry.answered = 0;
      };
      return entry;
    });
  }

  /**
   * Send one number.
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
