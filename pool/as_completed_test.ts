import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  asCompleted,
  AsCompletedIterator,
  EventLoopExecutor,
  Future,
  TimeoutError,
} from "./mod.ts";
import { rejects, soon } from "./testing/helpers.ts";

function returned(): Future<number> {
  const future = new Future<number>();
  future.setResult(42);
  return future;
}

Deno.test("AsCompletedTests.test_no_timeout: the finished ones first, then as they come", async () => {
  const one = new Future<number>(), two = new Future<number>();
  const failed = new Future<number>(), done = returned();
  failed.setException(new Error("no"));
  const iterator = asCompleted([one, two, failed, done]);
  assert(iterator instanceof AsCompletedIterator);
  const order = [await soon(iterator.next()), await soon(iterator.next())];
  two.setResult(2);
  order.push(await soon(iterator.next()));
  one.cancel();
  one.setRunningOrNotifyCancel();
  order.push(await soon(iterator.next()));
  assertEquals<unknown>(order.map(({ value }) => value), [failed, done, two, one]);
  assertEquals(await soon(iterator.next()), { done: true, value: undefined });
});

Deno.test("test_future_times_out: the finished ones, then 2 (of 4) futures unfinished", async () => {
  for (const timeout of [0, 1]) {
    const some = [new Future<number>(), returned(), new Future<number>(), returned()];
    const iterator = asCompleted(some, { timeout });
    const seen: unknown[] = [];
    const error = await rejects(
      (async () => {
        for await (const future of iterator) seen.push(future);
      })(),
      TimeoutError,
    );
    assertEquals(error.message, `2 (of 4) futures unfinished after ${timeout} ms.`);
    assertEquals(seen, [some[1], some[3]]);
    assertEquals((await soon(iterator.next())).done, true);
  }
});

Deno.test("test_duplicate_futures: each once", async () => {
  const future = new Future<number>();
  const all = Array.fromAsync(asCompleted([future, future]));
  future.setResult(1);
  assertEquals((await soon(all)).length, 1);
});

Deno.test("test_correct_timeout_exception_msg, and none at all", async () => {
  const iterator = asCompleted([new Future()], { timeout: 0 });
  await rejects(iterator.next(), TimeoutError, "1 (of 1) futures unfinished");
  assertEquals(await soon(Array.fromAsync(asCompleted([]))), []);
});

Deno.test("a loop that is left early, several callers of next, and a signal", async () => {
  await using executor = new EventLoopExecutor();
  const gate = Promise.withResolvers<void>();
  const slow = executor.submit(() => gate.promise), quick = executor.submit(() => {});
  for await (const future of asCompleted([slow, quick])) {
    assertEquals(future, quick);
    break;
  }
  const left = asCompleted([slow]);
  const waiting = left.next();
  await left.return();
  assertEquals((await soon(waiting)).done, true);
  const signal = AbortSignal.abort(new Error("enough"));
  assertThrows(() => asCompleted([slow], { signal }), Error, "enough");
  const iterator = asCompleted([slow, quick]);
  const both = [iterator.next(), iterator.next(), iterator.next()];
  gate.resolve();
  assertEquals((await soon(Promise.all(both))).map((r) => r.done), [false, false, true]);
});

Deno.test("what makes no sense is refused at the call", () => {
  assertThrows(() => asCompleted([1 as never]), TypeError, "1 is no Future");
  assertThrows(() => asCompleted(null as never), TypeError, "The futures are null");
  assertThrows(() => asCompleted([], { timeout: Number.NaN }), TypeError, "timeout is NaN");
});
