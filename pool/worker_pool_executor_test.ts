import { assertEquals, assertThrows } from "@std/assert";
import { Event } from "@polycore/sync";
import { BrokenExecutorError, WorkerPoolExecutor } from "./mod.ts";
import { leavesNothing, rejects, soon } from "./testing/helpers.ts";
import * as t from "./testing/tasks.ts";

for (const how of ["terminateWorkers", "killWorkers"] as const) {
  Deno.test(`${how} ends what runs and cancels the rest; nothing can be called any more`, () =>
    leavesNothing(async (own) => {
      const executor = new WorkerPoolExecutor({ maxWorkers: 1 });
      const begun = own(new Event()), never = own(new Event());
      const running = executor.submit(t.waitFor, begun, never);
      const pending = executor.submit(t.square, 3);
      await soon(begun.waitAsync());
      executor[how]();
      await rejects(running, BrokenExecutorError, `its workers were ended by ${how}()`);
      assertEquals(pending.cancelled(), true);
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
