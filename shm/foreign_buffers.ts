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
  defineKind,
  holdersOf,
  holdInTransit,
  i32,
  installPorts,
  isAlive,
  isMainThread,
  LAYOUT,
  load,
  lookBeforeSleep,
  notify,
  nudge,
  release,
  retain,
  startPort,
  throwIfStopped,
  wait,
  waitAsync,
} from "@polycore/sync/internal";
import { installBufferCodec } from "./codec/mod.ts";
import { errors } from "./errors.ts";

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
  if (!isMainThread && !startPort) throw errors.noPort();
  const handle = new BufferHandle(allocateZeroed(1));
  const { address } = handle;
  const number = i32[address] = add(LAYOUT.lastBuffer, 1) + 1;
  remember(number, buffer, handle);
  if (startPort) {
    retain(address); // for the shelf
    startPort.postMessage({ number, address, buffer } satisfies Message);
    ring();
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

/** The next message at a port; loaded when first needed, as that takes some ten milliseconds. */
let receive = (port: MessagePort): Message | undefined => {
  const { process } = globalThis as unknown as {
    process: { getBuiltinModule(name: string): typeof import("node:worker_threads") };
  };
  const { receiveMessageOnPort } = process.getBuiltinModule("node:worker_threads");
  receive = (port) => receiveMessageOnPort(port as never)?.message as Message | undefined;
  return receive(port);
};

// A thread beside the main one.

/** Make the main thread look at its ports, whether it is blocked or not. */
function ring(): void {
  add(LAYOUT.bufferBell, 1);
  notify(LAYOUT.bufferBell);
  nudge(1);
}

function fetchBuffer(number: number): SharedArrayBuffer {
  if (!startPort) throw errors.noPort();
  startPort.postMessage({ number } satisfies Message);
  for (const deadline = performance.now() + PATIENCE;;) {
    const answered = load(LAYOUT.bufferAnswer);
    for (let answer = receive(startPort); answer; answer = receive(startPort)) {
      if (answer.number !== number) continue; // came too late for an earlier call
      if (answer.buffer) return answer.buffer;
      throw errors.bug(`nobody knows the buffer ${number}`);
    }
    throwIfStopped();
    if (performance.now() > deadline) throw errors.bufferLate(PATIENCE);
    ring();
    wait(LAYOUT.bufferAnswer, answered, RING_AGAIN);
  }
}

// The main thread.

/** The buffers that others may ask for, by number, with the addresses of their blocks. */
const shelf = new Map<number, { address: number; buffer: SharedArrayBuffer }>();
const ports = new Map<number, MessagePort>();
/** How many buffers there have to be on the shelf before it is worth looking who needs them. */
let clearAt = 0;
let heard = 0;
let attending = false;

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

/** Look at the ports if somebody rang: put on the shelf what came, answer who asked. */
function attend(): void {
  const bell = load(LAYOUT.bufferBell);
  if (bell === heard || attending) return;
  attending = true;
  try {
    heard = bell;
    const dead = [...ports.keys()].filter((id) => !isAlive(id)); // before the last look at their ports
    const asked: [MessagePort, number][] = [];
    while (takeAll(asked)); // who asks for a buffer does so after that was sent: one more look finds it
    for (const [port, number] of asked) {
      const buffer = shelf.get(number)?.buffer;
      port.postMessage(buffer ? { number, buffer } : { number });
    }
    if (asked.length > 0) {
      add(LAYOUT.bufferAnswer, 1);
      notify(LAYOUT.bufferAnswer);
    }
    dead.forEach(closePort);
    if (shelf.size >= clearAt) clearShelf();
  } finally {
    attending = false;
  }
}

function takeAll(asked: [MessagePort, number][]): boolean {
  let any = false;
  for (const port of ports.values()) {
    for (let message = receive(port); message; message = receive(port)) {
      any = true;
      const { number, address, buffer } = message;
      if (buffer) shelf.set(number, { address: address!, buffer });
      else asked.push([port, number]);
    }
  }
  return any;
}

function closePort(id: number): void {
  ports.get(id)!.close();
  ports.delete(id);
}

function portFor(id: number): MessagePort {
  if (ports.size === 0) void attendWhenAsked();
  attend();
  clearShelf();
  for (const id of ports.keys()) if (!isAlive(id)) closePort(id);
  const { port1, port2 } = new MessageChannel();
  ports.set(id, port1);
  return port2;
}

let waiting = false;

/** Attend to the bell while this thread is not blocked. Does not keep the program alive. */
async function attendWhenAsked(): Promise<void> {
  if (waiting) return;
  waiting = true;
  lookBeforeSleep(attend);
  for (;;) {
    const rung = waitAsync(LAYOUT.bufferBell, heard, Infinity);
    if (typeof rung !== "string") await rung;
    attend();
  }
}

if (isMainThread) installPorts(portFor);
