/** What a new thread is handed before it loads any other module of this package. */
export interface ThreadStart {
  /** The program's memory. */
  memory: WebAssembly.Memory;
  /** The number of the new thread. */
  threadId: number;
  /** The way to the main thread; see `main_port.ts`. */
  port: MessagePort;
}

/** The property of `globalThis` in which a new thread finds its {@linkcode ThreadStart}. */
export const START_KEY: unique symbol = Symbol.for("polycore.start.1") as typeof START_KEY;
