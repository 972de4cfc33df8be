/**
 * CPython's `ExecutorTest`, `ExecutorShutdownTest` and their initializer tests, over both kinds of
 * executors as its mixins do. What goes beyond them is in the tests beside the modules.
 */
import { assert, assertEquals, assertThrows } from "@std/assert";
import { Event, Semaphore } from "@polycore/sync";
import { Value } from "@polycore/shm";
import {
  asCompleted,
  BrokenExecutorError,
  CancelledError,
  EventLoopExecutor,
  type Executor,
  TimeoutError,
  wait,
  WorkerPoolExecutor,
} from "../mod.ts";
import { untilCollected } from "../testing/collected.ts";
import { leavesNothing, type Own, rejects, soon } from "../testing/helpers.ts";
import * as t from "../testing/tasks.ts";

interface Options {
  maxWorkers: number;
  initializer?: (...args: never[]) => unknown;
  initargs?: unknown[];
}

const KINDS: Record<string, (options: Options) => Executor> = {
  WorkerPoolExecutor: (options) => new WorkerPoolExecutor(options as never),
  EventLoopExecutor: (options) => new EventLoopExecutor(options as never),
};

/** A call that is under way until `go` is set. */
function held(executor: Executor, own: Own) {
  const begun = own(new Event()), go = own(new Event());
  const future = executor.submit(t.holdAsync, begun, go);
  return { future, begun, go, [Symbol.dispose]: () => go.set() };
}

for (const [kind, make] of Object.entries(KINDS)) {
  const test = (name: string, act: (own: Own) => Promise<void>) =>
    Deno.test(`${kind}: ExecutorTest.${name}`, () => leavesNothing(act));

  test("test_submit, test_submit_keyword: options go in an object at the end", async () => {
    await using executor = make({ maxWorkers: 2 });
    const capture = (a: number, options: { self: number; fn: number }) => [a, options];
    assertEquals(await executor.submit((x: number, y: number) => x ** y, 2, 8), 256);
    assertEquals(await executor.submit(capture, 1, { self: 2, fn: 3 }), [1, { self: 2, fn: 3 }]);
  });

  test("test_map: as the built-in map, also with several inputs", async () => {
    await using executor = make({ maxWorkers: 2 });
    const ten = Array.from({ length: 10 }, (_, i) => i);
    const powers = await Array.fromAsync(executor.map((a: number, b: number) => a ** b, ten, ten));
    assertEquals(powers, ten.map((x) => x ** x));
    for (const chunkSize of [1, 2, 6, 50]) { // test_map_chunksize
      const squares = await Array.fromAsync(executor.map(t.square, ten, { chunkSize }));
      assertEquals(squares, ten.map((x) => x * x));
    }
    assertThrows(() => executor.map(t.square, ten, { chunkSize: 0 }), RangeError, "at least 1");
  });

  test("test_map_exception: the results before it, the error, the end", async () => {
    await using executor = make({ maxWorkers: 2 });
    const divided = executor.map(
      (a: number, b: number) => {
        if (b === 0) throw new RangeError("division by zero");
        return Math.floor(a / b);
      },
      [1, 1, 1, 1],
      [2, 3, 0, 5],
    );
    assertEquals([(await divided.next()).value, (await divided.next()).value], [0, 0]);
    await rejects(divided.next(), RangeError, "division by zero");
    assertEquals((await divided.next()).done, true);
  });

  test("test_map_timeout: the results that were in time", async (own) => {
    await using executor = make({ maxWorkers: 1 });
    using _ = { [Symbol.dispose]: () => go.set() };
    const begun = own(new Event()), go = own(new Event()), open = own(new Event());
    await executor.submit(t.square, 1); // the start of a worker is not what is timed
    open.set();
    const results: unknown[] = [];
    const loop = async () => {
      const held = executor.map(t.holdAsync, [begun, begun, begun], [open, open, go], {
        timeout: 500,
      });
      for await (const result of held) results.push(result);
    };
    await rejects(loop(), TimeoutError);
    assertEquals(results, [undefined, undefined]);
  });

  test("test_map_buffersize: how far the input is taken ahead, and what is refused", async () => {
    await using executor = make({ maxWorkers: 2 });
    for (const buffersize of [0, -1]) {
      assertThrows(() => executor.map(t.square, [1], { buffersize }), RangeError, "buffersize");
    }
    const wrong = { buffersize: "1" as never };
    assertThrows(() => executor.map(t.square, [1], wrong), TypeError, "buffersize");
    const taken: number[] = [];
    function* input() {
      for (let i = 0; i < 10; i++) {
        taken.push(i);
        yield i;
      }
    }
    const results = executor.map(t.square, input(), { buffersize: 3 });
    assertEquals(taken, [0, 1, 2]); // test_map_buffersize_when_buffer_is_full
    assertEquals((await results.next()).value, 0);
    assertEquals(taken, [0, 1, 2, 3]);
    assertEquals(await Array.fromAsync(results), [1, 4, 9, 16, 25, 36, 49, 64, 81]);
    assertEquals(await Array.fromAsync(executor.map(t.square, [], { buffersize: 8 })), []);
  });

  test("test_shutdown_race_issue12456: shutting down in the middle of submitting", async () => {
    const executor = make({ maxWorkers: 5 });
    const futures = Array.from({ length: 20 }, (_, i) => executor.submit(t.square, i));
    const twice = [executor.shutdown(), executor.shutdown()];
    assertEquals(await soon(Promise.all(futures)), futures.map((_, i) => i * i));
    await soon(Promise.all(twice));
  });

  test("test_swallows_falsey_exceptions: whatever is thrown arrives", async () => {
    await using executor = make({ maxWorkers: 1 });
    for (const thrown of [undefined, null, 0, "", false, Number.NaN]) {
      const bad = (value: unknown) => {
        throw value;
      };
      const outcomes = await Promise.allSettled([
        executor.submit(bad, thrown),
        Array.fromAsync(executor.map(bad, [thrown])),
      ]);
      for (const outcome of outcomes) assertEquals(outcome, { status: "rejected", reason: thrown });
    }
  });

  test("test_saturation: many calls wait for few workers", async (own) => {
    await using executor = make({ maxWorkers: 4 });
    const semaphore = own(new Semaphore(0));
    const wait = (semaphore: Semaphore) => semaphore.acquireAsync();
    const futures = Array.from({ length: 15 * 4 }, () => executor.submit(wait, semaphore));
    assertEquals(futures.filter((future) => future.running()).length, 4);
    semaphore.release(15 * 4);
    assertEquals(await soon(Promise.all(futures)), futures.map(() => true));
  });

  test("test_executor_map_current_future_cancel: while a result is waited for", async (own) => {
    await using executor = make({ maxWorkers: 1 });
    using call = held(executor, own);
    const results = executor.map(t.square, [1, 2, 3]);
    const waiting = results.next();
    await results.return();
    call.go.set();
    assertEquals((await soon(waiting)).done, true);
  });

  Deno.test(`${kind}: ExecutorTest.test_no_stale_references, test_free_reference, test_free_reference_yielded_future`, async () => {
    await using executor = make({ maxWorkers: 1 });
    const refs: WeakRef<object>[] = [];
    const note = <T extends object>(object: T): T => {
      refs.push(new WeakRef(object));
      return object;
    };
    const identity = (object: object) => object;
    const run = async () => { // nothing of it is on the stack afterwards
      const inputs = Array.from({ length: 3 }, (_, i) => note({ i }));
      for await (const result of executor.map(identity, inputs)) note(result);
      const futures = inputs.map((input) => note(executor.submit(identity, input)));
      for await (const future of asCompleted(futures)) note(await future.result());
      const cancelled = note(executor.submit(identity, note({})));
      cancelled.cancel();
      await wait([cancelled]);
    };
    await run();
    await executor.submit(t.square, 1);
    await untilCollected(refs);
    assertEquals(refs.length, 14);
  });

  const shutdown = (name: string, act: (own: Own) => Promise<void>) =>
    Deno.test(`${kind}: ExecutorShutdownTest.${name}`, () => leavesNothing(act));

  shutdown("test_run_after_shutdown", async () => {
    const executor = make({ maxWorkers: 1 });
    await executor.shutdown();
    const text = "cannot schedule new futures after shutdown";
    assertThrows(() => executor.submit(t.square, 2), Error, text);
    assertThrows(() => executor.map(t.square, [2]), Error, text);
  });

  shutdown("test_hang_issue12364: all of many calls", async () => {
    const executor = make({ maxWorkers: 1 });
    const futures = Array.from({ length: 50 }, (_, i) => executor.submit(t.later, i));
    await soon(executor.shutdown());
    assertEquals(await Promise.all(futures), futures.map((_, i) => i));
  });

  shutdown("test_cancel_futures: some are done, the rest is cancelled", async (own) => {
    const executor = make({ maxWorkers: 2 });
    using one = held(executor, own);
    using two = held(executor, own);
    const rest = Array.from({ length: 48 }, () => executor.submit(t.square, 3));
    const ended = executor.shutdown({ cancelFutures: true });
    assertEquals(rest.filter((future) => future.cancelled()).length, 48);
    await rejects(rest[0]!, CancelledError);
    one.go.set();
    two.go.set();
    await soon(ended);
    assertEquals([one.future, two.future].map((f) => [f.done(), f.cancelled()]), [
      [true, false],
      [true, false],
    ]);
  });

  shutdown("test_cancel_futures_wait_false: comes back at once", async (own) => {
    const executor = make({ maxWorkers: 1 });
    using call = held(executor, own);
    const rest = executor.submit(t.square, 3);
    await soon(executor.shutdown({ wait: false, cancelFutures: true }));
    assertEquals([call.future.done(), rest.cancelled()], [false, true]);
    call.go.set();
    await soon(call.future);
    await soon(executor.shutdown());
  });

  shutdown("test_hang_gh94440: a call that was cancelled right before", async () => {
    const executor = make({ maxWorkers: 1 });
    assertEquals(await executor.submit(t.square, 3), 9);
    executor.submit(t.square, 4).cancel();
    await soon(executor.shutdown());
  });

  shutdown("test_hang_gh83386: not waiting, with calls that wait", async () => {
    const executor = make({ maxWorkers: 1 });
    const futures = [executor.submit(t.square, 3), executor.submit(t.square, 4)];
    await executor.shutdown({ wait: false });
    assertEquals(await soon(Promise.all(futures)), [9, 16]);
    await soon(executor.shutdown());
  });

  shutdown("test_context_manager_shutdown, test_threads_terminate", async () => {
    let kept: Executor;
    {
      await using executor = make({ maxWorkers: 5 });
      kept = executor;
      const tens = await Array.fromAsync(executor.map(t.add, [1, 2], [10, 20]));
      assertEquals(tens, [11, 22]);
    }
    assertThrows(() => kept.submit(t.square, 1), Error, "after shutdown");
  });

  const waits = (name: string, act: (own: Own) => Promise<void>) =>
    Deno.test(`${kind}: ${name}`, () => leavesNothing(act));

  waits("WaitTests: first completed, first exception, all, and the time", async (own) => {
    await using executor = make({ maxWorkers: 3 });
    using call = held(executor, own);
    const quick = executor.submit(t.square, 3), failing = executor.submit(t.squareBut3, 2);
    const all = [call.future, quick, failing] as const;
    const first = await soon(
      wait<unknown>([call.future, quick], { returnWhen: "FIRST_COMPLETED" }),
    );
    assertEquals([[...first.done], [...first.notDone]], [[quick], [call.future]]);
    const failed = await soon(wait<unknown>(all, { returnWhen: "FIRST_EXCEPTION" }));
    assert(failed.done.has(failing) && failed.notDone.has(call.future));
    const late = await soon(wait<unknown>([...all, ...all], { timeout: 20 })); // test_20369
    assertEquals([late.done.size, [...late.notDone]], [2, [call.future]]);
    call.go.set();
    const { done, notDone } = await soon(wait<unknown>(all));
    assertEquals([done.size, notDone.size], [3, 0]);
  });

  waits("ThreadPoolWaitTests.test_pending_calls_race: many calls end at once", async (own) => {
    await using executor = make({ maxWorkers: 4 });
    const go = own(new Event());
    const waitAsync = (event: Event) => event.waitAsync();
    for (let round = 0; round < 20; round++) {
      const futures = Array.from({ length: 8 }, () => executor.submit(waitAsync, go));
      go.set();
      assertEquals((await soon(wait(futures))).done.size, 8);
      go.clear();
    }
  });

  waits(
    "AsCompletedTests: the finished ones first, then as they come, or too late",
    async (own) => {
      await using executor = make({ maxWorkers: 2 });
      using call = held(executor, own);
      const done = executor.submit(t.square, 3);
      await done;
      const quick = executor.submit(t.later, 4);
      const order: unknown[] = [];
      for await (const future of asCompleted<unknown>([call.future, quick, done, done])) {
        order.push(future);
        if (order.length === 2) call.go.set();
      }
      assertEquals(order, [done, quick, call.future]);
      using slow = held(executor, own);
      const late = Array.fromAsync(asCompleted<unknown>([slow.future, done], { timeout: 20 }));
      await rejects(late, TimeoutError, "1 (of 2) futures unfinished"); // test_correct_timeout_...
    },
  );

  waits(
    "FailingInitializerMixin.test_initializer: every future and every call says why",
    async () => {
      const executor = make({ maxWorkers: 1, initializer: t.failingInitializer });
      const futures = [1, 2, 3].map((x) => executor.submit(t.square, x));
      const seen = new Set<unknown>();
      for (const future of futures) {
        const error = await rejects(future, BrokenExecutorError, "RangeError: no data file");
        assert(error.message.startsWith("The executor is broken"), error.message);
        seen.add(error);
      }
      assertEquals(seen.size, 3); // its own for each
      assertThrows(() => executor.submit(t.square, 1), BrokenExecutorError, "no data file");
      assertThrows(() => executor.map(t.square, [1]), BrokenExecutorError);
      await soon(executor.shutdown());
    },
  );

  waits("InitializerMixin.test_initializer: runs before the first call", async (own) => {
    const sum = own(new Value("i", 0));
    await using executor = make({
      maxWorkers: 1,
      initializer: t.initialize,
      initargs: [sum, "more"],
    });
    assertEquals(await soon(Array.fromAsync(executor.map(t.addToInitialized, [1, 2]))), [2, 2]);
    assertEquals(sum.value, 3);
  });
}
