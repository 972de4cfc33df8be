/**
 * Calls that are cancelled, aborted, timed out and cut off at random: each ends once and rightly, and
 * none hurts another one.
 */
import { assert } from "@std/assert";
import {
  EventLoopExecutor,
  type Executor,
  type GetOptions,
  Pool,
  WorkerPoolExecutor,
} from "../mod.ts";
import { leavesNothing } from "../testing/helpers.ts";
import { twice } from "./testing/faults.ts";
import { Random } from "./testing/random.ts";
import { ABORTED, type Fate, Tracker } from "./testing/tracked.ts";

const ROUNDS = 10_000;

/** Calls that may be under way at once. */
const MOST = 200;

/** Milliseconds without any call ending after which something hangs. */
const LIMIT = 10_000;

const seed = Number(Deno.env.get("POLYCORE_SEED") ?? Date.now() % 1_000_000);

/** The pool or executor that calls go to just now; it is ended now and then, and another one made. */
class Hosts {
  pool!: Pool;
  executor!: Executor;
  fate!: Fate;
  loopFate: Fate = { forced: false };
  loop = new EventLoopExecutor({ maxWorkers: 3 });

  constructor() {
    this.begin();
  }

  begin(): void {
    this.fate = { forced: false };
    this.pool = new Pool(1);
    this.executor = new WorkerPoolExecutor({ maxWorkers: 1 });
  }

  async end(how: number): Promise<void> {
    const { pool, executor } = this;
    this.fate.forced = how > 0;
    if (how === 0) pool.close();
    else pool.terminate();
    if (how === 1) (executor as WorkerPoolExecutor).killWorkers();
    if (how === 2) (executor as WorkerPoolExecutor).terminateWorkers();
    await executor.shutdown({ cancelFutures: how > 0 });
    await pool.join();
  }
}

/** One round: a call of a random kind, or the end of an earlier one. */
async function round(random: Random, hosts: Hosts, tracker: Tracker): Promise<void> {
  const below = (end: number) => random.below(end);
  const { pool, executor, loop, fate, loopFate } = hosts;
  const n = below(1000);
  const many = Array.from({ length: below(20) }, (_, i) => n + i);
  const doubled = many.map((x) => 2 * x);
  const controller = new AbortController();
  const limits: GetOptions = { signal: controller.signal };
  if (random.oneIn(2)) limits.timeout = below(3);
  const call = (result: PromiseLike<unknown>, value: unknown, its: GetOptions = {}, whose = fate) =>
    tracker.call(result, value, its, whose);
  switch (below(12)) {
    case 0:
    case 1:
      tracker.future(executor.submit(twice, n), 2 * n, fate);
      break;
    case 2:
      tracker.future(loop.submit(twice, n), 2 * n, loopFate);
      break;
    case 3:
      call(executor.submit(twice, n).result(limits), 2 * n, limits);
      break;
    case 4:
      call(pool.apply(twice, [n], limits), 2 * n, limits);
      break;
    case 5:
      call(pool.map(twice, many, { ...limits, chunkSize: 1 + below(9) }), doubled, limits);
      break;
    case 6:
      call(
        Array.fromAsync(executor.map(twice, many, { ...limits, chunkSize: 1 + below(9) })),
        doubled,
        limits,
      );
      break;
    case 7:
      call(Array.fromAsync(loop.map(twice, many, limits)), doubled, limits, loopFate);
      break;
    case 8:
      call(Array.fromAsync(pool.imapUnordered(twice, many)).then((r) => r.sort(byValue)), doubled);
      break;
    case 9: { // a loop that is left early
      const iterator = random.oneIn(2) ? pool.imap(twice, many) : executor.map(twice, many);
      call(iterator.next().then(({ value }) => iterator.return().then(() => value)), doubled[0]);
      break;
    }
    default:
      tracker.cancelOne(below);
  }
  const when = below(9);
  if (when < 3) controller.abort(ABORTED);
  else if (when < 5) setTimeout(() => controller.abort(ABORTED), below(3));
  if (random.oneIn(4)) await undefined;
  if (random.oneIn(20)) await new Promise((resolve) => setImmediate(resolve));
  if (random.oneIn(10)) tracker.cancelOne(below);
}

const byValue = (a: number, b: number) => a - b;

/** Wait until few enough calls are under way. */
async function untilFew(tracker: Tracker): Promise<void> {
  const deadline = performance.now() + LIMIT;
  while (tracker.pending > MOST) {
    assert(performance.now() < deadline, `hangs: ${tracker.pending} calls do not end`);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

async function rounds(count: number, random: Random): Promise<void> {
  const hosts = new Hosts(), tracker = new Tracker();
  for (let i = 0; i < count && !tracker.wrong; i++) {
    await round(random, hosts, tracker);
    await untilFew(tracker);
    if (random.oneIn(250)) {
      await hosts.end(random.below(4));
      hosts.begin();
    }
  }
  await hosts.end(0);
  await hosts.loop.shutdown();
  await tracker.finish();
  if (count === ROUNDS) {
    const never = Object.entries(tracker.ends).filter(([, times]) => times === 0);
    assert(never.length === 0, `no call ended as ${never}: the test tests too little`);
  }
}

Deno.test(`${ROUNDS} rounds of calls that are cut short at random (POLYCORE_SEED=${seed})`, async () => {
  const random = new Random(seed);
  let warming = true;
  try {
    await leavesNothing(async () => {
      await rounds(warming ? 100 : ROUNDS, random);
      warming = false;
    });
  } catch (cause) {
    throw new Error(`with POLYCORE_SEED=${seed}: ${cause}`, { cause });
  }
});
