/**
 * The worker's side of a `Pool`: claims tasks, runs them, publishes results in batches.
 *
 * @module
 */

import {
  cas,
  i32,
  load,
  me,
  notify,
  record,
  recording,
  runBlocking,
  store,
  throwIfStopped,
  What,
} from "@polycore/sync/internal";
import {
  append,
  claim,
  dataSliceSteps,
  detachScratch,
  inlineHeader,
  isClosed,
  pending,
  recordWords,
  scratchAddress,
  spinForData,
  wakeTakers,
} from "@polycore/shm/internal";
import { type ProcessInfo, setCurrent } from "./current_process.ts";
import type { Common } from "./crew.ts";
import { ensureLoaded, explain, functionIfLoaded, functionOf, isLoaded } from "./functions.ts";
import { getLogger } from "./logging.ts";
import { callMetered, countCommunication, inTasksMs, isMetered } from "./meter.ts";
import type { Parcel } from "./parcel.ts";
import { dropInput, inputOf, takePayload } from "./payload.ts";
import {
  APPLY,
  DESK,
  DONE,
  FAILED,
  IN_BLOCK,
  INITIALIZER_FAILED,
  MODE_MASK,
  NEEDS_SHIFT,
  PARTIAL,
  REST_CLAIM,
  REST_PLACE,
  RESULT,
  SMALL_PAYLOAD,
  STARMAP,
  TAKEN,
  TASK,
  TASKS,
  WORKER_FAILED,
} from "./protocol.ts";
import { encodeFailure, encodeResult, throwIfEnding } from "./outcome.ts";
import { openParcel } from "./will.ts";

// deno-lint-ignore no-explicit-any
type AnyFunction = (...args: any[]) => any;

/** What the worker of a pool is told. */
export interface PoolJob extends Common {
  /** Tells the jobs apart. */
  kind: "pool";
  /** Name of the worker. */
  name: string;
  /** The process that made the pool. */
  parent: ProcessInfo;
  /** This worker's desk. */
  desk: number;
  /** How many workers share the tasks. */
  workers: number;
  /** Tasks after which this worker ends; 0 for no limit. */
  maxTasks: number;
  /** An encoded array of the initializer and its arguments. */
  parcel: Parcel | undefined;
}

/** Milliseconds of work that a worker claims at once at the most: bounds how unfair a claim can be. */
const CLAIM_TIME = 0.1;

/** Tasks that a worker claims at once at the most; chosen with `bench/tiny_tasks.ts`. */
const CLAIM_TASKS = 64;

/** No function has this number. */
const NO_FUNCTION = -2;

/** Serve a pool until it is closed; gives the exit code. */
export async function servePool(job: PoolJob, will: number): Promise<number> {
  const { desk } = job;
  setCurrent({ name: job.name, pid: me, daemon: true }, job.parent);
  getLogger().info("child process calling self.run()");
  if (!(await initialize(job, will))) return 1;
  store(desk + DESK.ready, 1);
  try {
    await serve(job);
    return 0;
  } catch (error) {
    throwIfEnding(error);
    giveUp(job, WORKER_FAILED, error); // another worker would fail in the same way, for ever
    return 1;
  }
}

/** Take tasks and run them until the pool is closed or this worker has done its share. */
async function serve(job: PoolJob): Promise<void> {
  const { tasks, desk } = job;
  let most = 1;
  let tiny = NO_FUNCTION;
  let done = 0;
  while (job.maxTasks === 0 || done < job.maxTasks) {
    throwIfStopped();
    const closed = isClosed(tasks); // looked at first: what was put before the close still counts
    const fair = Math.max(1, Math.ceil(pending(tasks) / job.workers));
    const left = job.maxTasks === 0 ? most : Math.min(most, job.maxTasks - done);
    const into = desk + DESK.claimed;
    // Only tasks of the function that was seen to be quick come in batches: another one may wait for
    // what a later task does, which must not be stuck behind it at the same desk.
    const count = claim(tasks, into, DESK.claimedRoom, Math.min(left, fair), TASK.fn, tiny);
    if (count === 0) {
      if (closed) break;
      if (!spinForData(tasks)) await idle(tasks);
      continue;
    }
    if (pending(tasks) > 0) wakeTakers(tasks, 1); // one wakes the next, so the sender need not
    const fn = i32[into + TASK.fn]!;
    if (fn !== tiny) most = 1;
    tiny = fn === PARTIAL ? NO_FUNCTION : fn; // any partial looks the same
    const metered = isMetered(desk);
    const inTasksBefore = metered ? inTasksMs(desk) : 0;
    const begin = performance.now();
    const waiting = runClaimed(job, count);
    if (waiting) await waiting;
    done += count;
    const claimMs = performance.now() - begin;
    if (metered) countCommunication(desk, claimMs, inTasksBefore);
    const each = claimMs / count;
    most = Math.max(1, Math.min(CLAIM_TASKS, 2 * most, Math.floor(CLAIM_TIME / each)));
  }
  getLogger().debug(`worker exiting after ${done} tasks`);
}

/** Tell the pool why it cannot go on. */
function giveUp(job: PoolJob, status: number, error: unknown): void {
  writeResult(job, 0, status, encodeFailure(error, job.name, 0));
  publish(job);
}

/** Sleep for a slice, and let timers and events of this worker have their turn. */
async function idle(tasks: number): Promise<void> {
  runBlocking(dataSliceSteps(tasks), Infinity);
  if (pending(tasks) <= 0) await new Promise<void>((resolve) => setImmediate(resolve));
}

async function initialize(job: PoolJob, will: number): Promise<boolean> {
  if (!job.parcel) return true;
  let initializer: AnyFunction | undefined;
  try {
    const parts = await openParcel(job.parcel, will) as [AnyFunction, unknown[]];
    initializer = parts[0];
    await initializer(...parts[1]);
    return true;
  } catch (error) {
    throwIfEnding(error);
    throwIfStopped();
    giveUp(job, INITIALIZER_FAILED, explain(error, initializer));
    return false;
  }
}

/** Run the claimed tasks; a promise if one of them has to wait for something. */
function runClaimed(job: PoolJob, count: number): Promise<void> | undefined {
  const { desk } = job;
  let end: number = desk + DESK.claimed;
  for (let i = 0; i < count; i++) end += recordWords(i32[end]!);
  i32[desk + DESK.end] = end;
  const claim = (i32[desk + DESK.rest]! & ~REST_PLACE) + REST_CLAIM | 0;
  store(desk + DESK.rest, claim | DESK.claimed);
  return runRest(job);
}

/** Run what is left of a claim; the main thread may give it to other workers meanwhile. */
function runRest(job: PoolJob): Promise<void> | undefined {
  const { desk } = job;
  for (;;) {
    const rest = load(desk + DESK.rest);
    const at = desk + (rest & REST_PLACE);
    if (at >= i32[desk + DESK.end]!) break;
    if (cas(desk + DESK.rest, rest, rest + recordWords(i32[at]!)) !== rest) continue;
    i32[desk + DESK.current] = at;
    const waiting = runTask(job, at);
    if (waiting) return waitThenRun(job, waiting);
  }
  i32[desk + DESK.current] = 0;
  publish(job);
}

async function waitThenRun(job: PoolJob, waiting: Promise<void>): Promise<void> {
  publish(job); // what is finished need not wait for a task that waits
  await waiting;
  await runRest(job);
}

/** Run the task of a record and write its result; a promise if it has to wait for something. */
function runTask(job: PoolJob, at: number): Promise<void> | undefined {
  const { desk, tasks } = job;
  i32[desk + DESK.item] = 0;
  if (recording) record(What.task, tasks, TASKS, i32[at + TASK.job]!);
  try {
    const loading = loadFunctions(at);
    if (loading) return finish(job, at, loading.then(() => call(at, desk)));
    const result = call(at, desk);
    if (isThenable(result)) return finish(job, at, result);
    succeed(job, at, result);
  } catch (error) {
    fail(job, at, error);
  }
}

/** Load the modules of a task's functions; `undefined` when all are there, which is nearly always. */
function loadFunctions(at: number): Promise<void> | undefined {
  const number = i32[at + TASK.fn]!;
  const needs = i32[at + TASK.mode]! >>> NEEDS_SHIFT;
  if (needs === 0 && (number === PARTIAL || isLoaded(number))) return undefined;
  const numbers = [...i32.subarray(at + TASK.payload, at + TASK.payload + needs)];
  if (number !== PARTIAL) numbers.push(number);
  return ensureLoaded(numbers);
}

async function finish(job: PoolJob, at: number, result: PromiseLike<unknown>): Promise<void> {
  try {
    succeed(job, at, await result);
  } catch (error) {
    fail(job, at, error);
  }
}

/** Decode the input of a task and call its function. */
function call(at: number, desk: number): unknown {
  const mode = i32[at + TASK.mode]!;
  const number = i32[at + TASK.fn]!;
  i32[at + TASK.mode] = mode | TAKEN; // first: what fails to decode is let go of as well
  let input = takePayload(inputOf(at), mode);
  let fn: AnyFunction;
  if (number === PARTIAL) {
    [fn, input] = input as [AnyFunction, unknown];
  } else fn = functionOf(number);
  const how = mode & MODE_MASK;
  if (isMetered(desk)) return callMetered(desk, () => apply(fn, how, input, desk));
  return apply(fn, how, input, desk);
}

function apply(fn: AnyFunction, how: number, input: unknown, desk: number): unknown {
  if (how === APPLY) return fn(...input as unknown[]);
  const one: AnyFunction = how === STARMAP ? (args) => fn(...args) : (input) => fn(input);
  return callEach(one, input as ArrayLike<unknown>, desk + DESK.item);
}

function callEach(call: AnyFunction, items: ArrayLike<unknown>, item: number): unknown {
  const results = new Array(items.length);
  for (let i = 0; i < items.length; i++) {
    i32[item] = i;
    const result = call(items[i]);
    if (isThenable(result)) return awaitEach(call, items, item, results, i, result);
    results[i] = result;
  }
  return results;
}

async function awaitEach(
  call: AnyFunction,
  items: ArrayLike<unknown>,
  item: number,
  results: unknown[],
  from: number,
  first: unknown,
): Promise<unknown> {
  results[from] = await first;
  for (let i = from + 1; i < items.length; i++) {
    i32[item] = i;
    results[i] = await call(items[i]);
  }
  return results;
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null &&
    typeof (value as PromiseLike<unknown>).then === "function";
}

// A worker that its parent gave up must write nothing more: its desk may be somebody else's by now.

function succeed(job: PoolJob, at: number, result: unknown): void {
  throwIfStopped();
  const many = (i32[at + TASK.mode]! & MODE_MASK) !== APPLY;
  let words: number;
  try {
    words = encodeResult(result, many ? job.desk + DESK.item : undefined);
  } catch (error) {
    return fail(job, at, error);
  }
  writeResult(job, i32[at + TASK.job]!, DONE, words);
}

function fail(job: PoolJob, at: number, error: unknown): void {
  throwIfStopped(); // Deno.exit lets the engine go on for a moment
  throwIfEnding(error);
  if (!(i32[at + TASK.mode]! & TAKEN)) { // its module could not be loaded
    dropInput(at);
    i32[at + TASK.mode]! |= TAKEN;
  }
  const number = i32[at + TASK.fn]!;
  const told = explain(error, number === PARTIAL ? undefined : functionIfLoaded(number));
  const words = encodeFailure(told, job.name, i32[job.desk + DESK.item]!);
  writeResult(job, i32[at + TASK.job]!, FAILED, words);
}

/** Put the value in the scratch block on the desk as a finished result. */
function writeResult(job: PoolJob, jobId: number, status: number, words: number): void {
  const { desk, tasks } = job;
  if (recording && jobId !== 0) record(What.taskEnd, tasks, TASKS, jobId);
  const small = words <= SMALL_PAYLOAD;
  const payloadWords = small ? words : 1;
  if (i32[desk + DESK.outWords]! + RESULT.payload + payloadWords > DESK.outRoom) publish(job);
  const at = desk + DESK.out + i32[desk + DESK.outWords]!;
  const payload = at + RESULT.payload;
  i32[at] = inlineHeader(RESULT.payload - 1 + payloadWords);
  i32[at + RESULT.job] = jobId;
  i32[at + RESULT.status] = small ? status : status | IN_BLOCK;
  if (small) {
    const from = scratchAddress();
    for (let i = 0; i < words; i++) i32[payload + i] = i32[from + i]!;
  } else {
    i32[payload] = detachScratch();
  }
  i32[desk + DESK.outWords]! += RESULT.payload + payloadWords;
  i32[desk + DESK.outRecords]!++;
}

/** Publish the finished results on the desk and wake the main thread if it sleeps. */
function publish({ desk, results, bell }: PoolJob): void {
  const records = i32[desk + DESK.outRecords]!;
  if (records === 0) return;
  const out = desk + DESK.out;
  append(results, i32[out]!, out + 1, i32[desk + DESK.outWords]! - 1, records);
  i32[desk + DESK.outWords] = i32[desk + DESK.outRecords] = 0;
  if (load(bell) === 1 && cas(bell, 1, 0) === 1) notify(bell);
}
