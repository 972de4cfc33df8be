/**
 * The way from every thread to the main one, for what only the main thread can do or only a message port
 * can carry. Each thread has a port from its start; who posts also rings a bell. The main thread empties
 * all ports when the bell has rung: in its event loop, or while it is blocked in one of our waits.
 *
 * @module
 */

import { add, load, notify, waitAsync } from "./atomics.ts";
import { errors } from "./errors.ts";
import { isMainThread, LAYOUT, startPort } from "./memory.ts";
import { isAlive, nudge } from "./threads.ts";
import { lookBeforeSleep } from "./wait.ts";

/** What passes through a port, in both directions. */
interface Letter {
  service: string;
  body: unknown;
}

/** What a thread asks of the main thread. */
export interface Request<T> {
  /** The number of the thread. */
  from: number;
  /** What it asks. */
  body: T;
  /** Send something back, which the thread gets from {@linkcode nextAnswer}. */
  answer(body: unknown): void;
}

/** The next message at a port; loaded when first needed, as that takes some ten milliseconds. */
let receive = (port: MessagePort): Letter | undefined => {
  const { process } = globalThis as unknown as {
    process: { getBuiltinModule(name: string): typeof import("node:worker_threads") };
  };
  const { receiveMessageOnPort } = process.getBuiltinModule("node:worker_threads");
  receive = (port) => receiveMessageOnPort(port as never)?.message as Letter | undefined;
  return receive(port);
};

// A thread beside the main one.

/** Ask the main thread for something, without waiting for it. */
export function askMain(service: string, body: unknown): void {
  startPort!.postMessage({ service, body } satisfies Letter);
  ringMain();
}

/**
 * Make the main thread look at its ports, whether it is blocked or not. It may be just falling asleep:
 * who waits for an answer rings again.
 */
export function ringMain(): void {
  add(LAYOUT.mainBell, 1);
  notify(LAYOUT.mainBell);
  nudge(1);
}

/** What the main thread has answered and this thread has not read; the word `mainAnswer` tells of more. */
export function nextAnswer(): unknown {
  return receive(startPort!)?.body;
}

// The main thread.

const services = new Map<string, (requests: Request<unknown>[]) => void>();
const ports = new Map<number, MessagePort>();
let heard = 0;
let attending = false;
let waiting = false;

/**
 * In the main thread: say who does what threads ask for. The requests come in batches, each thread's own
 * in order. An empty batch comes when a thread is about to start: time to tidy up.
 */
export function serve<T>(service: string, handle: (requests: Request<T>[]) => void): void {
  if (isMainThread) services.set(service, handle as (requests: Request<unknown>[]) => void);
}

/** In the main thread: do what was asked for, if somebody rang. */
export function attend(): void {
  if (attending || load(LAYOUT.mainBell) === heard) return;
  attending = true;
  try {
    heard = load(LAYOUT.mainBell);
    const batches = new Map([...services.keys()].map((name) => [name, [] as Request<unknown>[]]));
    while (takeAll(batches)); // who refers to another thread's request comes later: one more look finds it
    for (const [service, batch] of batches) if (batch.length > 0) services.get(service)!(batch);
    add(LAYOUT.mainAnswer, 1);
    notify(LAYOUT.mainAnswer);
  } finally {
    attending = false;
  }
}

function takeAll(batches: Map<string, Request<unknown>[]>): boolean {
  let any = false;
  for (const [from, port] of ports) {
    for (let letter = receive(port); letter; letter = receive(port)) {
      any = true;
      const { service, body } = letter;
      const batch = batches.get(service);
      if (!batch) throw errors.bug(`nobody in the main thread serves "${service}"`);
      batch.push({ from, body, answer: (body) => port.postMessage({ service, body }) });
    }
  }
  return any;
}

/** In the main thread: the port for a new thread. */
export function openPort(id: number): MessagePort {
  if (!attending) tidy();
  void attendWhenRung();
  const { port1, port2 } = new MessageChannel();
  ports.set(id, port1);
  return port2;
}

function tidy(): void {
  const dead = [...ports.keys()].filter((id) => !isAlive(id)); // before the last look at their ports
  attend();
  for (const handle of services.values()) handle([]);
  for (const id of dead) {
    ports.get(id)!.close();
    ports.delete(id);
  }
}

/** Attend to the bell while this thread is not blocked. Does not keep the program alive. */
async function attendWhenRung(): Promise<void> {
  if (waiting) return;
  waiting = true;
  lookBeforeSleep(attend);
  for (;;) {
    const rung = waitAsync(LAYOUT.mainBell, heard, Infinity);
    if (typeof rung !== "string") await rung;
    attend();
  }
}
