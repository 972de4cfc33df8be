import type { FirstMessage } from "./entry.ts";
import { memory } from "./memory.ts";
import { bury, enrol } from "./threads.ts";

/** A thread that was started: its worker and its number. */
export interface Thread {
  /** The Web Worker. */
  worker: Worker;
  /** The number in the thread table. */
  id: number;
}

let portFor: ((threadId: number) => MessagePort | undefined) | undefined;

/** Let each new thread have a port, for what only a port can carry. */
export function installPorts(make: (threadId: number) => MessagePort | undefined): void {
  portFor = make;
}

/**
 * Start a thread on the shared memory. It imports `module` and calls its exported `main(data)`.
 *
 * @param name Its name in errors and listings.
 * @param module The URL of the module.
 * @param data A structured-cloneable value.
 */
export function startThread(name: string, module: string | URL, data: unknown): Thread {
  const id = enrol(name);
  let worker: Worker | undefined;
  try {
    worker = new Worker(new URL("./entry.ts", import.meta.url), { type: "module", name });
    const port = portFor?.(id);
    const first: FirstMessage = { memory, threadId: id, port, module: String(module), data };
    worker.postMessage(first, port ? [port] : []);
    return { worker, id };
  } catch (error) {
    worker?.terminate();
    bury(id, 1); // data that cannot be cloned, or no permission: a thread that never was
    throw error;
  }
}
