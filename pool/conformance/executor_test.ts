import { assertEquals, assertThrows } from "@std/assert";
import { Event, Semaphore } from "@polycore/sync";
import { liveThreads } from "@polycore/sync/internal";
import {
  BrokenExecutorError,
  EventLoopExecutor,
  type Executor,
  exit,
  task,
  WorkerPoolExecutor,
} from "../mod.ts";
import { assertNobodyLeft, rejects, soon } from "../testing/helpers.ts";
import { square, threadOf } from "../testing/tasks.ts";

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

Deno.test("test_max_tasks_per_child_pending_tasks_gh115634: pending calls outlive each worker's last", async () => {
  await using executor = new WorkerPoolExecutor({ maxWorkers: 2, maxTasksPerChild: 1 });
  const futures = Array.from({ length: 8 }, (_, i) => executor.submit(threadOf, i));
  assertEquals(new Set(await soon(Promise.all(futures))).size, 8);
});

Deno.test("test_max_tasks_early_shutdown: the calls that were made are run", async () => {
  const executor = new WorkerPoolExecutor({ maxWorkers: 3, maxTasksPerChild: 1 });
  const futures = Array.from({ length: 6 }, (_, i) => executor.submit(square, i));
  await soon(executor.shutdown());
  assertEquals(await soon(Promise.all(futures)), [0, 1, 4, 9, 16, 25]);
  assertNobodyLeft();
});

const executors: Record<string, () => Executor> = {
  WorkerPoolExecutor: () => new WorkerPoolExecutor({ maxWorkers: 1 }),
  EventLoopExecutor: () => new EventLoopExecutor({ maxWorkers: 1 }),
};

for (const [name, make] of Object.entries(executors)) {
  Deno.test(`${name}: test_hang_gh94440: a call that was cancelled right before shutdown`, async () => {
    const executor = make();
    await soon(executor.submit(square, 1));
    executor.submit(square, 2).cancel();
    await soon(executor.shutdown());
    assertNobodyLeft();
  });
}

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
  assertEquals(await soon(executor.submit(square, 4)), 16);
  assertThrows(() => executor.submit(square, Symbol("secret") as never), TypeError, "secret");
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
