/**
 * The main thread's side of a pool: sends tasks, receives results, keeps the workers. The essay is in
 * this folder's README.
 *
 * @module
 */

import { allocateZeroed, free, i32, me, notify, store, waitAsync } from "@polycore/sync/internal";
import {
  append,
  claim,
  closeChannel,
  createChannel,
  decode,
  detachScratch,
  discard,
  dropBlock,
  emptyChannel,
  encode,
  functionsInLastEncode,
  inlineHeader,
  pending,
  recordWords,
  scratchAddress,
  spinForData,
  wakeTakers,
} from "@polycore/shm/internal";
import { currentProcess } from "./current_process.ts";
import { errors, RemoteTraceback } from "./errors.ts";
import { functionNumber } from "./functions.ts";
import { JobTable, type PoolTask } from "./job_table.ts";
import { toParcel } from "./parcel.ts";
import { isPartial, partialParts } from "./partial.ts";
import {
  DESK,
  DONE,
  type Failure,
  IN_BLOCK,
  INITIALIZER_FAILED,
  NEEDS_SHIFT,
  PARTIAL,
  RESULT,
  SMALL_PAYLOAD,
  STATUS_MASK,
  TASK,
} from "./protocol.ts";
import { WorkerThread } from "./worker_thread.ts";

// deno-lint-ignore no-explicit-any
type AnyFunction = (...args: any[]) => any;

/** How the workers of a pool are. */
export interface CrewOptions {
  /** How many. */
  workers: number;
  /** Run in each worker before its first task. */
  initializer: AnyFunction | undefined;
  /** The initializer's arguments. */
  initargs: unknown[];
  /** Tasks after which a worker is replaced; 0 for no limit. */
  maxTasks: number;
}

interface Member {
  thread: WorkerThread;
  desk: number;
}

/** Words of room for results that the main thread takes at once. */
const ROOM = 4096;

/** Milliseconds after which results give timers and events their turn. */
const TURN = 5;

/** Milliseconds after which a sleeping main thread looks around by itself. */
const SLICE = 100;

/** Tasks sent in one go after which another worker is woken; chosen with `bench/tiny_tasks.ts`. */
const WAKE_EVERY = 64;

let workersMade = 0;

/** Sends tasks and receives results. */
export class Dispatcher {
  readonly #options: CrewOptions;
  readonly #tasks = createChannel(0);
  readonly #results = createChannel(0);
  readonly #bell = allocateZeroed(1);
  readonly #inbox = allocateZeroed(ROOM);
  readonly #jobs = new JobTable();
  readonly #crew = new Set<Member>();
  readonly #allEnded = Promise.withResolvers<void>();
  #state: "running" | "closed" | "terminated" = "running";
  #broken: Error | undefined;
  #pumping: Promise<void> | undefined;
  #unannounced = 0;

  /** Starts the workers. */
  constructor(options: CrewOptions) {
    this.#options = options;
    try {
      for (let i = 0; i < options.workers; i++) this.#hire();
    } catch (error) {
      this.terminate();
      throw error;
    }
  }

  /** How many tasks are under way. */
  get size(): number {
    return this.#jobs.size;
  }

  /** Throw unless tasks can be sent. */
  check(): void {
    if (this.#broken) throw this.#broken;
    if (this.#state !== "running") throw errors.notRunning();
  }

  /** Send a task; throws at once when its input cannot be copied. */
  submit(fn: AnyFunction, mode: number, input: unknown, root: string, task: PoolTask): void {
    const bound = isPartial(fn);
    const number = bound ? PARTIAL : functionNumber(fn);
    const words = bound ? encode([partialParts(fn), input], root) : encode(input, root);
    const needs = functionsInLastEncode();
    const small = words + needs.length <= SMALL_PAYLOAD;
    const full = mode | (small ? 0 : IN_BLOCK) | needs.length << NEEDS_SHIFT;
    const lead = [this.#jobs.add(task), full, number];
    if (needs.length > 0) lead.push(...needs);
    if (!small) lead.push(detachScratch());
    const payload = small ? words : 0;
    append(this.#tasks, inlineHeader(lead.length + payload), scratchAddress(), payload, 1, lead);
    this.#announce();
    this.#pumping ??= this.#pump();
  }

  /**
   * Wake a worker for new tasks: at once for the first, then now and then, then once for the rest when
   * the caller is done sending. A wake-up costs as much as some ten tiny tasks.
   */
  #announce(): void {
    if (this.#unannounced++ % WAKE_EVERY === 0) wakeTakers(this.#tasks, 1);
    if (this.#unannounced > 1) return;
    queueMicrotask(() => {
      this.#unannounced = 0;
      if (!this.#finished) wakeTakers(this.#tasks, this.#crew.size);
    });
  }

  #hire(): void {
    const { workers, initializer, initargs, maxTasks } = this.#options;
    const name = `PoolWorker-${++workersMade}`;
    const { name: parentName, daemon } = currentProcess();
    const desk = allocateZeroed(DESK.words);
    const thread = new WorkerThread(name, {
      kind: "pool",
      name,
      parent: { name: parentName, pid: me, daemon },
      tasks: this.#tasks,
      results: this.#results,
      bell: this.#bell,
      desk,
      workers,
      maxTasks,
      initializer: initializer && toParcel([initializer, initargs], ""),
    });
    const member = { thread, desk };
    this.#crew.add(member);
    thread.ended.then((code) => this.#ended(member, code));
  }

  #ended(member: Member, code: number): void {
    const { thread, desk } = member;
    this.#crew.delete(member);
    this.#receive(); // what it published is not lost
    this.#salvage(member, code);
    const ready = i32[desk + DESK.ready] === 1;
    free(desk);
    if (this.#state !== "terminated" && !this.#broken) {
      if (!ready) {
        const why = thread.trouble ?? `its exit code was ${code}`;
        this.#break(errors.startFailed(thread.name, why));
      } else if (this.#state === "running" || pending(this.#tasks) > 0) {
        this.#hire();
      }
    }
    if (this.#crew.size === 0) this.#finish();
  }

  /** Settle what a dead worker had finished, fail what it was running, and send the rest again. */
  #salvage({ thread, desk }: Member, code: number): void {
    let at: number = desk + DESK.out;
    const end = at + i32[desk + DESK.outWords]!;
    for (; at < end; at += recordWords(i32[at]!)) this.#settle(at);
    const current = i32[desk + DESK.current]!;
    if (current === 0) return;
    const running = this.#jobs.take(i32[current + TASK.job]!);
    running?.settle(false, errors.workerDied(thread.name, code, running.describe()));
    at = current + recordWords(i32[current]!);
    for (; at < i32[desk + DESK.end]!; at += recordWords(i32[at]!)) {
      append(this.#tasks, i32[at]!, at + 1, recordWords(i32[at]!) - 1);
    }
  }

  /** Receive results for as long as tasks are under way. */
  async #pump(): Promise<void> {
    await undefined; // what is sent in one go is sent before anything is received
    let turn = performance.now();
    while (this.#jobs.size > 0) {
      if (this.#receive() > 0) {
        if (performance.now() - turn < TURN) await undefined;
        else {
          // Results that come as promises alone would starve timers and events.
          await new Promise<void>((resolve) => setImmediate(resolve));
          turn = performance.now();
        }
      } else if (this.#jobs.size > this.#crew.size || !spinForData(this.#results)) {
        await this.#sleep();
        turn = performance.now();
      }
    }
    this.#pumping = undefined;
  }

  async #sleep(): Promise<void> {
    store(this.#bell, 1);
    if (pending(this.#results) > 0) return store(this.#bell, 0);
    const woken = waitAsync(this.#bell, 1, SLICE);
    if (typeof woken !== "string") await woken;
    store(this.#bell, 0);
  }

  /** Take what results there are; gives how many. */
  #receive(): number {
    let total = 0;
    for (let count = -1; count !== 0; total += count) {
      count = claim(this.#results, this.#inbox, ROOM, ROOM);
      let at = this.#inbox;
      for (let i = 0; i < count; i++, at += recordWords(i32[at]!)) this.#settle(at);
      if (total > 2000) break; // time for those who await them
    }
    return total;
  }

  #settle(at: number): void {
    const status = i32[at + RESULT.status]!;
    const outcome = status & STATUS_MASK;
    const task = this.#jobs.take(i32[at + RESULT.job]!);
    let value: unknown;
    try {
      value = takePayload(at + RESULT.payload, status);
    } catch (error) {
      return task?.settle(false, error); // a function whose module is not loaded here
    }
    if (outcome === DONE) return task?.settle(true, value);
    const error = toError(value as Failure, task?.first);
    if (outcome === INITIALIZER_FAILED) {
      this.#break(errors.initializer((value as Failure).worker, error));
    } else task?.settle(false, error);
  }

  #break(error: Error): void {
    if (this.#broken) return;
    this.#broken = error;
    this.#fail(error);
    for (const { thread } of this.#crew) thread.terminate();
    this.#ring();
  }

  #fail(error: Error): void {
    for (const task of this.#jobs.takeAll()) task.settle(false, error);
  }

  /** Take no more tasks; the workers end when all are done. */
  close(): void {
    if (this.#state !== "running") return;
    this.#state = "closed";
    closeChannel(this.#tasks);
  }

  /** End the workers now; what was under way fails. */
  terminate(): void {
    if (this.#state === "terminated") return;
    this.#state = "terminated";
    for (const { thread } of this.#crew) thread.terminate();
    this.#fail(errors.terminated());
    this.#ring();
    if (this.#crew.size === 0) this.#finish();
  }

  /** Wait until all workers have ended. */
  async join(): Promise<void> {
    if (this.#state === "running" && !this.#broken) throw errors.stillRunning();
    await this.#allEnded.promise;
  }

  /** Wake the receiving side of this thread. */
  #ring(): void {
    store(this.#bell, 0);
    notify(this.#bell);
  }

  #finished = false;

  /** The last worker has ended: give the memory back. */
  async #finish(): Promise<void> {
    if (this.#finished) return;
    this.#finished = true;
    this.#ring();
    await this.#pumping;
    while (this.#receive() > 0); // answers that nobody waits for
    dropTasks(this.#tasks, this.#inbox);
    for (const channel of [this.#tasks, this.#results]) {
      emptyChannel(channel);
      free(channel);
    }
    free(this.#bell);
    free(this.#inbox);
    this.#allEnded.resolve();
  }
}

function takePayload(payload: number, mode: number): unknown {
  if (!(mode & IN_BLOCK)) return decode(payload);
  const block = i32[payload]!;
  const value = decode(block);
  free(block);
  return value;
}

/** Let go of what tasks hold that nobody will run. */
function dropTasks(tasks: number, inbox: number): void {
  for (let count = 1; count > 0;) {
    count = claim(tasks, inbox, ROOM, ROOM);
    let at = inbox;
    for (let i = 0; i < count; i++, at += recordWords(i32[at]!)) {
      const mode = i32[at + TASK.mode]!;
      const payload = at + TASK.payload + (mode >>> NEEDS_SHIFT);
      if (mode & IN_BLOCK) dropBlock(i32[payload]!);
      else discard(payload);
    }
  }
}

/** The error as it was thrown, with the worker's stack as its cause. */
function toError({ error, stack, worker, index }: Failure, first: number | undefined): unknown {
  if (!(error instanceof Error)) return error;
  const place = first === undefined ? undefined : first + index;
  error.cause = new RemoteTraceback(worker, stack, place, error.cause);
  return error;
}
