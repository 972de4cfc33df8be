/**
 * What can go wrong in a worker, and the tasks in which it does.
 *
 * @module
 */

import process from "node:process";
import { type Event, Lock, Shareable } from "@polycore/sync";
import type { Queue, Value } from "@polycore/shm";
import {
  allocateZeroed,
  defineKind,
  isMainThread,
  lockInternal,
  me,
} from "@polycore/sync/internal";
import { exit, Process, task } from "../../mod.ts";

/** Faults that can come anywhere, also where nothing can be awaited, such as in a getter. */
export const SYNC_FAULTS = ["throw", "exit(3)", "Deno.exit(3)", "self.close()"] as const;

/** All faults of a worker. */
export const FAULTS = [
  ...SYNC_FAULTS,
  "throw a symbol",
  "process.exit(3)",
  "an error in a timer",
  "an unhandled rejection",
  "ended from outside",
] as const;

/** What goes wrong. */
export type Fault = typeof FAULTS[number];

/** The exit code that a fault leaves; `undefined` if the worker lives on. */
export const CODES: Record<Fault, number | undefined> = {
  "throw": undefined,
  "throw a symbol": undefined,
  "exit(3)": 3,
  "Deno.exit(3)": 3,
  "process.exit(3)": 3,
  "self.close()": 0,
  "an error in a timer": 1,
  "an unhandled rejection": 1,
  "ended from outside": -15,
};

/** What faulty tasks are given. */
export interface Job {
  /** What goes wrong. */
  fault: Fault;
  /** Held by nobody: whoever has a handle counts once, also one who died. */
  lock: Lock;
  /** Set when the task waits to be ended from outside. */
  begun: Event;
  /** Its thread. */
  thread: Value<"i">;
  /** Never set. */
  never: Event;
}

/** Do what goes wrong, at once. */
function trip(fault: Fault): void {
  if (fault === "throw") throw new RangeError("thrown on purpose");
  if (fault === "throw a symbol") throw Symbol("on purpose");
  if (fault === "exit(3)") exit(3);
  if (fault === "Deno.exit(3)") Deno.exit(3);
  if (fault === "process.exit(3)") process.exit(3);
  if (fault === "self.close()") self.close();
}

/** Do what goes wrong, or wait until it has. */
function happen(fault: Fault, job?: Job): Promise<never> {
  trip(fault);
  if (fault === "an unhandled rejection") Promise.reject(new RangeError("thrown on purpose"));
  if (fault === "an error in a timer") setTimeout(() => trip("throw"));
  if (fault === "ended from outside") {
    job!.thread.value = me;
    job!.begun.set();
    job!.never.wait();
  }
  return new Promise(() => {});
}

export const failInTask = task(import.meta, function failInTask(job: Job) {
  return happen(job.fault, job);
});

/** The fault happens while the result is encoded, behind a shared object in it. */
export const failInResult = task(import.meta, function failInResult(job: Job) {
  return [new Lock(), getterOf(job.fault)];
});

export const returnUncloneable = task(import.meta, function returnUncloneable(_: Job) {
  return [new Lock(), { rows: [Symbol("on purpose")] }];
});

export const returnTrap = task(import.meta, function returnTrap(job: Job) {
  return [new Trap(job.fault, "main"), job.lock];
});

export const throwUnreadable = task(import.meta, function throwUnreadable(job: Job) {
  throw Object.defineProperty(new Error(), "message", { get: () => trip(job.fault) });
});

/** An object with a field that does something bad when it is read. */
export function getterOf(fault: Fault): object {
  return {
    get field() {
      return trip(fault);
    },
  };
}

export const ignore = task(import.meta, function ignore(..._: unknown[]) {
  return "ignored";
});

export const twice = task(import.meta, (x: number) => 2 * x);

/** What stands in for any value that fails when it is decoded, in a worker or in the main thread. */
export class Trap extends Shareable {
  readonly #parts: [Fault, "worker" | "main"];

  constructor(fault: Fault, where: "worker" | "main", address = allocateZeroed(1)) {
    super(address, TRAP);
    this.#parts = [fault, where];
  }

  pack() {
    return this.#parts;
  }
}

const TRAP = defineKind({
  id: 200,
  unpack: (address, parts) => {
    const [fault, where] = parts as [Fault, "worker" | "main"];
    const trap = new Trap(fault, where, address);
    if (where !== (isMainThread ? "main" : "worker")) return trap;
    trap.dispose();
    trip(fault);
    return trap;
  },
});

/** A process whose fields travel, and which fails in `run`. */
export class Failing extends Process {
  static {
    task(import.meta, this);
  }

  constructor(readonly job: Job) {
    super();
  }

  override run(): Promise<never> {
    return happen(this.job.fault, this.job);
  }
}

/** The locks inside a queue: the producers' and the consumers', as words of its channel. */
export const INNER_LOCKS = { producers: 0, consumers: 16 };

export const dieInQueue = task(
  import.meta,
  function dieInQueue(job: Job, queue: Queue, inner: keyof typeof INNER_LOCKS) {
    lockInternal(queue.address + INNER_LOCKS[inner]);
    return happen(job.fault, job);
  },
);

export const putBad = task(import.meta, function putBad(job: Job, queue: Queue) {
  queue.put([new Lock(), getterOf(job.fault)]);
});

export const putUncloneable = task(import.meta, function putUncloneable(_: Job, queue: Queue) {
  queue.put([new Lock(), Symbol("on purpose")]);
});

export const getOne = task(import.meta, function getOne(_: Job, queue: Queue) {
  queue.get();
});

export const putThenDie = task(import.meta, function putThenDie(job: Job, queue: Queue) {
  queue.put("the last word");
  return happen(job.fault, job);
});
