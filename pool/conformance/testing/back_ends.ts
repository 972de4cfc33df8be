/**
 * The back ends that the conformance cases run over, as CPython runs each of its test classes with
 * processes, with threads and with a manager. A case is written once: it makes its objects by the back
 * end, waits by its form of the calls, and spawns its parties by it.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import {
  Barrier,
  type BarrierOptions,
  BoundedSemaphore,
  Condition,
  Event,
  Lock,
  RLock,
  Semaphore,
} from "@polycore/sync";
import { JoinableQueue, Queue, type TypeCode, Value } from "@polycore/shm";
import { Manager, Process, task } from "../../mod.ts";
import { assertNobodyLeft, soon, untilBlocked } from "../../testing/helpers.ts";

/** The two forms of every call that may wait. */
export type Form = "blocking" | "awaiting";

type ArgumentsOf<F> = F extends (...args: infer A) => unknown ? A : never;
type ResultOf<F> = F extends (...args: never[]) => infer R ? Awaited<R> : never;

/** Call a method that may wait, in one of its two forms. */
export type Call = <O extends object, M extends string & keyof O>(
  object: O,
  method: M,
  ...args: ArgumentsOf<O[M]>
) => Promise<ResultOf<O[M]>>;

function callBy(suffix: "" | "Async"): Call {
  return async (object, method, ...args) => {
    const methods = object as unknown as Record<string, (...args: unknown[]) => never>;
    return await methods[method + suffix]!(...args);
  };
}

const CALLS: Record<Form, Call> = { blocking: callBy(""), awaiting: callBy("Async") };

/** What a party of a case runs, in the form that it is told. */
export type Party<A extends unknown[]> = (form: Form, ...args: A) => Promise<void>;

/** Make a function at the top level of a module a party: it gets its form of the calls first. */
export function party<A extends unknown[]>(
  meta: { url: string },
  body: (call: Call, ...args: A) => Promise<void>,
): Party<A> {
  return task(meta, (form: Form, ...args: A) => body(CALLS[form], ...args));
}

/** Makes the objects of a case. */
export interface Makers {
  Lock(): Lock;
  RLock(): RLock;
  Semaphore(value: number): Semaphore;
  BoundedSemaphore(value: number): BoundedSemaphore;
  Condition(lock?: Lock | RLock): Condition;
  Event(): Event;
  Barrier(parties: number, options?: BarrierOptions): Barrier;
  Queue<T>(maxsize?: number): Queue<T>;
  JoinableQueue<T>(maxsize?: number): JoinableQueue<T>;
  Value<C extends TypeCode>(typecode: C, value: number): Value<C>;
}

/** A party that was spawned. */
export interface Running {
  /** Wait until it has ended; fails when it threw. */
  join(): Promise<void>;
  /** Wait until it is asleep in a blocking call; at once where parties await. */
  untilBlocked(): Promise<void>;
}

/** What a case is given. */
export interface BackEnd extends Makers {
  /** The form in which the main thread waits. */
  readonly form: Form;
  /** Call a method that may wait, in that form. */
  readonly call: Call;
  /** Let a party run beside the main thread's own steps. */
  spawn<A extends unknown[]>(body: Party<A>, ...args: A): Running;
  /** Wait until every party has ended. */
  joinAll(): Promise<void>;
}

const OWN: Makers = {
  Lock: () => new Lock(),
  RLock: () => new RLock(),
  Semaphore: (value) => new Semaphore(value),
  BoundedSemaphore: (value) => new BoundedSemaphore(value),
  Condition: (lock) => new Condition(lock),
  Event: () => new Event(),
  Barrier: (parties, options) => new Barrier(parties, options),
  Queue: (maxsize) => new Queue(maxsize),
  JoinableQueue: (maxsize) => new JoinableQueue(maxsize),
  Value: (typecode, value) => new Value(typecode, value),
};

/** How the parties of a back end run, and what ends those that a failed case leaves. */
interface Crew {
  spawn: BackEnd["spawn"];
  [Symbol.asyncDispose](): Promise<void>;
}

/** Parties are processes. */
function workers(form: Form): Crew {
  const processes: Process[] = [];
  return {
    spawn(target, ...args) {
      const process = new Process({ target, args: [form, ...args], daemon: true });
      process.start();
      processes.push(process);
      return {
        join: async () => {
          await soon(process.join(), process.name);
          assertEquals(process.exitcode, 0, `${process.name} failed`);
        },
        untilBlocked: async () => {
          if (form === "blocking") await untilBlocked(process.pid!);
        },
      };
    },
    async [Symbol.asyncDispose]() {
      for (const process of processes) process.kill();
      for (const process of processes) await soon(process.join(), process.name);
    },
  };
}

/** Parties are async functions of the main thread. */
function tasks(): Crew {
  return {
    spawn(body, ...args) {
      const running = body("awaiting", ...args);
      running.catch(() => {}); // told by join
      return { join: () => soon(running, "a party"), untilBlocked: () => Promise.resolve() };
    },
    async [Symbol.asyncDispose]() {},
  };
}

/** A back end that is not set up yet. */
export interface BackEndKind {
  /** What titles call it. */
  name: string;
  /** In which form the main thread waits. */
  form: Form;
  /** Sets up what runs the parties. */
  crew: () => Crew;
  /** Makes the objects; disposed of after the case. */
  makers: () => Makers & Partial<AsyncDisposable>;
}

/** Parties are real workers, and everybody blocks: CPython's `processes`. */
export const WORKERS: BackEndKind = {
  name: "workers",
  form: "blocking",
  crew: () => workers("blocking"),
  makers: () => OWN,
};

/** Parties are real workers, and everybody awaits. */
export const AWAITING_WORKERS: BackEndKind = {
  name: "awaiting workers",
  form: "awaiting",
  crew: () => workers("awaiting"),
  makers: () => OWN,
};

/** Parties are async functions of one thread: CPython's `threads`. */
export const EVENT_LOOP: BackEndKind = {
  name: "event loop",
  form: "awaiting",
  crew: tasks,
  // One thread is one owner, whom an RLock lets in again: between its tasks only a Lock excludes.
  makers: () => ({ ...OWN, Condition: (lock = new Lock()) => new Condition(lock) }),
};

/** Objects are those of a manager; parties are real workers that block, and the main thread awaits. */
export const MANAGER: BackEndKind = {
  name: "manager",
  form: "awaiting",
  crew: () => workers("blocking"),
  makers: () => {
    const manager = new Manager();
    return {
      Lock: () => manager.Lock(),
      RLock: () => manager.RLock(),
      Semaphore: (value) => manager.Semaphore(value),
      BoundedSemaphore: (value) => manager.BoundedSemaphore(value),
      Condition: (lock) => manager.Condition(lock),
      Event: () => manager.Event(),
      Barrier: (parties, options) => manager.Barrier(parties, options),
      Queue: (maxsize) => manager.Queue(maxsize),
      JoinableQueue: (maxsize) => manager.JoinableQueue(maxsize),
      Value: (typecode, value) => manager.Value<typeof typecode>(typecode, value),
      [Symbol.asyncDispose]: () => manager[Symbol.asyncDispose](),
    };
  },
};

/** All of them. */
export const ALL: BackEndKind[] = [WORKERS, AWAITING_WORKERS, EVENT_LOOP, MANAGER];

/** For what a manager does not have. */
export const NO_MANAGER: BackEndKind[] = [WORKERS, AWAITING_WORKERS, EVENT_LOOP];

/** For what only other threads can show. */
export const SEVERAL_THREADS: BackEndKind[] = [WORKERS, AWAITING_WORKERS, MANAGER];

/**
 * Test a case once over each of several back ends; no worker may be left. What hangs is told by a
 * `DeadlockError` where the main thread blocks, and after a while where it awaits.
 */
export function conformance(
  over: BackEndKind[],
  name: string,
  body: (b: BackEnd) => Promise<void>,
): void {
  for (const kind of over) {
    Deno.test(`${kind.name}: ${name}`, async () => {
      await soon(runCase(kind, body), name);
      assertNobodyLeft();
    });
  }
}

async function runCase(kind: BackEndKind, body: (b: BackEnd) => Promise<void>): Promise<void> {
  await using crew = kind.crew();
  const makers = kind.makers();
  await using _ = { [Symbol.asyncDispose]: async () => await makers[Symbol.asyncDispose]?.() };
  const running: Running[] = [];
  const joinAll = async () => void await Promise.all(running.map((one) => one.join()));
  await body({
    ...makers,
    form: kind.form,
    call: CALLS[kind.form],
    spawn: (body, ...args) => {
      const one = crew.spawn(body, ...args);
      running.push(one);
      return one;
    },
    joinAll,
  });
  await joinAll();
}

/** Do something that has to take a time, in milliseconds, and give what it gave or threw. */
export async function takesAtLeast<T>(ms: number, act: () => Promise<T>): Promise<T> {
  const before = performance.now();
  try {
    return await act();
  } finally {
    const took = performance.now() - before;
    assert(took >= ms - 1, `took ${took} ms instead of ${ms}`);
  }
}
