/**
 * Every error of this package: its classes, and one table of its texts.
 *
 * @module
 */

import { DeadlockError } from "@polycore/sync";
import { registerErrorClass } from "./codec/mod.ts";

/**
 * `get` found nothing in time. Python's `queue.Empty`.
 *
 * @example
 * ```ts
 * import { Queue, QueueEmpty } from "@polycore/shm";
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(() => new Queue().getNowait(), QueueEmpty);
 * ```
 */
export class QueueEmpty extends Error {
  /** The class, also after the error crossed over from another thread. */
  override name = "QueueEmpty";
}

/**
 * `put` found no room in time. Python's `queue.Full`.
 *
 * @example
 * ```ts
 * import { Queue, QueueFull } from "@polycore/shm";
 * import { assertThrows } from "@std/assert";
 *
 * const queue = new Queue<number>(1);
 * queue.put(1);
 * assertThrows(() => queue.putNowait(2), QueueFull);
 * ```
 */
export class QueueFull extends Error {
  /** The class, also after the error crossed over from another thread. */
  override name = "QueueFull";
}

/**
 * A queue or connection was used after it was closed. Python's `ValueError` and `OSError` there.
 *
 * @example
 * ```ts
 * import { ClosedError, Queue } from "@polycore/shm";
 * import { assertThrows } from "@std/assert";
 *
 * const queue = new Queue();
 * queue.close();
 * assertThrows(() => queue.put(1), ClosedError, "is closed");
 * ```
 */
export class ClosedError extends Error {
  /** The class, also after the error crossed over from another thread. */
  override name = "ClosedError";
}

/**
 * `recv` found nothing, and nothing can come any more: the other end is closed. Python's `EOFError`.
 *
 * @example
 * ```ts
 * import { EOFError, Pipe } from "@polycore/shm";
 * import { assertThrows } from "@std/assert";
 *
 * const [a, b] = Pipe();
 * b.close();
 * assertThrows(() => a.recv(), EOFError);
 * ```
 */
export class EOFError extends Error {
  /** The class, also after the error crossed over from another thread. */
  override name = "EOFError";
}

/**
 * `send` found that nobody can receive: the other end is closed. Python's `BrokenPipeError`.
 *
 * @example
 * ```ts
 * import { BrokenPipeError, Pipe } from "@polycore/shm";
 * import { assertThrows } from "@std/assert";
 *
 * const [a, b] = Pipe();
 * b.close();
 * assertThrows(() => a.send(1), BrokenPipeError);
 * ```
 */
export class BrokenPipeError extends Error {
  /** The class, also after the error crossed over from another thread. */
  override name = "BrokenPipeError";
}

/**
 * A message of bytes did not fit where it was to be written. The message is not lost: it is in
 * {@linkcode BufferTooShort.bytes}. Python's `multiprocessing.BufferTooShort`.
 *
 * @example
 * ```ts
 * import { BufferTooShort, Pipe } from "@polycore/shm";
 * import { assertEquals, assertThrows } from "@std/assert";
 *
 * const [a, b] = Pipe();
 * a.sendBytes(new Uint8Array([1, 2, 3]));
 * const error = assertThrows(() => b.recvBytesInto(new Uint8Array(2)), BufferTooShort);
 * assertEquals(error.bytes, new Uint8Array([1, 2, 3]));
 * ```
 */
export class BufferTooShort extends Error {
  /** The class, also after the error crossed over from another thread. */
  override name = "BufferTooShort";
  /** The whole message. Python's `args[0]`. */
  bytes: Uint8Array;

  /** Made by the library. */
  constructor(message: string, bytes: Uint8Array = new Uint8Array()) {
    super(message);
    this.bytes = bytes;
  }
}

/**
 * A shared memory of that name is there already. Python's `FileExistsError`.
 *
 * @example
 * ```ts
 * import { FileExistsError, SharedMemory } from "@polycore/shm";
 * import { assertThrows } from "@std/assert";
 *
 * const memory = SharedMemory.create("taken", 8);
 * assertThrows(() => SharedMemory.create("taken", 8), FileExistsError);
 * memory.unlink();
 * ```
 */
export class FileExistsError extends Error {
  /** The class, also after the error crossed over from another thread. */
  override name = "FileExistsError";
}

/**
 * No shared memory has that name. Python's `FileNotFoundError`.
 *
 * @example
 * ```ts
 * import { FileNotFoundError, SharedMemory } from "@polycore/shm";
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(() => SharedMemory.attach("unheard of"), FileNotFoundError);
 * ```
 */
export class FileNotFoundError extends Error {
  /** The class, also after the error crossed over from another thread. */
  override name = "FileNotFoundError";
}

for (
  const cls of [
    QueueEmpty,
    QueueFull,
    ClosedError,
    EOFError,
    BrokenPipeError,
    BufferTooShort,
    FileExistsError,
    FileNotFoundError,
  ]
) {
  registerErrorClass(cls);
}

const show = (value: unknown) => typeof value === "string" ? JSON.stringify(value) : String(value);

function takes(typecode: string): string {
  if ("qQ".includes(typecode)) return "a bigint or a whole number";
  return "fd".includes(typecode) ? "a number" : "a whole number, so round it first";
}

/** The texts, each with what was seen, what is allowed and the way out. */
export const errors = {
  empty: (): Error => new QueueEmpty("The queue is empty: nothing came within the time allowed."),
  noData: (): Error =>
    new QueueEmpty("Nothing came through the pipe within the time allowed, and it is still open."),
  full: (maxsize: number): Error =>
    new QueueFull(
      `The queue is full: it holds its ${maxsize} items and none was taken in the time allowed.`,
    ),
  queueClosed: (): Error =>
    new ClosedError("The queue is closed: this thread called close(), so it can use it no more."),
  taskDoneTooOften: (): Error =>
    new RangeError(
      "task_done() called too many times: every item that was put is done already, so call taskDone() " +
        "once for each get().",
    ),
  joinStuck: (unfinished: number, cause: DeadlockError): Error =>
    Object.assign(
      new DeadlockError(
        `Deadlock: join() waits for ${unfinished} unfinished items, and every other thread waits or has ` +
          "ended. Call taskDone() in a finally block, so that a consumer that fails says so too, or " +
          "give join() a timeout.",
        cause.cycle,
      ),
      { cause },
    ),
  connectionClosed: (): Error =>
    new ClosedError("handle is closed: this thread called close() on its end of the pipe."),
  notConnection: (value: unknown): Error =>
    new TypeError(
      "connectionWait takes connections, the ends of a Pipe, and processes; " +
        `one of them is ${show(value)}.`,
    ),
  notConnections: (value: unknown): Error =>
    new TypeError(`connectionWait takes a list of connections: it is ${show(value)}.`),
  readOnly: (): Error =>
    new TypeError("connection is read-only: send from the second end of Pipe(false)."),
  writeOnly: (): Error =>
    new TypeError("connection is write-only: receive at the first end of Pipe(false)."),
  eof: (): Error =>
    new EOFError("The other end of the pipe is closed and everything it sent was received."),
  brokenPipe: (): Error =>
    new BrokenPipeError("The other end of the pipe is closed: nobody can receive this."),
  bytesLike: (what: string, value: unknown): Error =>
    new TypeError(
      `${what} is ${show(value)}: a buffer or a view on one is needed, such as a Uint8Array.`,
    ),
  wholeNumber: (what: string, value: unknown): Error =>
    new TypeError(`${what} is ${show(value)}: it must be a whole number of bytes.`),
  badPart: (what: string, length: number, offset: number, size?: number): Error =>
    new RangeError(
      `${what}: the buffer has ${length} bytes, and offset is ${offset}` +
        (size === undefined ? "." : ` and size ${size}.`),
    ),
  negativeMaxlength: (maxlength: number): Error =>
    new RangeError(`negative maxlength: it is ${maxlength}, and must be at least 0.`),
  badMessageLength: (length: number, maxlength: number): Error =>
    new RangeError(
      `bad message length: a message of ${length} bytes came where ${maxlength} were allowed. This end ` +
        "receives no more in this thread.",
    ),
  notBytes: (message: unknown): Error =>
    new TypeError(
      "The message is an object and not bytes: receive with recv() what was sent with send(). It is the " +
        "cause of this error.",
      { cause: message },
    ),
  bufferTooShort: (room: number, message: Uint8Array): Error =>
    new BufferTooShort(
      `The buffer is too short: it has room for ${room} bytes and the message has ${message.length}. ` +
        "The message is in the field bytes of this error.",
      message,
    ),
  nameType: (value: unknown): Error =>
    new TypeError(`The name of a shared memory is ${show(value)}: it must be a string.`),
  nameLength: (length: number, most: number): Error =>
    new RangeError(
      `The name of a shared memory has ${length} characters: it must have 1 to ${most}.`,
    ),
  nameExists: (name: string): Error =>
    new FileExistsError(
      `A shared memory named ${show(name)} exists: attach to it, or unlink it before.`,
    ),
  nameUnknown: (name: string): Error =>
    new FileNotFoundError(
      `No shared memory is named ${show(name)}: it was not created yet, or it was unlinked.`,
    ),
  sizeType: (size: unknown): Error =>
    new TypeError(`'size' must be a positive integer: it is ${show(size)}.`),
  size: (size: number): Error =>
    new RangeError(`'size' must be a positive integer: it is ${size}.`),
  bufferLate: (milliseconds: number): Error =>
    new Error(
      `A SharedArrayBuffer did not arrive within ${milliseconds} ms: it comes by way of the main ` +
        "thread, which has been computing all that time. Let it await now and then, or use a SharedArray.",
    ),
  bug: (what: string): Error => new Error(`[polycore bug] ${what}`),
  maxsize: (value: unknown): Error =>
    new TypeError(
      `maxsize is ${show(value)}: give a whole number of items, or 0 for a queue without a bound.`,
    ),
  typecode: (value: unknown): Error =>
    new TypeError(`bad typecode ${show(value)}: it must be one of b B h H i I l L q Q f d.`),
  lockOption: (value: unknown): Error =>
    new TypeError(
      `'${show(value)}' has no method 'acquire': lock must be true, false, a Lock or an RLock.`,
    ),
  noLock: (what: string): Error =>
    new TypeError(`This ${what} was made with lock: false, so it has no lock: make it without.`),
  initializer: (value: unknown): Error =>
    new TypeError(
      `Expected a length or a sequence of numbers for the array, got ${show(value)}.`,
    ),
  length: (value: number): Error =>
    new RangeError(`The length of an array is ${value}: it must be a whole number from 0 on.`),
  index: (index: unknown, length: number): Error =>
    new RangeError(
      length === 0
        ? `Index ${show(index)} is out of range: the array is empty.`
        : `Index ${show(index)} is out of range: the array has the indices 0 to ${length - 1}.`,
    ),
  element: (typecode: string, value: unknown): Error =>
    new TypeError(
      `Cannot store ${show(value)} (${typeof value}) under typecode "${typecode}": it takes ` +
        `${takes(typecode)}.`,
    ),
};
