/** Callbacks in the parent that throw, and an executor on the event loop: nobody else is hurt. */
import { assertEquals, assertRejects, assertStringIncludes, assertThrows } from "@std/assert";
import {
  asCompleted,
  BrokenExecutorError,
  EventLoopExecutor,
  type Executor,
  Pool,
  wait,
  WorkerPoolExecutor,
} from "../mod.ts";
import { exit } from "../mod.ts";
import { assertError, assertFree, cell, jobOf } from "./testing/cells.ts";
import * as f from "./testing/faults.ts";

const bad = () => {
  throw new RangeError("thrown on purpose");
};

/** Collect uncaught errors of this thread. */
function uncaught() {
  const seen: string[] = [];
  const listen = (event: ErrorEvent) => {
    event.preventDefault();
    seen.push(event.error.message);
  };
  addEventListener("error", listen);
  return { seen, [Symbol.dispose]: () => removeEventListener("error", listen) };
}

const callbacks = { callback: bad, errorCallback: bad };

for (const fault of ["throw", "Deno.exit(3)"] as const) {
  for (const what of ["apply", "map", "starmap"] as const) {
    cell(`pool.${what}Async: ${fault} in the task, and its callback throws too`, async (own) => {
      using errors = uncaught();
      const job = jobOf(own, fault);
      const pool = new Pool(1);
      const fail = {
        apply: () => pool.applyAsync(f.failInTask, [job], callbacks),
        map: () => pool.mapAsync(f.failInTask, [job], callbacks),
        starmap: () => pool.starmapAsync(f.failInTask, [[job]], callbacks),
      }[what]();
      const good = pool.applyAsync(f.twice, [21], callbacks);
      await assertRejects(async () => await fail, Error);
      assertEquals(await good, 42);
      assertEquals(errors.seen, ["thrown on purpose", "thrown on purpose"]);
      pool.close();
      await pool.join();
      assertFree(job);
    });
  }
}

const EXECUTORS: Record<string, (initializer?: () => void) => Executor> = {
  WorkerPoolExecutor: (initializer) => new WorkerPoolExecutor({ maxWorkers: 1, initializer }),
  EventLoopExecutor: (initializer) => new EventLoopExecutor({ maxWorkers: 1, initializer }),
};

for (const [name, make] of Object.entries(EXECUTORS)) {
  cell(`${name}: done callbacks that throw are printed, and the others called`, async () => {
    const printed: string[] = [], called: unknown[] = [];
    const { error } = console;
    console.error = (text) => printed.push(text);
    try {
      await using executor = make();
      const futures = [1, 2, 3].map((x) => executor.submit(f.twice, x));
      for (const future of futures) {
        future.addDoneCallback(bad);
        future.addDoneCallback(async (future) => called.push(await future));
      }
      assertEquals((await wait(futures)).done.size, 3);
      assertEquals((await Array.fromAsync(asCompleted(futures))).length, 3);
      assertEquals(await executor.submit(f.twice, 21), 42);
    } finally {
      console.error = error;
    }
    assertEquals([printed.length, called], [3, [2, 4, 6]]);
    assertStringIncludes(printed[0]!, "exception calling callback for <Future state=finished");
  });

  cell(`${name}: a done callback shuts the executor down`, async () => {
    const executor = make();
    const first = executor.submit(f.twice, 1), second = executor.submit(f.twice, 2);
    first.addDoneCallback(() => executor.shutdown({ wait: false, cancelFutures: true }));
    assertEquals(await first, 2);
    await executor.shutdown();
    assertEquals(second.done(), true);
  });

  cell(`${name}: somebody else gives a future its outcome`, async () => {
    await using executor = make();
    const futures = [1, 2, 3].map((x) => executor.submit(f.twice, x));
    futures[0]!.setResult(-1); // it runs
    futures[1]!.setException(new RangeError("not mine")); // it waits
    await assertRejects(() => futures[1]!.result(), RangeError, "not mine");
    assertEquals([await futures[0], await futures[2]], [-1, 6]);
    assertEquals(await executor.submit(f.twice, 21), 42);
  });

  cell(`${name}: map over inputs that throw`, async () => {
    await using executor = make();
    const inputs = function* () {
      yield 1;
      bad();
      yield 2;
    };
    assertThrows(() => executor.map(f.twice, inputs()), RangeError, "thrown on purpose");
    assertEquals(await executor.submit(f.twice, 21), 42);
  });
}

cell("EventLoopExecutor: a call that throws, at once or later", async () => {
  await using executor = new EventLoopExecutor({ maxWorkers: 1 });
  const expected = { cls: RangeError, says: ["thrown on purpose"] };
  await assertError(executor.submit(bad), expected);
  await assertError(
    executor.submit(() => Promise.reject(new RangeError("thrown on purpose"))),
    expected,
  );
  await assertError(Array.fromAsync(executor.map(bad, [1])), expected);
  await assertError(executor.submit(() => exit(3)), { cls: Error, says: ["Deno.exit()"] });
  assertEquals(await executor.submit(f.twice, 21), 42);
});

cell(
  "EventLoopExecutor: an initializer that throws breaks it, and every call says why",
  async () => {
    await using executor = new EventLoopExecutor({ initializer: bad });
    const broken = { cls: BrokenExecutorError, says: ["initializer failed", "thrown on purpose"] };
    await assertError(executor.submit(f.twice, 1), broken);
    await assertError(Promise.try(() => executor.submit(f.twice, 1)), broken);
    await assertError(Promise.try(() => executor.map(f.twice, [1])), broken);
  },
);
