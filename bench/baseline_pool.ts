/**
 * The base line of the tiny tasks: the pool that one writes first, on `postMessage`.
 *
 * Every task is one message there, one back and one promise; all are posted right away, to the
 * workers in turn.
 *
 * @module
 */

/**
 * What goes to a worker: the function's name, its arguments, and a number to know the answer by.
 */
export interface TaskMessage {
  /** The number of the task. */
  id: number;
  /** The name of the function. */
  name: string;
  /** Its arguments. */
  args: unknown[];
}

/** What comes back. */
export type ResultMessage = { id: number; value: unknown } | { id: number; error: unknown };

/** A promise that waits for its answer. */
interface Waiting {
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/** A plain pool, whose functions stand in `baseline_worker.ts`. */
export class BaselinePool {
  #workers: Worker[];
  #waiting = new Map<number, Waiting>();
  #id = 0;

  /** @param workers Number of workers. */
  constructor(workers: number) {
    const url = new URL("./baseline_worker.ts", import.meta.url);
    this.#workers = Array.from({ length: workers }, () => new Worker(url, { type: "module" }));
    for (const worker of this.#workers) {
      worker.onmessage = ({ data }: MessageEvent<ResultMessage>) => {
        const { resolve, reject } = this.#waiting.get(data.id)!;
        this.#waiting.delete(data.id);
        if ("error" in data) reject(data.error);
        else resolve(data.value);
      };
    }
  }

  /**
   * Hand out one task.
   *
   * @param name The name of the function.
   * @param args Its arguments.
   * @returns What the function returns.
   */
  submit(name: string, args: unknown[]): Promise<unknown> {
    const id = this.#id++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      const message: TaskMessage = { id, name, args };
      this.#workers[id % this.#workers.length].postMessage(message);
    });
  }

  /** End the workers. */
  [Symbol.dispose](): void {
    for (const worker of this.#workers) worker.terminate();
  }
}
