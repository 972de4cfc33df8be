/**
 * The channel by which the main thread sends tasks to the workers of a pool, and the wakes that go
 * with it.
 *
 * @module
 */

import { i32, nameKind, release } from "@polycore/sync/internal";
import {
  append,
  closeChannel,
  createChannel,
  detachScratch,
  emptyChannel,
  functionsInLastEncode,
  inlineHeader,
  pending,
  recordWords,
  type Root,
  scratchAddress,
  wakeTakers,
} from "@polycore/shm/internal";
import type { JobTable, PoolTask } from "./job_table.ts";
import { encodeInput, type PackedTask, taskNumber } from "./packed_task.ts";
import { dropTasks } from "./payload.ts";
import { IN_BLOCK, NEEDS_SHIFT, SMALL_PAYLOAD, TASKS } from "./protocol.ts";

// deno-lint-ignore no-explicit-any
type AnyFunction = (...args: any[]) => any;

nameKind(TASKS, "tasks");

/** Tasks sent in one go after which another worker is woken; chosen with `bench/tiny_tasks.ts`. */
const WAKE_EVERY = 64;

/** Sends tasks and wakes those who take them. */
export class TaskChannel {
  /** The channel, for the workers. */
  readonly address = createChannel(0, 0, TASKS);
  readonly #jobs: JobTable;
  readonly #takers: () => number;
  #unannounced = 0;
  #freed = false;

  /** `jobs` gives the tasks their numbers; `takers` says how many workers there are. */
  constructor(jobs: JobTable, takers: () => number) {
    this.#jobs = jobs;
    this.#takers = takers;
  }

  /** How many tasks nobody has claimed. */
  get waiting(): number {
    return pending(this.address);
  }

  /** Send a task; throws at once when its input cannot be copied. */
  submit(fn: AnyFunction, mode: number, input: unknown, root: Root, task: PoolTask): void {
    const number = taskNumber(fn);
    const words = encodeInput(fn, number, input, root);
    const needs = functionsInLastEncode();
    const small = words + needs.length <= SMALL_PAYLOAD;
    const full = mode | (small ? 0 : IN_BLOCK) | needs.length << NEEDS_SHIFT;
    const lead = [this.#jobs.add(task), full, number];
    if (needs.length > 0) lead.push(...needs);
    if (!small) lead.push(detachScratch());
    this.#append(lead, small ? words : 0);
  }

  /** Send a task that was encoded before. */
  send({ fn, mode, needs, block }: PackedTask, task: PoolTask): void {
    this.#append([this.#jobs.add(task), mode, fn, ...needs, block], 0);
  }

  #append(lead: number[], words: number): void {
    append(this.address, inlineHeader(lead.length + words), scratchAddress(), words, 1, lead);
    this.#announce();
  }

  /**
   * Wake a worker for new tasks: at once for the first, then now and then, then once for the rest when
   * the caller is done sending. A wake-up costs as much as some ten tiny tasks.
   */
  #announce(): void {
    if (this.#unannounced++ % WAKE_EVERY === 0) wakeTakers(this.address, 1);
    if (this.#unannounced > 1) return;
    queueMicrotask(() => {
      this.#unannounced = 0;
      if (!this.#freed) wakeTakers(this.address, this.#takers());
    });
  }

  /** Send tasks once more, which lie one after the other and were claimed but not begun. */
  sendAgain(at: number, words: number): void {
    for (const end = at + words; at < end; at += recordWords(i32[at]!)) {
      append(this.address, i32[at]!, at + 1, recordWords(i32[at]!) - 1);
    }
    if (words > 0) wakeTakers(this.address, this.#takers());
  }

  /** No task is to come: the workers end when they have done those that are there. */
  close(): void {
    closeChannel(this.address);
  }

  /** Let go of the tasks that nobody will run, and of the channel; `room` words at `inbox` are used. */
  free(inbox: number, room: number): void {
    this.#freed = true;
    dropTasks(this.address, inbox, room);
    emptyChannel(this.address);
    release(this.address); // a recording may hold it
  }
}
