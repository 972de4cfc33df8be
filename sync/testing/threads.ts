/**
 * Threads for tests. A test writes what its threads do as a function beside its own steps; it gets the
 * package as first argument, because nothing else of the test exists in the thread.
 *
 * @module
 */

import {
  allocateZeroed,
  bury,
  free,
  isAlive,
  liveThreads,
  requestStop,
  startThread,
} from "../internal.ts";
import { type Body, LIMIT, type Order, type Outcome, sync } from "./sync.ts";
import { drop, pack } from "./travel.ts";

/** The module that runs a body with this package at hand. */
const RUN = import.meta.resolve("./run.ts");

/** Threads that run the same function. */
export class Crew<R> {
  /** Their numbers in the thread table. */
  readonly ids: number[] = [];
  readonly #workers: Worker[] = [];
  readonly #results: Promise<R>[] = [];
  readonly #line = allocateZeroed(1);

  /** Start `n` threads; `module` runs the body. */
  constructor(module: string, n: number, name: string, source: string, args: unknown[]) {
    for (let index = 0; index < n; index++) {
      const order = { source, index, args: args.map(pack), line: this.#line, n };
      this.#start(module, `${name}-${index}`, order);
    }
  }

  #start(module: string, name: string, order: Order): void {
    const { worker, id } = startThread(name, module, order);
    const { promise, resolve, reject } = Promise.withResolvers<R>();
    worker.onmessage = ({ data }: MessageEvent<Outcome>) =>
      data.error === undefined
        ? resolve(data.value as R)
        : reject(new Error(`${name} threw: ${data.error}`));
    worker.onerror = (event) => {
      event.preventDefault();
      if (isAlive(id)) order.args.forEach(drop);
      bury(id);
      reject(new Error(`${name} failed: ${event.message}`));
    };
    promise.catch(() => {}); // told by join
    this.ids.push(id);
    this.#workers.push(worker);
    this.#results.push(promise);
  }

  /**
   * Wait until all have ended and give what they returned. The first error is thrown, but only after
   * all have ended or were stopped: it never waits longer than {@linkcode LIMIT} twice.
   */
  async join(): Promise<R[]> {
    try {
      return await inTime(Promise.all(this.#results), () => this.#stuck());
    } finally {
      const rest = Promise.allSettled(this.#results);
      const nagging = setInterval(() => this.ids.forEach(requestStop), 20);
      // A thread that is terminated while it is blocked keeps the program from ending: stop it before.
      await inTime(rest, () => `${this.#stuck()}, even though told to stop`)
        .finally(() => clearInterval(nagging));
      this.#workers.forEach((worker) => worker.terminate());
      free(this.#line);
    }
  }

  #stuck(): string {
    return `not all threads ended: ${this.ids.map(sync.doing).join("; ")}`;
  }
}

async function inTime<T>(promise: Promise<T>, what: () => string): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(what())), LIMIT);
  try {
    return await Promise.race([promise, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** As {@linkcode start}; `module` says what tools the body gets. */
export function startWith<T, A extends unknown[], R>(
  module: string,
  n: number,
  body: Body<A, R, T>,
  args: A,
): Crew<R> {
  return new Crew<R>(module, n, body.name || "thread", String(body), args);
}

/** Start `n` threads that run `body(sync, index, ...args)`, all of them from the same moment on. */
export function start<A extends unknown[], R>(n: number, body: Body<A, R>, ...args: A): Crew<R> {
  return startWith(RUN, n, body, args);
}

/** Start threads, wait until all have ended and give what they returned. */
export async function run<A extends unknown[], R>(
  n: number,
  body: Body<A, R>,
  ...args: A
): Promise<R[]> {
  return await start(n, body, ...args).join();
}

/** Fail if a thread beside the main one is still alive: CPython's check for dangling processes. */
export function assertNobodyLeft(): void {
  const left = liveThreads().filter((id) => id !== 1);
  if (left.length > 0) throw new Error(`still alive: ${left.map(sync.doing).join("; ")}`);
}
