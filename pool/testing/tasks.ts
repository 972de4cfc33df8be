/**
 * What the workers of the tests run.
 *
 * @module
 */

import process from "node:process";
import {
  type Barrier,
  type Condition,
  type Event,
  type Lock,
  OwnerDiedError,
  Shareable,
} from "@polycore/sync";
import {
  type Connection,
  connectionWaitAsync,
  type JoinableQueue,
  type Queue,
  type Value,
} from "@polycore/shm";
import {
  currentProcess,
  exit,
  parentProcess,
  Pool,
  Process,
  type ProcessInfo,
  stopRequested,
  task,
} from "../mod.ts";

export const square = task(import.meta, (x: number) => x * x);

export const add = task(import.meta, function add(a: number, b: number) {
  return a + b;
});

export const later = task(import.meta, async (x: number) => {
  await new Promise((resolve) => setTimeout(resolve, 1));
  return x;
});

export const identity = task(import.meta, (x: unknown) => x);

/** A square of which the multiples of 3 fail. */
export const squareBut3 = task(import.meta, (x: number) => {
  if (x % 3 === 2) throw new RangeError(`no square of ${x}`);
  return x * x;
});

/** Counts how often it ran; fails for the input 0. */
export const countAndFail = task(import.meta, (ran: Value<"i">, x: number) => {
  ran.add(1);
  if (x === 0) throw new Error("the first one fails");
  return x;
});

/** This process and its parent, as plain data. */
function who(): { me: ProcessInfo; parent: ProcessInfo } {
  const plain = ({ name, pid, daemon }: ProcessInfo) => ({ name, pid, daemon });
  return { me: plain(currentProcess()), parent: plain(parentProcess()!) };
}

export const whoAmI = task(import.meta, () => who());

export const put = task(import.meta, (queue: Queue, ...values: unknown[]) => {
  for (const value of values) queue.put(value);
});

export const tellWho = task(import.meta, (queue: Queue) => {
  queue.put(who());
});

/** Tells its arguments and who it is, and waits until it may end. */
export const tellAll = task(import.meta, (queue: Queue, go: Event, ...args: unknown[]) => {
  queue.put(args);
  queue.put(who());
  go.wait();
});

export const setEvent = task(import.meta, (event: Event) => event.set());

/** Says that it has begun and waits until it may go on. */
export const waitFor = task(import.meta, (begun: Event, go: Event, result?: unknown) => {
  begun.set();
  go.wait();
  return result;
});

export const exitWith = task(import.meta, (code: unknown) => exit(code as number));

/** The ways in which a worker ends in the middle of what it does. */
export const DEATHS = [
  "exit",
  "Deno.exit",
  "self.close",
  "process.exit",
  "rejection",
  "timer",
  "exit in a timer",
] as const;

export type Death = typeof DEATHS[number];

/** The exit code that each way leaves. */
export const CODES: Record<Death, number> = {
  "exit": 3,
  "Deno.exit": 4,
  "self.close": 0,
  "process.exit": 5,
  "rejection": 1,
  "timer": 1,
  "exit in a timer": 6,
};

function dieBy(death: Death): Promise<never> {
  if (death === "exit") exit(CODES[death]);
  if (death === "Deno.exit") Deno.exit(CODES[death]);
  if (death === "self.close") self.close();
  if (death === "process.exit") process.exit(CODES[death]);
  if (death === "rejection") Promise.reject(new Error("rejected on purpose"));
  if (death === "timer") {
    setTimeout(() => {
      throw new Error("thrown in a timer on purpose");
    });
  }
  if (death === "exit in a timer") setTimeout(() => exit(CODES[death]));
  return new Promise(() => {});
}

export const die = task(import.meta, function die(death: Death) {
  return dieBy(death);
});

export const dieAt = task(import.meta, function dieAt(at: number, x: number) {
  if (x === at) Deno.exit(9);
  return x;
});

export const holdAndDie = task(import.meta, function holdAndDie(lock: Lock, death: Death) {
  lock.acquire();
  return dieBy(death);
});

export const holdAndWait = task(import.meta, (lock: Lock, held: Event, never: Event) => {
  lock.acquire();
  held.set();
  never.wait();
});

/** Fails unless it hears that the holder of the lock died, and can take the lock then. */
export const takeOverFromDead = task(import.meta, (lock: Lock) => {
  try {
    lock.acquire();
  } catch (error) {
    if (!(error instanceof OwnerDiedError)) throw error;
    using _ = lock.hold();
    return;
  }
  throw new Error("nobody died");
});

/** The calls that block. */
export const BLOCKING = {
  "queue.get": (o: Queue) => o.get(),
  "queue.put": (o: Queue) => o.put(1),
  "lock.acquire": (o: Lock) => o.acquire(),
  "event.wait": (o: Event) => o.wait(),
  "barrier.wait": (o: Barrier) => o.wait(),
  "condition.wait": (o: Condition) => {
    using _ = o.hold();
    o.wait();
  },
  "connection.recv": (o: Connection) => o.recv(),
};

export type Call = keyof typeof BLOCKING;

/** The calls that await. */
const AWAITING = {
  "queue.get": (o: Queue) => o.getAsync(),
  "joinableQueue.join": (o: JoinableQueue) => o.joinAsync(),
  "connection.recv": (o: Connection) => o.recvAsync(),
  "connection.wait": (o: Connection) => connectionWaitAsync([o]),
  "lock.acquire": (o: Lock) => o.acquireAsync(),
  "event.wait": (o: Event) => o.waitAsync(),
  "barrier.wait": (o: Barrier) => o.waitAsync(),
  "condition.wait": async (o: Condition) => {
    using _ = o.hold();
    await o.waitAsync();
  },
};

export type AwaitingCall = keyof typeof AWAITING;

/** Awaits what never comes. */
export const awaitForEver = task(
  import.meta,
  async (call: AwaitingCall, object: Shareable, begun: Event) => {
    const waiting = AWAITING[call](object as never);
    begun.set();
    await waiting;
  },
);

/** Blocks for ever; `unwound` tells that the `finally` block ran. */
export const block = task(import.meta, (call: Call, object: Shareable, unwound: Event) => {
  try {
    BLOCKING[call](object as never);
  } finally {
    unwound.set();
  }
});

/** Computes for ever; cannot be ended from outside. */
export const spin = task(import.meta, (begun: Event) => {
  begun.set();
  for (;;);
});

/** Computes until it is told to stop. */
export const spinPolitely = task(import.meta, (begun: Event) => {
  begun.set();
  while (!stopRequested());
  return "stopped";
});

export const throwSomething = task(import.meta, (what: string) => {
  if (what === "text") throw "just text";
  if (what === "TypeError") throw new TypeError("wrong kind");
  if (what === "cause") throw new Error("outer", { cause: new RangeError("inner") });
  if (what === "own class") throw new OwnError("of my own", 42);
  if (what === "field") throw Object.assign(new Error("with a field"), { f: () => Symbol() });
});

class OwnError extends Error {
  override name = "OwnError";
  constructor(message: string, readonly extra: number) {
    super(message);
  }
}

export const makeUncloneable = task(import.meta, () => ({ rows: [Symbol("secret")] }));

let initialized: unknown[] = [];

export const initialize = task(import.meta, (...args: unknown[]) => {
  initialized = args;
});

export const addToInitialized = task(import.meta, (n: number) => {
  (initialized[0] as Value<"i">).add(n);
  return initialized.length;
});

export const isInitialized = task(import.meta, () => initialized.length > 0);

export const failingInitializer = task(import.meta, () => {
  throw new RangeError("no data file");
});

/** Every shareable inside a value, with its class. */
export function shareablesIn(value: unknown): Shareable[] {
  if (value instanceof Shareable) return [value];
  if (value instanceof Map) return [...value].flat().flatMap(shareablesIn);
  if (Array.isArray(value) || value instanceof Set) return [...value].flatMap(shareablesIn);
  return value && typeof value === "object" ? Object.values(value).flatMap(shareablesIn) : [];
}

/** A shareable by its class and memory. */
export function describe(value: unknown): string[] {
  return shareablesIn(value).map((s) => `${s.constructor.name}@${s.address}`);
}

export const describeInWorker = task(import.meta, (value: unknown) => describe(value));

export const describeInitialized = task(import.meta, () => describe(initialized));

export const putDescription = task(import.meta, (queue: Queue, value: unknown) => {
  queue.put(describe(value));
});

/** A process of its own class: public fields travel. */
export class Upper extends Process {
  static {
    task(import.meta, this);
  }

  constructor(readonly out: Queue, readonly text: string) {
    super();
  }

  override run(): void {
    this.out.put([this.text.toUpperCase(), this.name, this.isAlive(), this.pid]);
  }
}

export const waitForEvent = task(import.meta, (event: Event) => event.wait());

/** Writes into its memory, so that it differs from a fresh one. */
export const threadOf = task(import.meta, (_: number) => currentProcess().pid!);

export const startChild = task(import.meta, (what: string) => {
  if (what === "pool") new Pool(1);
  else new Process({ target: square, args: [1], daemon: false }).start();
});

export const exitAndUnwind = task(import.meta, (unwound: Event, code: number) => {
  try {
    exit(code);
  } finally {
    unwound.set();
  }
});

/** As {@linkcode waitFor}, for a thread that does other things meanwhile. */
export const holdAsync = task(import.meta, async function holdAsync(begun: Event, go: Event) {
  begun.set();
  await go.waitAsync();
});
