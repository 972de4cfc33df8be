import { assertEquals, assertStrictEquals } from "@std/assert";
import {
  ALL_COMPLETED,
  EventLoopExecutor,
  FIRST_COMPLETED,
  FIRST_EXCEPTION,
  Future,
  wait,
} from "./mod.ts";
import { rejects, soon } from "./testing/helpers.ts";

function returned(): Future<number> {
  const future = new Future<number>();
  future.setResult(42);
  return future;
}

function failed(): Future<number> {
  const future = new Future<number>();
  future.setException(new RangeError("too far"));
  return future;
}

function cancelled(): Future<number> {
  const future = new Future<number>();
  future.cancel();
  future.setRunningOrNotifyCancel();
  return future;
}

const LONG = { timeout: 10_000 };

Deno.test("WaitTests.test_first_completed", async () => {
  const one = new Future<number>(), two = new Future<number>();
  const result = wait([one, two], { returnWhen: FIRST_COMPLETED });
  one.setResult(1);
  assertEquals(await soon(result), { done: new Set([one]), notDone: new Set([two]) });
});

Deno.test("test_first_completed_some_already_completed: with all that are done", async () => {
  const some = [cancelled(), returned(), failed()], pending = new Future<number>();
  const { done, notDone } = await soon(wait([pending, ...some], { returnWhen: FIRST_COMPLETED }));
  assertEquals([done, notDone], [new Set(some), new Set([pending])]);
});

Deno.test("test_first_exception, test_first_exception_one_already_failed", async () => {
  const one = new Future<number>(), two = new Future<number>(), three = new Future<number>();
  const result = wait([one, two, three], { returnWhen: FIRST_EXCEPTION, ...LONG });
  one.setResult(1);
  two.setException(new RangeError("too far"));
  assertEquals(await soon(result), { done: new Set([one, two]), notDone: new Set([three]) });
  const again = await soon(wait([three, two], { returnWhen: FIRST_EXCEPTION }));
  assertEquals([again.done.has(two), again.notDone.has(three)], [true, true]);
});

Deno.test("test_first_exception_some_already_complete: without an error it waits for all", async () => {
  const pending = new Future<number>();
  const some = [cancelled(), returned(), pending];
  const result = wait(some, { returnWhen: FIRST_EXCEPTION });
  pending.setResult(1);
  assertEquals(await soon(result), { done: new Set(some), notDone: new Set() });
});

Deno.test("test_all_completed, and none at all", async () => {
  const one = new Future<number>(), two = new Future<number>();
  const result = wait([one, two, failed()], { returnWhen: ALL_COMPLETED });
  one.setException(new Error("no"));
  two.cancel();
  two.setRunningOrNotifyCancel();
  assertEquals((await soon(result)).done.size, 3);
  assertEquals((await soon(wait([]))).done.size, 0);
});

Deno.test("test_timeout: no error, and the rest is not done", async () => {
  const done = returned(), pending = new Future<number>();
  const result = await soon(wait([done, pending], { timeout: 1 }));
  assertEquals(result, { done: new Set([done]), notDone: new Set([pending]) });
});

Deno.test("test_20369: duplicates count once", async () => {
  const future = returned();
  const { done, notDone } = await soon(wait([future, future]));
  assertEquals([done.size, notDone.size], [1, 0]);
});

Deno.test("a cancelled future counts as done when its executor has seen it", async () => {
  const future = new Future<number>();
  future.cancel();
  assertEquals((await soon(wait([future], { timeout: 0 }))).notDone.size, 1);
  future.setRunningOrNotifyCancel();
  assertEquals((await soon(wait([future]))).done.size, 1);
});

Deno.test("futures of an executor, and a signal", async () => {
  await using executor = new EventLoopExecutor();
  const gate = Promise.withResolvers<string>();
  const quick = executor.submit(() => "quick"), slow = executor.submit(() => gate.promise);
  const { done } = await soon(wait([quick, slow], { returnWhen: FIRST_COMPLETED }));
  assertStrictEquals([...done][0], quick);
  const signal = AbortSignal.abort(new Error("enough"));
  await rejects(wait([slow], { signal }), Error, "enough");
  gate.resolve("");
});

Deno.test("what makes no sense is refused", async () => {
  await rejects(wait([1 as never]), TypeError, "1 is no Future");
  await rejects(wait(1 as never), TypeError, "The futures are 1");
  await rejects(
    wait([], { returnWhen: "SOON" as never }),
    RangeError,
    'Invalid return condition: "SOON"',
  );
  await rejects(wait([], { timeout: "1" as never }), TypeError, 'timeout is "1"');
});
