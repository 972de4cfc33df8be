import { assert, assertEquals, assertThrows } from "@std/assert";
import { AsyncResult, TimeoutError } from "./mod.ts";
import { rejects } from "./testing/helpers.ts";

Deno.test("a result is a promise that can be asked", async () => {
  const result = new AsyncResult<number>("the sum");
  assertEquals(result.ready(), false);
  assertThrows(() => result.successful(), Error, "The result is not ready");
  result.settle(true, 3);
  assertEquals([result.ready(), result.successful(), await result, await result.get()], [
    true,
    true,
    3,
    3,
  ]);
  assertEquals(await Promise.all([result, 1]), [3, 1]);
});

Deno.test("what it is chained to is a plain promise", async () => {
  const result = new AsyncResult<number>("the sum");
  result.settle(true, 3);
  const chained = result.then((x) => x + 1);
  assert(!(chained instanceof AsyncResult));
  assertEquals(await chained, 4);
});

Deno.test("it is settled once", async () => {
  const seen: unknown[] = [];
  const result = new AsyncResult<number>("the sum", {
    callback: (x) => seen.push(x),
    errorCallback: (e) => seen.push(e),
  });
  result.settle(true, 1);
  result.settle(true, 2);
  result.settle(false, new Error("late"));
  assertEquals([seen, await result], [[1], 1]);
});

Deno.test("the callback comes before those who wait", async () => {
  const order: string[] = [];
  const result = new AsyncResult<number>("the sum", { callback: () => order.push("callback") });
  const waiting = result.get().then(() => order.push("get"));
  result.settle(true, 1);
  order.push("settled");
  await waiting;
  assertEquals(order, ["callback", "settled", "get"]);
});

Deno.test("an error is thrown to all who ask, and by wait to nobody", async () => {
  const result = new AsyncResult<number>("the sum");
  result.settle(false, new RangeError("too far"));
  await result.wait();
  assertEquals(result.successful(), false);
  await rejects(result, RangeError, "too far");
  await rejects(result.get({ timeout: 1000 }), RangeError, "too far");
});

Deno.test("a timeout is an error of get that says what was not there", async () => {
  const result = new AsyncResult<number>("the sum");
  await rejects(result.get({ timeout: 1 }), TimeoutError, "The result of the sum was not there");
  await result.wait({ timeout: 1 });
  await rejects(result.get({ timeout: Number.NaN }), TypeError, "timeout is NaN");
  await rejects(result.wait({ timeout: "1" as never }), TypeError, 'timeout is "1"');
  result.settle(false, new Error("nobody waits any more")); // is no unhandled rejection
  await new Promise((resolve) => setTimeout(resolve));
});
