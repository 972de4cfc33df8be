import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { DeadlockError } from "@polycore/sync";
import { requestStop, WaitKind } from "@polycore/sync/internal";
import { ClosedError, Queue, SimpleQueue, Value } from "./mod.ts";
import { shm } from "./testing/shm.ts";
import { assertNobodyLeft, assertNoLeak, run, start } from "./testing/threads.ts";

Deno.test("after close every call throws, and it cannot be sent", async () => {
  const queue = new SimpleQueue<number>();
  queue.put(1);
  queue.close();
  queue.close();
  for (const act of [() => queue.empty(), () => queue.get(), () => queue.put(1)]) {
    assertThrows(act, ClosedError, "The queue is closed: this thread called close()");
  }
  await assertRejects(() => queue.getAsync(), ClosedError);
  await assertRejects(() => queue.putAsync(1), ClosedError);
  assertThrows(() => new Queue().put(queue), TypeError, "value is a SimpleQueue that was disposed");
  assertEquals(Deno.inspect(queue), "<SimpleQueue(closed)>");
});

Deno.test("close is of this thread: another one goes on, also blocked", async () => {
  const queue = new SimpleQueue<unknown>();
  const crew = start(1, (_s, _i, queue) => [queue.get(), queue.get()], queue);
  shm.untilBlocked(crew.ids, WaitKind.data);
  queue.put("a".repeat(10_000));
  await queue.putAsync({ b: [1n] });
  queue.close();
  assertEquals(await crew.join(), [["a".repeat(10_000), { b: [1n] }]]);
});

Deno.test("several producers and consumers: nothing lost or doubled", async () => {
  const queue = new SimpleQueue<number>(), sum = new Value("i", 0);
  await run(
    4,
    async (s, i, queue, sum) => {
      for (let n = 1; n <= 1000; n++) {
        const mode = n % 50 === 0 ? "Async" : "";
        if (i < 2) await s.call(queue, "put", mode, n);
        else sum.add(await s.call<number>(queue, "get", mode));
      }
    },
    queue,
    sum,
  );
  assertEquals([sum.value, queue.empty()], [2 * 500_500, true]);
});

Deno.test("a value that cannot pass throws in put and leaves nothing", async () => {
  const queue = new SimpleQueue();
  assertThrows(() => queue.put([() => 1]), TypeError, "value[0] is a function");
  await assertRejects(() => queue.putAsync([() => 1]), TypeError, "value[0] is a function");
  assert(queue.empty());
});

Deno.test("a get that nobody can end throws, stopped or aborted it ends", async () => {
  const queue = new SimpleQueue<number>();
  assertThrows(() => queue.get(), DeadlockError, "MainProcess waits for data");
  const crew = start(1, (s, _i, queue) => s.thrownBy(() => queue.get()), queue);
  shm.untilBlocked(crew.ids, WaitKind.data);
  requestStop(crew.ids[0]!);
  assertEquals(await crew.join(), ["StoppedError"]);
  const stop = new AbortController();
  const taking = queue.getAsync({ signal: stop.signal });
  stop.abort(new Error("enough"));
  await assertRejects(() => taking, Error, "enough");
  queue.put(3);
  assertEquals(queue.get(), 3);
});

Deno.test("it passes through itself in a message, and all memory comes back", async () => {
  await run(1, () => {});
  await assertNoLeak(async () => {
    using queue = new SimpleQueue<unknown>(), inner = new SimpleQueue<unknown>();
    queue.put(new Map([["inner", inner]]));
    await run(1, (_s, _i, queue) => {
      const { inner } = Object.fromEntries(queue.get() as Map<string, SimpleQueue>) as {
        inner: SimpleQueue;
      };
      inner.put("x".repeat(9000));
      inner.put("more");
    }, queue);
    assertEquals(inner.get(), "x".repeat(9000));
    assertEquals(Deno.inspect(inner), "<SimpleQueue(1 items)>");
    queue.put(inner); // goes with the queue
  });
});

Deno.test("no thread is left", assertNobodyLeft);
