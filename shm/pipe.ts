import { type AsyncWaitOptions, type Parts, Shareable, type WaitOptions } from "@polycore/sync";
import {
  allocateZeroed,
  deadlineOf,
  defineKind,
  i32,
  inspect,
  nameKind,
  release,
  retain,
  runAsync,
  runBlocking,
} from "@polycore/sync/internal";
import { type Bytes, bytesReceived, checkMaxlength, partToSend, placeFor } from "./bytes.ts";
import {
  closeChannel,
  createChannel,
  emptyChannel,
  isClosed,
  NOTHING,
  pending,
  putNow,
  tryTake,
} from "./channel.ts";
import { dataSteps, holdChannel, runHolding, spinForData, takeSteps } from "./channel_waits.ts";
import { encode } from "./codec/mod.ts";
import { errors } from "./errors.ts";

/** Words of an end: the channel that it receives from and the one that it sends to, 0 for none. */
const WORDS = 2, IN = 0, OUT = 1;

let inOf: (connection: Connection) => number;

/**
 * One end of a {@linkcode Pipe}. Python's `multiprocessing.connection.Connection`.
 *
 * An end may be used by any thread that it was sent to. It is closed when every thread that has it has
 * closed it, ended, or lost it; the other end then gets an {@linkcode EOFError} after the last value.
 *
 * @example
 * ```ts
 * import { Pipe } from "@polycore/shm";
 * import { assertEquals } from "@std/assert";
 *
 * const [a, b] = Pipe();
 * a.send("ping");
 * assertEquals(b.recv(), "ping");
 * ```
 */
export class Connection extends Shareable {
  static {
    inOf = (connection) => connection.#in();
  }

  #closed = false;
  #gaveUpReceiving = false;
  readonly #receives: number;
  readonly #sends: number;

  /** Made by {@linkcode Pipe}. */
  constructor(address: number) {
    super(address, CONNECTION);
    this.#receives = i32[address + IN]!;
    this.#sends = i32[address + OUT]!;
  }

  /** Whether this end can receive. */
  get readable(): boolean {
    return this.#receives !== 0 && !this.#gaveUpReceiving;
  }

  /** Whether this end can send. */
  get writable(): boolean {
    return this.#sends !== 0;
  }

  /** Whether this thread closed the end. */
  get closed(): boolean {
    return this.#closed;
  }

  #in(): number {
    if (this.#closed) throw errors.connectionClosed();
    if (!this.readable) throw errors.writeOnly();
    return this.#receives;
  }

  #out(): number {
    if (this.#closed) throw errors.connectionClosed();
    if (!this.writable) throw errors.readOnly();
    return this.#sends;
  }

  /**
   * Send a value to the other end. Never waits: the pipe has no bound.
   *
   * @throws {BrokenPipeError} If the other end is closed.
   * @throws {ClosedError} If this end is closed.
   * @throws {TypeError} If the value cannot be copied, or this end can only receive.
   */
  send(value: unknown): void {
    const channel = this.#out();
    if (isClosed(channel)) throw errors.brokenPipe();
    putNow(channel, encode(value, "value"));
  }

  /**
   * Receive the next value, blocking this thread until there is one.
   *
   * @param options `timeout` in milliseconds, beyond Python.
   * @throws {EOFError} If the other end is closed and nothing is left.
   * @throws {QueueEmpty} If the time was over before a value came.
   */
  recv(options?: WaitOptions): unknown {
    const channel = this.#in();
    const deadline = deadlineOf(options);
    let value = tryTake(channel);
    if (value === NOTHING) {
      if (deadline > 0) spinForData(channel);
      value = runBlocking(takeSteps(channel), deadline);
      if (value === NOTHING) throw this.#nothing(channel);
    }
    return value;
  }

  /** As {@linkcode Connection.recv}, while other work of this thread goes on. */
  async recvAsync(options?: AsyncWaitOptions): Promise<unknown> {
    const channel = this.#in();
    const deadline = deadlineOf(options);
    options?.signal?.throwIfAborted();
    using _ = holdChannel(channel); // until it was asked why there is nothing
    const value = await runAsync(takeSteps(channel), deadline, options?.signal);
    if (value === NOTHING) throw this.#nothing(channel);
    return value;
  }

  /**
   * Send bytes as one message. It keeps its place between other messages of either sort; one without any
   * bytes is a message too. Python's `send_bytes`.
   *
   * @param buf A buffer or a view on one; the bytes are copied, also those of shared memory.
   * @param offset Its first byte to send.
   * @param size How many bytes; all from there on when not given.
   * @throws {RangeError} If `buf` has no such bytes.
   * @throws {BrokenPipeError} If the other end is closed.
   * @throws {ClosedError} If this end is closed.
   * @throws {TypeError} If an argument is of the wrong kind, or this end can only receive.
   */
  sendBytes(buf: Bytes, offset = 0, size?: number): void {
    this.#out();
    this.send(partToSend(buf, offset, size));
  }

  /**
   * Receive the next message of bytes, blocking this thread until there is one. Python's `recv_bytes`.
   *
   * @param maxlength The most bytes that the message may have. After a longer one this thread can receive
   * no more at this end, as in Python.
   * @param options `timeout` in milliseconds, beyond Python.
   * @throws {RangeError} If the message is longer than that, or `maxlength` is negative.
   * @throws {TypeError} If the message is an object; `cause` of the error is the object.
   * @throws {EOFError} If the other end is closed and nothing is left.
   * @throws {QueueEmpty} If the time was over before a message came.
   */
  recvBytes(maxlength?: number, options?: WaitOptions): Uint8Array {
    this.#in();
    checkMaxlength(maxlength);
    return this.#within(bytesReceived(this.recv(options)), maxlength);
  }

  /** As {@linkcode Connection.recvBytes}, while other work of this thread goes on. */
  async recvBytesAsync(maxlength?: number, options?: AsyncWaitOptions): Promise<Uint8Array> {
    this.#in();
    checkMaxlength(maxlength);
    return this.#within(bytesReceived(await this.recvAsync(options)), maxlength);
  }

  #within(bytes: Uint8Array, maxlength = Infinity): Uint8Array {
    if (bytes.length <= maxlength) return bytes;
    if (this.writable) this.#gaveUpReceiving = true;
    else this.close();
    throw errors.badMessageLength(bytes.length, maxlength);
  }

  /**
   * Receive the next message of bytes into memory that is there already, blocking this thread until there
   * is one. Python's `recv_bytes_into`.
   *
   * @param buf Where to: a buffer or a view on one.
   * @param offset The byte of `buf` to begin at.
   * @param options `timeout` in milliseconds, beyond Python.
   * @returns How many bytes the message has.
   * @throws {BufferTooShort} If it does not fit; the error has the whole message, and `buf` is unchanged.
   * @throws {RangeError} If `buf` has no such offset.
   */
  recvBytesInto(buf: Bytes, offset = 0, options?: WaitOptions): number {
    this.#in();
    const place = placeFor(buf, offset);
    return write(bytesReceived(this.recv(options)), place);
  }

  /** As {@linkcode Connection.recvBytesInto}, while other work of this thread goes on. */
  async recvBytesIntoAsync(buf: Bytes, offset = 0, options?: AsyncWaitOptions): Promise<number> {
    this.#in();
    const place = placeFor(buf, offset);
    return write(bytesReceived(await this.recvAsync(options)), place);
  }

  #nothing(channel: number): Error {
    // What was sent just before the other end closed is counted by the time that it is closed.
    return isClosed(channel) && pending(channel) <= 0 ? errors.eof() : errors.noData();
  }

  /**
   * Whether `recv` would not wait: a value is there, or the other end is closed.
   *
   * @param timeout Milliseconds to wait for that; 0 only looks, `Infinity` waits as long as it takes.
   */
  poll(timeout = 0): boolean {
    const channel = this.#in();
    const deadline = deadlineOf({ timeout });
    return pending(channel) > 0 || runBlocking(dataSteps(channel), deadline);
  }

  /** As {@linkcode Connection.poll}, while other work of this thread goes on. */
  async pollAsync(timeout = 0, options?: Pick<AsyncWaitOptions, "signal">): Promise<boolean> {
    const channel = this.#in();
    const deadline = deadlineOf({ timeout });
    return await runHolding(channel, dataSteps(channel), deadline, options?.signal);
  }

  /** Say that this thread uses this end no more. Closing twice is fine. */
  close(): void {
    this.#closed = true;
    super.dispose();
  }

  /** The same as {@linkcode Connection.close}. */
  override dispose(): void {
    this.close();
  }

  /** Close when the block ends. */
  [Symbol.dispose](): void {
    this.close();
  }

  /** What travels to another thread beside the address: nothing. */
  override pack(): Parts {
    if (this.#closed) throw errors.connectionClosed();
    return [];
  }

  /** Which way it works, for `console.log`. */
  [inspect](): string {
    const ways = [this.readable ? "receives" : "", this.writable ? "sends" : ""];
    return `<Connection(${ways.filter((way) => way).join(" and ")})>`;
  }
}

/** The channel that an end receives from; throws when it cannot receive. */
export function channelInto(connection: Connection): number {
  return inOf(connection);
}

function write(message: Uint8Array, place: Uint8Array<ArrayBufferLike>): number {
  if (message.length > place.length) throw errors.bufferTooShort(place.length, message);
  place.set(message);
  return message.length;
}

function closeEnd(address: number): void {
  for (const channel of [i32[address + IN]!, i32[address + OUT]!]) {
    if (channel === 0) continue;
    closeChannel(channel);
    release(channel, emptyChannel);
  }
}

const CONNECTION = defineKind({
  id: 21,
  unpack: (address) => new Connection(address),
  beforeFree: closeEnd,
});

function makeEnd(receives: number, sends: number): Connection {
  const address = allocateZeroed(WORDS);
  i32[address + IN] = receives;
  i32[address + OUT] = sends;
  return new Connection(address);
}

/** What a recording calls each way of a pipe; no class has this number. */
const PIPE = 28;
nameKind(PIPE, "Pipe", emptyChannel);

/** A channel that two ends hold. */
function sharedChannel(): number {
  const channel = createChannel(0, 0, PIPE);
  retain(channel);
  return channel;
}

/**
 * Two connected ends. Python's `multiprocessing.Pipe`.
 *
 * @param duplex Whether both ends send and receive; if not, the first one receives and the second sends.
 * @example
 * ```ts
 * import { Pipe } from "@polycore/shm";
 * import { assertEquals } from "@std/assert";
 *
 * const [receiver, sender] = Pipe(false);
 * sender.send([1, 2, 3]);
 * assertEquals(receiver.recv(), [1, 2, 3]);
 * ```
 */
export function Pipe(duplex = true): [Connection, Connection] {
  const there = sharedChannel();
  const back = duplex ? sharedChannel() : 0;
  return duplex
    ? [makeEnd(there, back), makeEnd(back, there)]
    : [makeEnd(there, 0), makeEnd(0, there)];
}
