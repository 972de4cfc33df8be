/**
 * Memory that threads share, and queues and pipes between them, with the names and the meaning of
 * Python's `multiprocessing`.
 *
 * Blocking is the plain name, the promise has the suffix `Async`; times are milliseconds. Every object
 * of this package passes through any other, nested anywhere, and arrives on the same memory.
 *
 * @example
 * ```ts
 * import { Queue, SharedArray } from "@polycore/shm";
 * import { assertEquals } from "@std/assert";
 *
 * const queue = new Queue();
 * queue.put({ data: new SharedArray("d", [1, 2, 3]) });
 * const { data } = queue.get() as { data: SharedArray<"d"> };
 * assertEquals([...data], [1, 2, 3]);
 * ```
 *
 * @module
 */
import "./foreign_buffers.ts";

export type { Bytes } from "./bytes.ts";
export { connectionWait, connectionWaitAsync } from "./connection_wait.ts";
export {
  BrokenPipeError,
  BufferTooShort,
  ClosedError,
  EOFError,
  FileExistsError,
  FileNotFoundError,
  QueueEmpty,
  QueueFull,
} from "./errors.ts";
export type { GuardOption } from "./guard.ts";
export { JoinableQueue } from "./joinable_queue.ts";
export { Connection, Pipe } from "./pipe.ts";
export { Queue } from "./queue.ts";
export { type ArrayPlace, RawArray, SharedArray, type SharedArrayOptions } from "./shared_array.ts";
export type { ElementOf, TypeCode, ViewOf } from "./typecodes.ts";
export { SharedMemory } from "./shared_memory.ts";
export { SimpleQueue } from "./simple_queue.ts";
export { RawValue, Value, type ValueOptions } from "./value.ts";
export { READY, type Waitable } from "./waitable.ts";
