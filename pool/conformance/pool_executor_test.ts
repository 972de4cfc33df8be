/** CPython's `ProcessPoolExecutorTest` and the rest of its `ExecutorDeadlockTest`: what holds for workers only. */
import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { Event, Semaphore } from "@polycore/sync";
import { Queue } from "@polycore/shm";
import { liveThreads, requestStop } from "@polycore/sync/internal";
import { BrokenExecutorError, exit, RemoteTraceback, task, WorkerPoolExecutor } from "../mod.ts";
import {
  assertNobodyLeft,
  leavesNothing,
  type Own,
  rejects,
  runProgram,
  soon,
} from "../testing/helpers.ts";
import * as t from "../testing/tasks.ts";

const test = (name: string, act: (own: Own) => Promise<void>) =>
  Deno.test(`ProcessPoolExecutorTest.${name}`, () => leavesNothing(act));

test("test_killed_child: the future fails, and so do later calls", async (own) => {
  const executor = new WorkerPoolExecutor({ maxWorkers: 1 });
  const begun = own(new Event()), never = own(new Event());
  const thread = await executor.submit(t.threadOf, 0);
  const future = executor.submit(t.waitFor, begun, never);
  await soon(begun.waitAsync());
  requestStop(thread);
  await rejects(future, BrokenExecutorError, "exit code -15 while it ran");
  assertThrows(() => executor.submit(t.square, 2), BrokenExecutorError, "exit code -15");
  await soon(executor.shutdown());
});

test("test_traceback: the cause holds the worker's stack, with the line of the source", async () => {
  await using executor = new WorkerPoolExecutor({ maxWorkers: 1 });
  const error = await rejects(executor.submit(t.throwSomething, "TypeError"), TypeError);
  assert(error.cause instanceof RemoteTraceback);
  const [, line] = /testing\/tasks\.ts:(\d+):/.exec(error.cause.message)!;
  const source = Deno.readTextFileSync(new URL("../testing/tasks.ts", import.meta.url)).split("\n");
  assertStringIncludes(source[Number(line) - 1]!, 'throw new TypeError("wrong kind")');
});

test("test_broken_process_pool_traceback: each future has an error of its own", async (own) => {
  const executor = new WorkerPoolExecutor({ maxWorkers: 1 });
  using _ = { [Symbol.dispose]: () => go.set() };
  const begun = own(new Event()), go = own(new Event());
  executor.submit(t.holdAsync, begun, go);
  const futures = [
    executor.submit(t.exitWith, 3),
    ...[1, 2, 3].map((x) => executor.submit(t.square, x)),
  ];
  await soon(begun.waitAsync());
  go.set();
  const errors = await Promise.all(
    futures.map((future) => rejects<Error>(future, BrokenExecutorError, "exit code 3")),
  );
  assertEquals(new Set(errors).size, 4);
  assert(errors.every(({ cause }) => (cause as { exitcode?: number }).exitcode === 3));
  await soon(executor.shutdown());
});

test("test_idle_process_reuse_one, test_idle_process_reuse_multiple", async () => {
  await using executor = new WorkerPoolExecutor({ maxWorkers: 4 });
  const threads = new Set<number>();
  for (let i = 0; i < 3; i++) threads.add(await executor.submit(t.threadOf, i));
  assertEquals(threads.size, 1);
  for (let i = 0; i < 5; i++) {
    const pair = [executor.submit(t.threadOf, i), executor.submit(t.threadOf, i)];
    for (const thread of await Promise.all(pair)) threads.add(thread);
  }
  assert(threads.size <= 2, `${threads.size} workers`);
});

test("test_max_tasks_per_child: a worker is replaced after so many calls", async () => {
  await using executor = new WorkerPoolExecutor({ maxWorkers: 1, maxTasksPerChild: 3 });
  const threads: number[] = [];
  for (let i = 0; i < 7; i++) threads.push(await executor.submit(t.threadOf, i));
  const [a, , , b, , , c] = threads as [number, number, number, number, number, number, number];
  assertEquals(threads, [a, a, a, b, b, b, c]);
  assertEquals(new Set([a, b, c]).size, 3);
});

test("test_max_tasks_per_child_pending_tasks_gh115634: none is stranded", async () => {
  for (const [maxWorkers, tasks] of [[1, 6], [2, 6], [3, 9]] as const) {
    await using executor = new WorkerPoolExecutor({ maxWorkers, maxTasksPerChild: 1 });
    const futures = Array.from({ length: tasks }, (_, i) => executor.submit(t.square, i));
    assertEquals(await soon(Promise.all(futures)), futures.map((_, i) => i * i));
  }
});

test("test_max_tasks_early_shutdown: no hang, and all calls are made", async () => {
  const executor = new WorkerPoolExecutor({ maxWorkers: 3, maxTasksPerChild: 1 });
  const futures = Array.from({ length: 6 }, (_, i) => executor.submit(t.square, i));
  await soon(executor.shutdown());
  assertEquals(await Promise.all(futures), [0, 1, 4, 9, 16, 25]);
});

for (const how of ["terminateWorkers", "killWorkers"] as const) {
  test(`test_force_shutdown_workers: ${how}, and the worker does not go on`, async (own) => {
    const executor = new WorkerPoolExecutor({ maxWorkers: 1 });
    const queue = own(new Queue()), never = own(new Event());
    const future = executor.submit(
      (queue: Queue, never: Event) => {
        queue.put("started");
        never.wait();
        queue.put("finished");
      },
      queue,
      never,
    );
    assertEquals(await soon(queue.getAsync()), "started");
    executor[how]();
    await rejects(future, BrokenExecutorError, how);
    await soon(executor.shutdown());
    never.set();
    assertEquals(queue.empty(), true);
  });
}

test("test_ressources_gced_in_workers: arguments are not kept by the worker", async () => {
  await using executor = new WorkerPoolExecutor({ maxWorkers: 1 });
  for (let i = 0; i < 3; i++) { // far more than the heap has, if they were kept
    const rows = new Float64Array(4_000_000);
    assertEquals(await executor.submit((rows: Float64Array) => rows.length, rows), 4_000_000);
  }
});

Deno.test("ExecutorShutdownTest.test_interpreter_shutdown: a program ends after its calls", async () => {
  const [working, idle] = await Promise.all(
    ["executor", "idleExecutor"].map((name) => runProgram("./program.ts", [name])),
  );
  assertEquals([working!.code, working!.out], [0, "apple\n"]);
  assertEquals([idle!.code, idle!.out], [0, "9\n"]);
});

const acquire = task(import.meta, (sem: Semaphore) => sem.acquire());

Deno.test("ProcessPoolExecutorTest.test_saturation: many calls, no more workers than allowed", async () => {
  const sem = new Semaphore(0), maxWorkers = 3, count = 15 * maxWorkers;
  const executor = new WorkerPoolExecutor({ maxWorkers });
  const futures = Array.from({ length: count }, () => executor.submit(acquire, sem));
  assertEquals(liveThreads().length, 1 + maxWorkers);
  sem.release(count);
  assertEquals(await soon(Promise.all(futures)), Array(count).fill(true));
  await soon(executor.shutdown());
  assertNobodyLeft();
});

const exitWhenAsked = task(import.meta, (asked: Event) => {
  asked.wait();
  exit(3);
});

Deno.test("ExecutorDeadlockTest.test_shutdown_deadlock: a worker that dies behind shutdown", async () => {
  const executor = new WorkerPoolExecutor({ maxWorkers: 2 }), asked = new Event();
  const future = executor.submit(exitWhenAsked, asked);
  const down = executor.shutdown();
  asked.set();
  await rejects(future, BrokenExecutorError, "exit code 3");
  await soon(down);
  assertNobodyLeft();
});

Deno.test("ExecutorDeadlockTest.test_shutdown_deadlock_pickle: an argument that cannot be copied, then shutdown", async () => {
  const executor = new WorkerPoolExecutor({ maxWorkers: 2 });
  assertEquals(await soon(executor.submit(t.square, 4)), 16);
  assertThrows(() => executor.submit(t.square, Symbol("secret") as never), TypeError, "secret");
  await soon(executor.shutdown({ wait: false }));
  await soon(executor.shutdown());
  assertNobodyLeft();
});

const exitWithData = task(import.meta, (data: string) => exit(data.length > 0 ? 3 : 0));

Deno.test("ExecutorDeadlockTest.test_crash_big_data: a worker that dies while much is sent", async () => {
  const executor = new WorkerPoolExecutor({ maxWorkers: 2 });
  const data = "a".repeat(4 * 1024 * 1024 + 1);
  const results = executor.map(exitWithData, Array(10).fill(data));
  await rejects(Array.fromAsync(results), BrokenExecutorError, "exit code 3");
  await soon(executor.shutdown());
  assertNobodyLeft();
});
