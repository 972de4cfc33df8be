/**
 * The main thread's side of a pool: sends tasks, receives results, keeps the workers. The essay is in
 * this folder's README.
 *
 * @module
 */

import {
  allocateZeroed,
  free,
  holdAlive,
  i32,
  isMainThread,
  letGo,
  notify,
  store,
  waitAsync,
} from "@polycore/sync/internal";
import {
  claim,
  createChannel,
  emptyChannel,
  pending,
  recordWords,
  type Root,
  spinForData,
} from "@polycore/shm/internal";
import { type CrewOptions, hire, type Member } from "./crew.ts";
import {
  itemOf,
  jobOf,
  running,
  stateOfClaim,
  takeUnbegun,
  unbegun,
  unpublished,
  wasReady,
} from "./desk.ts";
import { errors } from "./errors.ts";
import type { Feed } from "./imap.ts";
import { describe, JobTable, type PoolTask } from "./job_table.ts";
import { getLogger } from "./logging.ts";
import type { PackedTask } from "./packed_task.ts";
import { dropInput, dropPayload, takePayload, toError } from "./payload.ts";
import {
  DONE,
  type Failure,
  INITIALIZER_FAILED,
  RESULT,
  STATUS_MASK,
  TAKEN,
  TASK,
  WORKER_FAILED,
} from "./protocol.ts";
import { TaskChannel } from "./task_channel.ts";
import { endFirst } from "./worker_thread.ts";

// deno-lint-ignore no-explicit-any
type AnyFunction = (...args: any[]) => any;

/** Words of room for results that the main thread takes at once. */
const ROOM = 4096;

/** Milliseconds after which results give timers and events their turn. */
const TURN = 5;

/** Milliseconds after which a sleeping main thread looks around by itself. */
const SLICE = 100;

/** Milliseconds that a worker may be at one task before the next ones of its claim go to others. */
const PATIENCE = 50;

/** Sends tasks and receives results. */
export class Dispatcher {
  readonly #options: CrewOptions;
  readonly #results = createChannel(0);
  readonly #bell = allocateZeroed(1);
  readonly #inbox = allocateZeroed(ROOM);
  readonly #jobs = new JobTable();
  readonly #crew = new Set<Member>();
  readonly #tasks = new TaskChannel(this.#jobs, () => this.#crew.size);
  readonly #allEnded = Promise.withResolvers<void>();
  #state: "running" | "closed" | "terminated" = "running";
  #broken: Error | undefined;
  #pumping: Promise<void> | undefined;
  #lookedAt = 0;
  readonly #feeds = new Set<Feed>();

  /** Starts the workers. */
  constructor(options: CrewOptions) {
    this.#options = options;
    if (!isMainThread && !options.breaks) endFirst.add(this); // an executor sees to it itself
    try {
      for (let i = 0; i < options.workers && !options.onDemand; i++) this.#hire();
    } catch (error) {
      this.terminate();
      throw error;
    }
  }

  /** How many tasks are under way. */
  get size(): number {
    return this.#jobs.size;
  }

  /** How many workers there are. */
  get workers(): number {
    return this.#crew.size;
  }

  /** The desks of the workers; see `protocol.ts`. */
  get desks(): number[] {
    return Array.from(this.#crew, ({ desk }) => desk);
  }

  /** Why nothing can run any more, if so. */
  get broken(): Error | undefined {
    return this.#broken;
  }

  /** Throw unless tasks can be sent. */
  check(): void {
    if (this.#broken) throw this.#broken;
    if (this.#state !== "running") throw errors.notRunning();
  }

  /** Send a task; throws at once when its input cannot be copied. */
  submit(fn: AnyFunction, mode: number, input: unknown, root: Root, task: PoolTask): void {
    this.check();
    this.#submit(fn, mode, input, root, task);
  }

  /** As `submit`, for what a feed was begun for, which a closed pool takes too. */
  submitFed(fn: AnyFunction, mode: number, input: unknown, root: Root, task: PoolTask): void {
    if (this.#broken) throw this.#broken;
    if (this.#state === "terminated") throw errors.terminated();
    this.#submit(fn, mode, input, root, task);
  }

  #submit(fn: AnyFunction, mode: number, input: unknown, root: Root, task: PoolTask): void {
    this.#tasks.submit(fn, mode, input, root, task);
    this.#pumping ??= this.#pump();
  }

  /** Send a task that was encoded before. */
  send(packed: PackedTask, task: PoolTask): void {
    this.#tasks.send(packed, task);
    this.#pumping ??= this.#pump();
  }

  /** Keep a closed pool open until a feed has ended. */
  beginFeed(feed: Feed): void {
    this.#feeds.add(feed);
  }

  /** The counterpart of {@linkcode Dispatcher.beginFeed}. */
  endFeed(feed: Feed): void {
    if (this.#feeds.delete(feed)) this.#closeWhenFed();
  }

  #closeWhenFed(): void {
    if (this.#state === "closed" && this.#feeds.size === 0 && !this.#finished) {
      this.#tasks.close();
      if (this.#crew.size === 0) this.#finish(); // none was ever needed
    }
  }

  #hire(): void {
    const member = hire(this.#options, {
      tasks: this.#tasks.address,
      results: this.#results,
      bell: this.#bell,
    });
    this.#crew.add(member);
    member.thread.ended.then((code) => this.#ended(member, code));
  }

  #ended(member: Member, code: number): void {
    const { thread, desk } = member;
    this.#crew.delete(member);
    this.#receive(); // what it published is not lost
    this.#salvage(member, code);
    const ready = wasReady(desk);
    free(desk);
    if (this.#state !== "terminated" && !this.#broken) {
      if (!ready) {
        const why = thread.trouble ?? `its exit code was ${code}`;
        this.#break(errors.startFailed(thread.name, why));
      } else if (this.#state === "running" || this.#tasks.waiting > 0 || this.#feeds.size > 0) {
        this.grow();
      }
    }
    if (this.#crew.size === 0) this.#finish();
  }

  /** Start one more worker; if that fails, the pool is broken. */
  grow(): void {
    try {
      this.#hire();
    } catch (error) {
      this.#break(errors.startFailed("A worker", (error as Error).message));
    }
  }

  /** Settle what a dead worker had finished, fail what it was running, and send the rest again. */
  #salvage({ thread, desk }: Member, code: number): void {
    for (const at of unpublished(desk)) this.#settle(at);
    const current = running(desk);
    const task = current === 0 ? undefined : this.#jobs.take(jobOf(current));
    const { breaks } = this.#options;
    const what = task && describe(task, itemOf(desk));
    const error = errors.workerDied(thread.name, code, what, thread.trouble, !breaks);
    if (breaks && wasReady(desk) && (current !== 0 || code !== 0)) this.#break(error);
    if (current === 0) return;
    task?.settle(false, error);
    if (!(i32[current + TASK.mode]! & TAKEN)) dropInput(current);
    this.#tasks.sendAgain(...unbegun(desk));
  }

  /**
   * Give others what a worker has claimed and does not come to: the task that it runs may be a long one,
   * or one that waits for what the next one does.
   */
  #shareOut(): void {
    const now = performance.now();
    if (now - this.#lookedAt < PATIENCE) return;
    this.#lookedAt = now;
    for (const member of this.#crew) {
      const seen = stateOfClaim(member.desk);
      if (seen !== member.claim) member.claim = seen;
      else if (this.#crew.size > 1 && this.#tasks.waiting === 0) {
        this.#tasks.sendAgain(this.#inbox, takeUnbegun(member.desk, seen, this.#inbox));
      }
    }
  }

  /** Receive results for as long as tasks are under way. */
  async #pump(): Promise<void> {
    holdAlive();
    await undefined; // what is sent in one go is sent before anything is received
    let turn = performance.now();
    while (this.#jobs.size > 0) {
      this.#shareOut();
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
    letGo();
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
    const breaks = outcome === INITIALIZER_FAILED || outcome === WORKER_FAILED;
    if (!task && !breaks) return dropPayload(at + RESULT.payload, status);
    let value: unknown;
    try {
      value = takePayload(at + RESULT.payload, status);
    } catch (error) {
      return task?.settle(false, error); // a function whose module is not loaded here
    }
    if (outcome === DONE) return task?.settle(true, value);
    const error = toError(value as Failure, task);
    const { worker } = value as Failure;
    if (outcome === INITIALIZER_FAILED) this.#break(errors.initializer(worker, error));
    else if (outcome === WORKER_FAILED) this.#break(errors.workerFailed(worker, error));
    else task?.settle(false, error);
  }

  /** End the workers now, by force: nothing can run any more, and `error` says why. */
  abandon(error: Error, how: "terminate" | "kill"): void {
    if (!this.#finished) this.#break(error, how);
  }

  #break(error: Error, how: "terminate" | "kill" = "terminate"): void {
    if (this.#broken || this.#state === "terminated") return;
    this.#broken = error;
    this.#fail(error);
    for (const { thread } of this.#crew) thread[how]();
    this.#ring();
    if (this.#crew.size === 0) this.#finish();
  }

  #fail(error: Error): void {
    for (const task of this.#jobs.takeAll()) task.settle(false, error);
  }

  /** Take no more tasks; the workers end when all are done. */
  close(): void {
    if (this.#state !== "running") return;
    getLogger().debug("closing pool");
    this.#state = "closed";
    this.#closeWhenFed();
  }

  /** End the workers now; what was under way fails. */
  terminate(): void {
    if (this.#state === "terminated") return;
    getLogger().debug("terminating pool");
    this.#state = "terminated";
    for (const { thread } of this.#crew) thread.terminate();
    this.#fail(errors.terminated());
    this.#ring();
    if (this.#crew.size === 0) this.#finish();
  }

  /** Wait until all workers have ended. */
  async join(): Promise<void> {
    if (this.#state === "running" && !this.#broken) throw errors.stillRunning();
    getLogger().debug("joining pool");
    for (const feed of this.#feeds) feed.hurry();
    holdAlive();
    try {
      await this.#allEnded.promise;
    } finally {
      letGo();
    }
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
    while (this.#receive() > 0); // the last answers, some of which nobody waits for
    for (const task of this.#jobs.takeAll()) {
      task.settle(false, errors.lostTask(describe(task, 0))); // better than to wait for ever
    }
    this.#ring();
    await this.#pumping;
    this.#tasks.free(this.#inbox, ROOM);
    emptyChannel(this.#results);
    free(this.#results);
    free(this.#bell);
    free(this.#inbox);
    endFirst.delete(this);
    this.#allEnded.resolve();
  }
}
