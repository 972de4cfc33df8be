/** What holds for both kinds of executors, beside CPython's cases, which are in `conformance`. */
import { assert, assertEquals, assertThrows } from "@std/assert";
import { Event } from "@polycore/sync";
import {
  CancelledError,
  EventLoopExecutor,
  type Executor,
  partial,
  ProcessPoolExecutor,
  ThreadPoolExecutor,
  wait,
  WorkerPoolExecutor,
} from "./mod.ts";
import { leavesNothing, type Own, rejects, soon } from "./testing/helpers.ts";
import * as t from "./testing/tasks.ts";

interface Options {
  maxWorkers?: number;
  initializer?: (...args: never[]) => unknown;
  initargs?: unknown[];
}

const KINDS = [
  ["WorkerPoolExecutor", (o?: Options) => new WorkerPoolExecutor(o as never)],
  ["EventLoopExecutor", (o?: Options) => new EventLoopExecutor(o as never)],
] as const;

/** A call that is under way until `go` is set. */
function held(executor: Executor, own: Own) {
  const begun = own(new Event()), go = own(new Event());
  const future = executor.submit(t.holdAsync, begun, go);
  // Disposed before the executor, whose block would otherwise wait for ever when a test fails.
  return { future, begun, go, [Symbol.dispose]: () => go.set() };
}

for (const [kind, make] of KINDS) {
  const test = (name: string, act: (own: Own) => Promise<void>) =>
    Deno.test(`${kind}: ${name}`, () => leavesNothing(act));

  test("each outcome of a call", async () => {
    await using executor = make({ maxWorkers: 2 });
    const future = executor.submit(t.add, 2, 8);
    assertEquals(await soon(future.result()), 10);
    assertEquals([future.done(), future.running(), future.cancel()], [true, false, false]);
    assertEquals(await soon(executor.submit(partial(t.add, 1), 2)), 3);
    assertEquals(await soon(executor.submit(t.later, 5)), 5);
    const failing = executor.submit(t.throwSomething, "TypeError");
    await rejects(failing, TypeError, "wrong kind");
    assert(await failing.exception() instanceof TypeError);
  });

  test("map over an endless input, and a loop that is left early", async () => {
    await using executor = make({ maxWorkers: 2 });
    let taken = 0, closed = false;
    function* numbers() {
      try {
        for (;;) yield taken++;
      } finally {
        closed = true;
      }
    }
    const seen: number[] = [];
    for await (const x of executor.map(t.identity, numbers(), { buffersize: 3 })) {
      seen.push(x as number);
      assert(taken <= seen.length + 3, `${taken} taken, ${seen.length} fetched`);
      if (seen.length === 5) break;
    }
    assertEquals([seen, closed], [[0, 1, 2, 3, 4], true]);
  });

  test("only a pending future can be cancelled: one call per worker is under way", async (own) => {
    await using executor = make({ maxWorkers: 1 });
    using call = held(executor, own);
    const { future, begun, go } = call;
    await soon(begun.waitAsync());
    const pending = [1, 2, 3].map((x) => executor.submit(t.square, x));
    assertEquals([future.running(), future.cancel()], [true, false]);
    assertEquals([pending[1]!.running(), pending[1]!.cancel()], [false, true]);
    await rejects(pending[1]!, CancelledError, "was cancelled");
    assertEquals((await soon(wait([pending[1]!]))).done.size, 1);
    go.set();
    assertEquals(await soon(Promise.all([pending[0], pending[2]])), [1, 9]);
  });

  test("test_shutdown_no_wait: comes back at once, and the calls are made", async (own) => {
    const executor = make({ maxWorkers: 1 });
    using call = held(executor, own);
    const { future, go } = call;
    const next = executor.submit(t.square, 3);
    await soon(executor.shutdown({ wait: false }));
    assertEquals(future.done(), false);
    go.set();
    assertEquals(await soon(next), 9);
    await soon(executor.shutdown());
  });

  Deno.test(`${kind}: test_max_workers_negative, test_map_chunksize, and other bad arguments`, async () => {
    for (const maxWorkers of [0, -1, 1.5]) {
      assertThrows(
        () => make({ maxWorkers }),
        RangeError,
        "maxWorkers must be greater than 0: got",
      );
    }
    assertThrows(() => make({ maxWorkers: "2" as never }), TypeError, 'maxWorkers is "2"');
    assertThrows(
      () => make({ initializer: 1 as never }),
      TypeError,
      "initializer must be a callable: it is 1",
    );
    assertThrows(() => make({ initargs: 1 as never }), TypeError, "args is 1");
    await using executor = make();
    assertThrows(() => executor.submit(1 as never), TypeError, "The first argument is 1");
    assertThrows(() => executor.map(t.square, 1 as never), TypeError, "The input is 1");
    assertThrows(() => executor.map(t.square, [1], { chunkSize: 0 }), RangeError, "chunkSize is 0");
    assertThrows(() => executor.map(t.square, [1], { buffersize: -1 }), RangeError, "buffersize");
    assertThrows(
      () => executor.map(t.square, [1], { timeout: "1" as never }),
      TypeError,
      "timeout",
    );
    assertThrows(
      () => (executor as unknown as { map(fn: unknown): void }).map(t.square),
      TypeError,
      "The input is undefined",
    );
  });

  test("an input that throws: at the call, and nothing is left", async () => {
    await using executor = make({ maxWorkers: 1 });
    const bad = function* () {
      yield 1;
      throw new RangeError("no more inputs");
    };
    assertThrows(() => executor.map(t.square, bad()), RangeError, "no more inputs");
    const later = executor.map(t.square, bad(), { buffersize: 1 });
    await rejects(later.next(), RangeError, "no more inputs");
    assertEquals((await soon(later.next())).done, true);
  });
}

Deno.test("Python's names are the same classes", () => {
  assertEquals([ProcessPoolExecutor, ThreadPoolExecutor], [
    WorkerPoolExecutor,
    EventLoopExecutor,
  ] as unknown[]);
});
