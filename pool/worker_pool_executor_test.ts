import { assertEquals, assertThrows } from "@std/assert";
import { Event } from "@polycore/sync";
import { BrokenExecutorError, WorkerPoolExecutor } from "./mod.ts";
import { leavesNothing, rejects, soon } from "./testing/helpers.ts";
import * as t from "./testing/tasks.ts";

Deno.test("test_killed_child, test_broken_process_pool_traceback: each future has its own error", () =>
  leavesNothing(async (own) => {
    const executor = new WorkerPoolExecutor({ maxWorkers: 1 });
    const begun = own(new Event()), go = own(new Event());
    const before = executor.submit(t.square, 3);
    assertEquals(await soon(before), 9);
    const held = executor.submit(t.holdAsync, begun, go);
    const dying = executor.submit(t.exitAndUnwind, own(new Event()), 3);
    const pending = [1, 2].map((x) => executor.submit(t.square, x));
    await soon(begun.waitAsync());
    go.set();
    await soon(held);
    const errors = [
      await rejects(dying, BrokenExecutorError, "exit code 3"),
      await rejects(pending[0]!, BrokenExecutorError, "exit code 3"),
      await rejects(pending[1]!, BrokenExecutorError, "exit code 3"),
    ];
    assertEquals(new Set<unknown>(errors).size, 3);
    assertThrows(() => executor.submit(t.square, 1), BrokenExecutorError, "exit code 3");
    await soon(executor.shutdown());
  }));

Deno.test("test_idle_process_reuse_one: calls one after the other use one worker", () =>
  leavesNothing(async () => {
    await using executor = new WorkerPoolExecutor({ maxWorkers: 4 });
    const threads = new Set<number>();
    for (let i = 0; i < 3; i++) threads.add(await soon(executor.submit(t.threadOf, i)));
    assertEquals(threads.size, 1);
  }));

Deno.test("test_max_tasks_per_child: a worker is replaced, and nothing is stranded", () =>
  leavesNothing(async () => {
    await using executor = new WorkerPoolExecutor({ maxWorkers: 1, maxTasksPerChild: 2 });
    const futures = [0, 1, 2, 3, 4].map((i) => executor.submit(t.threadOf, i));
    const threads = await soon(Promise.all(futures));
    assertEquals([new Set(threads).size, threads[0] === threads[1]], [3, true]);
  }));

for (const how of ["terminateWorkers", "killWorkers"] as const) {
  Deno.test(`test_force_shutdown_workers: ${how} ends what runs and cancels the rest`, () =>
    leavesNothing(async (own) => {
      const executor = new WorkerPoolExecutor({ maxWorkers: 1 });
      const begun = own(new Event()), never = own(new Event());
      const running = executor.submit(t.waitFor, begun, never);
      const pending = executor.submit(t.square, 3);
      await soon(begun.waitAsync());
      executor[how]();
      await rejects(running, BrokenExecutorError, `its workers were ended by ${how}()`);
      assertEquals(pending.cancelled(), true);
      // test_force_shutdown_workers_stops_pool
      assertThrows(() => executor.submit(t.square, 1), BrokenExecutorError, `${how}()`);
      executor[how]();
      await soon(executor.shutdown());
    }));

  Deno.test(`${how} of an executor that never started a worker, or has none any more`, () =>
    leavesNothing(async () => {
      const unused = new WorkerPoolExecutor({ maxWorkers: 1 });
      unused[how]();
      assertThrows(() => unused.submit(t.square, 1), Error);
      await soon(unused.shutdown());
      const ended = new WorkerPoolExecutor({ maxWorkers: 1 });
      assertEquals(await soon(ended.submit(t.square, 3)), 9);
      await soon(ended.shutdown());
      ended[how]();
      assertThrows(() => ended.submit(t.square, 1), Error, "after shutdown");
    }));
}
