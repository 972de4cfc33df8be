/**
 * The first module of every thread. It receives the shared memory before any module that uses it is
 * loaded, and then hands over to the module that it is told.
 *
 * @module
 */

import { START_KEY, type ThreadStart } from "./start_key.ts";

/** The first message to a thread. */
export interface FirstMessage extends ThreadStart {
  /** The module whose `main` is called. */
  module: string;
  /** What `main` gets. */
  data: unknown;
}

if ("WorkerGlobalScope" in globalThis) {
  addEventListener("message", async (event) => {
    const { memory, threadId, port, module, data } = (event as MessageEvent<FirstMessage>).data;
    Object.defineProperty(globalThis, START_KEY, { value: { memory, threadId, port } });
    const { main } = await import(module);
    await main(data);
  }, { once: true });
}
