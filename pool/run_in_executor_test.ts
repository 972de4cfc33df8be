import { assertEquals } from "@std/assert";
import { EventLoopExecutor, partial, runInExecutor, WorkerPoolExecutor } from "./mod.ts";
import { leavesNothing, rejects, soon } from "./testing/helpers.ts";
import * as t from "./testing/tasks.ts";

Deno.test("test_run_in_executor: in workers, on this thread, and where all such calls go", async () => {
  await leavesNothing(async () => {
    await using workers = new WorkerPoolExecutor({ maxWorkers: 1 });
    await using here = new EventLoopExecutor();
    for (const executor of [workers, here, null]) {
      assertEquals(await soon(runInExecutor(executor, t.add, 1, 2)), 3);
      assertEquals(await soon(runInExecutor(executor, partial(t.add, 1), 3)), 4);
      const failing = runInExecutor(executor, t.throwSomething, "TypeError");
      await rejects(failing, TypeError, "wrong kind");
    }
  });
});

Deno.test("what is no executor and what is no function is refused", async () => {
  await rejects(runInExecutor(1 as never, t.square, 1), TypeError, "The executor is 1");
  await rejects(runInExecutor(null, 1 as never), TypeError, "The first argument is 1");
});
