import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import type { Event } from "@polycore/sync";
import { ClosedError, type JoinableQueue, type Queue, QueueEmpty, QueueFull } from "@polycore/shm";
import { SimpleQueue } from "@polycore/shm";
import { ALL, conformance, NO_MANAGER, party, takesAtLeast } from "./testing/back_ends.ts";

const takeSix = party(import.meta, async (call, queue: Queue, start: Event, go: Event) => {
  await call(start, "wait");
  for (let n = 0; n < 6; n++) await call(queue, "get");
  go.set();
});

conformance(ALL, "_TestQueue.test_put", async (b) => {
  const queue = b.Queue<number>(6), start = b.Event(), go = b.Event();
  b.spawn(takeSix, queue, start, go);
  assertEquals([queue.empty(), queue.full()], [true, false]);
  await b.call(queue, "put", 1);
  await b.call(queue, "put", 2, {});
  await b.call(queue, "put", 3, { timeout: undefined });
  await b.call(queue, "put", 4, { timeout: 0 });
  await b.call(queue, "put", 5, { timeout: 1000 });
  queue.putNowait(6);
  assertEquals([queue.empty(), queue.full()], [false, true]);
  const text = "The queue is full: it holds its 6 items";
  assertThrows(() => queue.putNowait(7), QueueFull, text);
  for (const timeout of [0, -1, 30, 60]) {
    const put = takesAtLeast(timeout, () => b.call(queue, "put", 7, { timeout }));
    await assertRejects(() => put, QueueFull, text);
  }
  start.set();
  await b.call(go, "wait");
  assertEquals([queue.empty(), queue.full()], [true, false]);
});

const putFour = party(import.meta, async (call, queue: Queue, start: Event, go: Event) => {
  await call(start, "wait");
  for (const n of [2, 3, 4, 5]) await call(queue, "put", n);
  go.set();
});

conformance(ALL, "_TestQueue.test_get", async (b) => {
  const queue = b.Queue<number>(), start = b.Event(), go = b.Event();
  b.spawn(putFour, queue, start, go);
  assert(queue.empty());
  start.set();
  await b.call(go, "wait");
  assert(!queue.empty());
  assertEquals(await b.call(queue, "get", { timeout: undefined }), 2);
  assertEquals(await b.call(queue, "get"), 3);
  assertEquals(await b.call(queue, "get", { timeout: 1000 }), 4);
  assertEquals(queue.getNowait(), 5);
  assert(queue.empty());
  assertThrows(() => queue.getNowait(), QueueEmpty, "The queue is empty");
  for (const timeout of [0, -1, 30, 60]) {
    const got = takesAtLeast(timeout, () => b.call(queue, "get", { timeout }));
    await assertRejects(() => got, QueueEmpty);
  }
});

const putTenMore = party(import.meta, async (call, queue: Queue) => {
  for (let n = 10; n < 20; n++) await call(queue, "put", n);
});

conformance(ALL, "_TestQueue.test_fork", async (b) => {
  const queue = b.Queue<number>();
  for (let n = 0; n < 10; n++) await b.call(queue, "put", n);
  b.spawn(putTenMore, queue);
  for (let n = 0; n < 20; n++) assertEquals(await b.call(queue, "get"), n);
  assertThrows(() => queue.getNowait(), QueueEmpty);
});

conformance(ALL, "_TestQueue.test_qsize", async (b) => {
  const queue = b.Queue<number>();
  assertEquals(queue.qsize(), 0);
  await b.call(queue, "put", 1);
  assertEquals(queue.qsize(), 1);
  await b.call(queue, "put", 5);
  assertEquals(queue.qsize(), 2);
  await b.call(queue, "get");
  assertEquals(queue.qsize(), 1);
  await b.call(queue, "get");
  assertEquals(queue.qsize(), 0);
  assertEquals(Deno.inspect(queue), "<Queue(0 items)>");
});

const workUntilNull = party(
  import.meta,
  async (call, tasks: JoinableQueue<number | null>, done: Queue<number>) => {
    for (;;) {
      const n = await call(tasks, "get");
      if (n !== null) await call(done, "put", n);
      tasks.taskDone();
      if (n === null) return;
    }
  },
);

conformance(ALL, "_TestQueue.test_task_done", async (b) => {
  const tasks = b.JoinableQueue<number | null>(), done = b.Queue<number>();
  for (let n = 0; n < 4; n++) b.spawn(workUntilNull, tasks, done);
  for (let n = 0; n < 10; n++) await b.call(tasks, "put", n);
  await b.call(tasks, "join");
  assertEquals(done.qsize(), 10); // every item was done before join came back
  for (let n = 0; n < 4; n++) await b.call(tasks, "put", null);
  await b.joinAll();
  await b.call(tasks, "join");
  assertThrows(() => tasks.taskDone(), RangeError, "task_done() called too many times");
});

conformance(ALL, "_TestQueue.test_timeout", async (b) => {
  const queue = b.Queue();
  const got = takesAtLeast(200, () => b.call(queue, "get", { timeout: 200 }));
  await assertRejects(() => got, QueueEmpty);
});

conformance(ALL, "_TestQueue.test_queue_feeder_donot_stop_onexc", async (b) => {
  for (const queue of [b.Queue(), b.Queue(1)]) {
    // Python's feeder thread prints the error; here put throws it
    const put = () => b.call(queue, "put", { rows: [Symbol("secret")] });
    await assertRejects(put, TypeError, "value.rows[0]");
    await b.call(queue, "put", true);
    assertEquals(queue.qsize(), 1);
    assertEquals(await b.call(queue, "get", { timeout: 1000 }), true);
    assert(queue.empty());
  }
});

conformance(ALL, "_TestQueue.test_closed_queue_empty_exceptions", async (b) => {
  for (const used of [false, true]) {
    for (const queue of [b.Queue(), b.JoinableQueue()]) {
      if (used) await b.call(queue, "put", "foo");
      queue.close();
      queue.close();
      // Python answers true for a queue that was never used
      assertThrows(() => queue.empty(), ClosedError, "is closed");
    }
  }
});

conformance(ALL, "_TestQueue.test_closed_queue_put_get_exceptions", async (b) => {
  for (const queue of [b.Queue(), b.JoinableQueue()]) {
    queue.close();
    await assertRejects(() => b.call(queue, "put", "foo"), ClosedError, "is closed");
    await assertRejects(() => b.call(queue, "get"), ClosedError, "is closed");
  }
});

const putWhetherEmpty = party(
  import.meta,
  async (call, queue: SimpleQueue, start: Event, go: Event) => {
    await call(start, "wait");
    await call(queue, "put", queue.empty());
    await call(queue, "put", queue.empty());
    go.set();
  },
);

// Not over a manager: Python's has no SimpleQueue.
conformance(NO_MANAGER, "TestSimpleQueue.test_empty", async (b) => {
  const queue = new SimpleQueue(), start = b.Event(), go = b.Event();
  b.spawn(putWhetherEmpty, queue, start, go);
  assert(queue.empty());
  start.set();
  await b.call(go, "wait");
  assert(!queue.empty());
  assertEquals(await b.call(queue, "get"), true);
  assertEquals(await b.call(queue, "get"), false);
  assert(queue.empty());
});

Deno.test("TestSimpleQueue.test_close: twice is fine", () => {
  const queue = new SimpleQueue();
  queue.close();
  queue.close();
});

Deno.test("TestSimpleQueue.test_empty_exceptions: asked when closed, used or not", () => {
  for (const values of [[], [1]]) {
    const queue = new SimpleQueue();
    for (const value of values) queue.put(value);
    queue.close();
    assertThrows(() => queue.empty(), ClosedError, "is closed");
  }
});
