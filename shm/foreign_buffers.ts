/**
 * SharedArrayBuffers of the user's own on their way to another thread.
 *
 * They are no part of the shared memory, so only a message port can carry them. What passes through a
 * queue is the address of a *handle*, a block with the buffer's number. The main thread keeps a shelf with
 * every buffer that others may still ask for; each thread has a port to it from its start. Both sides
 * empty their ports without an event loop, so this works while either one is blocked in our waits.
 *
 * @module
 */

import { type Parts, Shareable } from "@polycore/sync";
import {
  add,
  allocateZeroed,
  askMain,
  attend,
  defineKind,
  holdersOf,
  holdInTransit,
  i32,
  isMainThread,
  LAYOUT,
  load,
  nextAnswer,
  release,
  type Request,
  retain,
  ringMain,
  serve,
  throwIfStopped,
  wait,
} from "@polycore/sync/internal";
import { installBufferCodec } from "./codec/mod.ts";
import { errors } from "./errors.ts";

/** What the main thread is asked for by this module. */
const SERVICE = "buffers";

/** From a thread to the main one: "keep this buffer", or without one: "give me that buffer". The answer
 * has the same form. */
interface Message {
  number: number;
  address?: number;
  buffer?: SharedArrayBuffer;
}

/** Milliseconds after which a thread no longer waits for the main thread to answer. */
const PATIENCE = 10_000;

/** Milliseconds after which it rings again: the main thread may have been just falling asleep. */
const RING_AGAIN = 5;

/** Holds the block of a buffer for as long as this thread has the buffer. */
class BufferHandle extends Shareable {
  constructor(address: number) {
    super(address, BUFFER);
  }

  override pack(): Parts {
    return [];
  }
}

const BUFFER = defineKind({ id: 22, unpack: (address) => new BufferHandle(address) });

/** The handles of the buffers that this thread has. */
const handles = new WeakMap<SharedArrayBuffer, BufferHandle>();

/** The same by number, so that a buffer that comes again is the same object. */
const known = new Map<number, WeakRef<SharedArrayBuffer>>();
const collected = new FinalizationRegistry<number>((number) => {
  if (known.get(number)?.deref() === undefined) known.delete(number); // it may have come again
});

function remember(number: number, buffer: SharedArrayBuffer, handle: BufferHandle): void {
  handles.set(buffer, handle);
  known.set(number, new WeakRef(buffer));
  collected.register(buffer, number);
}

/** What the codec writes for a buffer: the address of its block, which is held on the way. */
function idOf(buffer: SharedArrayBuffer): number {
  const handle = handles.get(buffer) ?? makeHandle(buffer);
  const { address } = handle;
  if (isMainThread) shelve(i32[address]!, address, buffer);
  holdInTransit(handle);
  return address;
}

function makeHandle(buffer: SharedArrayBuffer): BufferHandle {
  const handle = new BufferHandle(allocateZeroed(1));
  const { address } = handle;
  const number = i32[address] = add(LAYOUT.lastBuffer, 1) + 1;
  remember(number, buffer, handle);
  if (!isMainThread) {
    retain(address); // for the shelf
    askMain(SERVICE, { number, address, buffer } satisfies Message);
  }
  return handle;
}

/** The buffer for what {@linkcode idOf} gave; the handle takes over what was held on the way. */
function bufferOf(address: number): SharedArrayBuffer {
  const handle = new BufferHandle(address);
  const number = i32[address]!;
  const have = known.get(number)?.deref();
  if (have !== undefined) {
    handle.dispose();
    return have;
  }
  try {
    const buffer = isMainThread ? fromShelf(number) : fetchBuffer(number);
    remember(number, buffer, handle);
    return buffer;
  } catch (error) {
    handle.dispose();
    throw error;
  }
}

installBufferCodec({ idOf, bufferOf });

// A thread beside the main one.

function fetchBuffer(number: number): SharedArrayBuffer {
  askMain(SERVICE, { number } satisfies Message);
  for (const deadline = performance.now() + PATIENCE;;) {
    const answered = load(LAYOUT.mainAnswer);
    for (let answer = read(); answer; answer = read()) {
      if (answer.number !== number) continue; // came too late for an earlier call
      if (answer.buffer) return answer.buffer;
      throw errors.bug(`nobody knows the buffer ${number}`);
    }
    throwIfStopped();
    if (performance.now() > deadline) throw errors.bufferLate(PATIENCE);
    ringMain();
    wait(LAYOUT.mainAnswer, answered, RING_AGAIN);
  }
}

const read = nextAnswer as () => Message | undefined; // nothing else is answered

// The main thread.

/** The buffers that others may ask for, by number, with the addresses of their blocks. */
const shelf = new Map<number, { address: number; buffer: SharedArrayBuffer }>();
/** How many buffers there have to be on the shelf before it is worth looking who needs them. */
let clearAt = 0;

/** Keep a buffer until nobody else can ask for it. */
function shelve(number: number, address: number, buffer: SharedArrayBuffer): void {
  if (shelf.size >= clearAt) clearShelf();
  if (shelf.has(number)) return;
  retain(address);
  shelf.set(number, { address, buffer });
}

/** Let go of buffers whose blocks nobody holds but this thread. */
function clearShelf(): void {
  for (const [number, { address, buffer }] of shelf) {
    if (holdersOf(address) > (handles.has(buffer) ? 2 : 1)) continue;
    shelf.delete(number);
    release(address);
  }
  clearAt = shelf.size < 64 ? 0 : 2 * shelf.size; // not all of many for each new one
}

function fromShelf(number: number): SharedArrayBuffer {
  attend();
  const found = shelf.get(number);
  if (!found) throw errors.bug(`nobody knows the buffer ${number}`);
  return found.buffer;
}

/** Put on the shelf what came, then answer who asked; with nothing of either, clear the shelf. */
function attendTo(requests: Request<Message>[]): void {
  for (const { body: { number, address, buffer } } of requests) {
    if (buffer) shelf.set(number, { address: address!, buffer });
  }
  for (const { body: { number, buffer }, answer } of requests) {
    if (!buffer) answer({ number, buffer: shelf.get(number)?.buffer } as Message);
  }
  if (requests.length === 0 || shelf.size >= clearAt) clearShelf();
}

serve(SERVICE, attendTo);
