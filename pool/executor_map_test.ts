import { assertEquals, assertThrows } from "@std/assert";
import { Future, TimeoutError } from "./mod.ts";
import { ExecutorMapIterator } from "./executor_map.ts";
import { rejects, soon } from "./testing/helpers.ts";

/** An iterator over chunks whose outcomes the test gives. */
function iteratorOf(chunks: number, options: { buffersize?: number; timeout?: number } = {}) {
  const futures: Future<unknown[]>[] = [];
  let closed = 0;
  const iterator = new ExecutorMapIterator<number>({
    what: "the next result of f",
    buffersize: options.buffersize ?? Infinity,
    limits: options.timeout === undefined ? {} : { timeout: options.timeout },
    submitNext: () => {
      if (futures.length === chunks) return undefined;
      const future = new Future<unknown[]>();
      futures.push(future);
      return future;
    },
    closeInputs: () => closed++,
  });
  return { iterator, futures, closed: () => closed };
}

Deno.test("chunks come in the order of the inputs, whenever they are done", async () => {
  const { iterator, futures } = iteratorOf(3);
  futures[2]!.setResult([5]);
  futures[1]!.setResult([]);
  futures[0]!.setResult([1, 2]);
  assertEquals(await soon(Array.fromAsync(iterator)), [1, 2, 5]);
  assertEquals(await iterator.next(), { done: true, value: undefined });
});

Deno.test("no more chunks are taken than the buffer holds, and one for each that was fetched", async () => {
  const { iterator, futures } = iteratorOf(9, { buffersize: 2 });
  assertEquals(futures.length, 2);
  futures[0]!.setResult([1]);
  assertEquals((await soon(iterator.next())).value, 1);
  assertEquals(futures.length, 3);
});

Deno.test("an error ends it: what has not begun is cancelled, and inputs are closed", async () => {
  const { iterator, futures, closed } = iteratorOf(9, { buffersize: 3 });
  futures[1]!.setRunningOrNotifyCancel();
  futures[0]!.setException(new RangeError("no"));
  await rejects(iterator.next(), RangeError, "no");
  assertEquals(futures.map((future) => future.cancelled()), [false, false, true]);
  assertEquals([(await iterator.next()).done, closed()], [true, 1]);
});

Deno.test("leaving early does the same, also while a result is waited for", async () => {
  const { iterator, futures, closed } = iteratorOf(9, { buffersize: 2 });
  const waiting = iterator.next();
  await undefined;
  assertEquals((await iterator.return()).done, true);
  assertEquals(futures.map((future) => future.cancelled()), [true, true]);
  await soon(waiting.catch(() => {}));
  assertEquals([(await iterator.next()).done, closed()], [true, 1]);
});

Deno.test("several may ask at once: each gets its own result", async () => {
  const { iterator, futures } = iteratorOf(2);
  const all = [iterator.next(), iterator.next(), iterator.next()];
  futures[0]!.setResult([1]);
  futures[1]!.setResult([2]);
  assertEquals((await soon(Promise.all(all))).map(({ value }) => value), [1, 2, undefined]);
});

Deno.test("the time counts from the call; what is done by then still comes", async () => {
  const { iterator, futures } = iteratorOf(2, { timeout: 0 });
  futures[0]!.setResult([1]);
  assertEquals((await soon(iterator.next())).value, 1);
  await rejects(iterator.next(), TimeoutError, "the next result of f");
  assertEquals(futures[1]!.cancelled(), true);
});

Deno.test("inputs that throw at the call: what was submitted is cancelled", () => {
  const futures: Future<unknown[]>[] = [];
  const make = () =>
    new ExecutorMapIterator({
      what: "f",
      buffersize: Infinity,
      limits: {},
      submitNext: () => {
        if (futures.length === 2) throw new RangeError("the input ran dry");
        futures.push(new Future());
        return futures.at(-1);
      },
      closeInputs: () => {},
    });
  assertThrows(make, RangeError, "the input ran dry");
  assertEquals(futures.map((future) => future.cancelled()), [true, true]);
});
