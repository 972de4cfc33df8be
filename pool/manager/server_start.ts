/**
 * What the worker of a manager is started with. The server's own modules are loaded only there, so that
 * they cost other workers nothing.
 *
 * @module
 */

import type { Shareable } from "@polycore/sync";
import { task } from "../task.ts";
import type { RegisteredType } from "./registry.ts";

/** What a server is told when it starts. */
export interface ServerStart {
  /** The types that were registered. */
  types: Map<string, RegisteredType>;
  /** Run before the first request. */
  // deno-lint-ignore no-explicit-any
  initializer: ((...args: any[]) => unknown) | undefined;
  /** The initializer's arguments. */
  initargs: unknown[];
}

/** What the worker runs. */
export const startServer: (manager: Shareable, start: ServerStart) => Promise<void> = task(
  import.meta,
  async function startServer(manager: Shareable, start: ServerStart) {
    const { serve } = await import("./server.ts");
    await serve(manager, start);
  },
);
