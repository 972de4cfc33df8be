import type { FirstMessage } from "./entry.ts";
import { openPort } from "./main_port.ts";
import { memory } from "./memory.ts";
import { bury, enrol } from "./threads.ts";

/** A thread that was started: its worker and its number. */
export interface Thread {
  /** The Web Worker. */
  worker: Worker;
  /** The number in the thread table. */
  id: number;
}

/**
 * Start a thread on the shared memory. It imports `module` and calls its exported `main(data)`. Only for
 * the main thread: a worker's own worker takes half a second to start, and ends with its parent.
 *
 * @param name Its name in errors and listings.
 * @param module The URL of the module.
 * @param data A structured-cloneable value.
 * @param enrolled Its number, if somebody enrolled it before, who then buries it when it cannot start.
 */
export function startThread(
  name: string,
  module: string | URL,
  data: unknown,
  enrolled?: number,
): Thread {
  const id = enrolled ?? enrol(name);
  let worker: Worker | undefined;
  try {
    worker = new Worker(new URL("./entry.ts", import.meta.url), { type: "module", name });
    const port = openPort(id);
    const first: FirstMessage = { memory, threadId: id, port, module: String(module), data };
    worker.postMessage(first, [port]);
    return { worker, id };
  } catch (error) {
    worker?.terminate();
    if (enrolled === undefined) bury(id); // data that cannot be cloned, or no permission: a thread that never was
    throw error;
  }
}
