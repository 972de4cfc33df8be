import { assertEquals, assertThrows } from "@std/assert";
import { CancelledError, Future, InvalidStateError, Pool, TimeoutError } from "./mod.ts";
import { rejects } from "./testing/helpers.ts";

function futures() {
  const pending = new Future<number>(), running = new Future<number>();
  const cancelled = new Future<number>(), notified = new Future<number>();
  const failed = new Future<number>(), returned = new Future<number>();
  running.setRunningOrNotifyCancel();
  cancelled.cancel();
  notified.cancel();
  notified.setRunningOrNotifyCancel();
  failed.setException(new RangeError("too far"));
  returned.setResult(42);
  return { pending, running, cancelled, notified, failed, returned };
}

/** What a method gives in each state. */
function inEachState(ask: (future: Future<number>) => unknown): unknown[] {
  return Object.values(futures()).map(ask);
}

Deno.test("FutureTests.test_cancel, test_cancelled, test_done, test_running", () => {
  assertEquals(inEachState((f) => f.cancel()), [true, false, true, true, false, false]);
  assertEquals(inEachState((f) => f.cancelled()), [false, false, true, true, false, false]);
  assertEquals(inEachState((f) => f.done()), [false, false, true, true, true, true]);
  assertEquals(inEachState((f) => f.running()), [false, true, false, false, false, false]);
});

Deno.test("test_repr", () => {
  assertEquals(inEachState((f) => Deno.inspect(f)), [
    "<Future state=pending>",
    "<Future state=running>",
    "<Future state=cancelled>",
    "<Future state=cancelled_and_notified>",
    "<Future state=finished raised RangeError>",
    "<Future state=finished returned number>",
  ]);
});

Deno.test("test_result_with_timeout, test_exception_with_timeout", async () => {
  const { pending, running, cancelled, notified, failed, returned } = futures();
  for (const future of [pending, running]) {
    await rejects(future.result({ timeout: 0 }), TimeoutError, "was not there within 0 ms");
    await rejects(future.exception({ timeout: 0 }), TimeoutError);
  }
  for (const future of [cancelled, notified]) {
    await rejects(future.result({ timeout: 1000 }), CancelledError, "cancelled before it began");
    await rejects(future.exception(), CancelledError);
    await rejects(future, CancelledError);
  }
  await rejects(failed.result({ timeout: 1000 }), RangeError, "too far");
  assertEquals((await failed.exception() as Error).message, "too far");
  assertEquals([await returned.result(), await returned, await returned.exception()], [
    42,
    42,
    null,
  ]);
});

Deno.test("result and exception end with a signal, and refuse bad options", async () => {
  const { pending } = futures();
  const signal = AbortSignal.abort(new Error("enough"));
  await rejects(pending.result({ signal }), Error, "enough");
  await rejects(pending.exception({ signal }), Error, "enough");
  await rejects(pending.result({ timeout: "1" as never }), TypeError, 'timeout is "1"');
});

Deno.test("test_result_with_success, test_result_with_cancel: those who wait hear of it", async () => {
  const one = new Future<number>(), two = new Future<number>(), three = new Future<number>();
  const waiting = [one.result(), two.result({ timeout: 10_000 }), three.exception()];
  one.setResult(1);
  two.cancel();
  three.setException(new RangeError("too far"));
  assertEquals(await waiting[0], 1);
  await rejects(waiting[1]!, CancelledError);
  assertEquals((await waiting[2] as unknown as Error).message, "too far");
});

Deno.test("test_done_callback_*: called once with the future, in order, or at once", () => {
  for (const how of ["result", "exception", "cancel"]) {
    const future = new Future<number>();
    const calls: unknown[] = [];
    future.addDoneCallback((f) => calls.push(f));
    future.addDoneCallback(() => calls.push("second"));
    if (how === "result") future.setResult(1);
    else if (how === "exception") future.setException(new Error("no"));
    else future.cancel();
    future.addDoneCallback(() => calls.push("late"));
    future.cancel();
    assertEquals(calls.length, 3);
    assertEquals([calls[0] === future, ...calls.slice(1)], [true, "second", "late"]);
  }
  assertThrows(() => new Future().addDoneCallback(1 as never), TypeError, "The callback is 1");
});

Deno.test("test_done_callback_raises: it is printed, and the others are called", () => {
  const printed: string[] = [];
  const { error } = console;
  console.error = (...args) => printed.push(args.map(String).join(" "));
  const called: string[] = [];
  const bad = () => {
    throw new Error("in a callback");
  };
  try {
    const future = new Future<number>();
    future.addDoneCallback(bad);
    future.addDoneCallback(() => called.push("the next"));
    future.setResult(1);
    future.addDoneCallback(bad); // test_done_callback_raises_already_succeeded
  } finally {
    console.error = error;
  }
  const text =
    "exception calling callback for <Future state=finished returned number>: Error: in a callback";
  assertEquals([printed, called], [[text, text], ["the next"]]);
});

Deno.test("test_multiple_set_result, test_multiple_set_exception", async () => {
  const future = new Future<number>();
  future.setResult(1);
  const text = "FINISHED: <Future state=finished returned number> has its outcome already.";
  assertThrows(() => future.setResult(2), InvalidStateError, text);
  assertThrows(() => future.setException(new Error()), InvalidStateError, text);
  assertEquals(await future, 1);
  const { cancelled, notified } = futures();
  assertThrows(() => cancelled.setResult(1), InvalidStateError, "CANCELLED: <Future state=");
  assertThrows(() => notified.setResult(1), InvalidStateError, "CANCELLED_AND_NOTIFIED: ");
});

Deno.test("setRunningOrNotifyCancel: begins a pending future once, and not a cancelled one", () => {
  const { pending, running, cancelled, notified, failed } = futures();
  assertEquals(pending.setRunningOrNotifyCancel(), true);
  assertEquals(cancelled.setRunningOrNotifyCancel(), false);
  for (const future of [pending, running, cancelled, notified, failed]) {
    assertThrows(
      () => future.setRunningOrNotifyCancel(),
      InvalidStateError,
      "Future in unexpected state",
    );
  }
});

Deno.test("an error that nobody asks for is no unhandled rejection", async () => {
  const future = new Future<number>();
  await rejects(future.result({ timeout: 1 }), TimeoutError);
  future.setException(new Error("nobody waits any more"));
  await new Promise((resolve) => setTimeout(resolve));
});

Deno.test("a future cannot be passed on", async () => {
  await using pool = new Pool(1);
  assertThrows(() => pool.applyAsync((x: unknown) => x, [new Future()]), TypeError, "a future");
});
