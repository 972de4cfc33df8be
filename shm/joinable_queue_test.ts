import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { DeadlockError } from "@polycore/sync";
import { requestStop, WaitKind } from "@polycore/sync/internal";
import { ClosedError, JoinableQueue, Queue, QueueFull, Value } from "./mod.ts";
import { shm } from "./testing/shm.ts";
import { assertNobodyLeft, assertNoLeak, run, start } from "./testing/threads.ts";

Deno.test("no other item is done before its own taskDone: the joiner sees every write of it", async () => {
  for (const mode of ["", "Async"] as const) {
    const queue = new JoinableQueue<number>(), order = new Queue<string>(), go = new Queue();
    const crew = start(
      1,
      (_s, _i, queue, order, go) => {
        for (let n = 0; n < 3; n++) {
          go.get();
          queue.get();
          order.put(`task ${n}`);
          queue.taskDone();
        }
      },
      queue,
      order,
      go,
    );
    for (let n = 0; n < 3; n++) queue.put(n);
    assertEquals(queue.join({ timeout: 0 }), false);
    for (let n = 0; n < 2; n++) go.put(1);
    assertEquals([order.get(), order.get()], ["task 0", "task 1"]);
    assertEquals(await shm.call(queue, "join", mode, { timeout: 20 }), false); // the third waits for us
    go.put(1);
    assertEquals(await shm.call(queue, "join", mode), true);
    assertEquals(order.getNowait(), "task 2");
    await crew.join();
  }
});

Deno.test("one taskDone too many changes nothing, whenever it comes", async () => {
  const queue = new JoinableQueue<number>();
  const text = "task_done() called too many times: every item that was put is done already";
  assertThrows(() => queue.taskDone(), RangeError, text);
  queue.put(1);
  queue.taskDone(); // before the get: Python does not mind either
  assertThrows(() => queue.taskDone(), RangeError, text);
  assert(queue.join({ timeout: 0 }) && await queue.joinAsync({ timeout: 0 }));
  queue.put(2);
  assert(!queue.join({ timeout: 0 }) && !await queue.joinAsync({ timeout: 0 }));
  assertEquals([queue.get(), queue.get()], [1, 2]);
  queue.taskDone();
  assert(queue.join());
});

Deno.test("the last taskDone wakes every joiner, blocked or awaiting", async () => {
  const queue = new JoinableQueue<number>();
  queue.put(1);
  queue.put(2);
  const crew = start(3, (_s, _i, queue) => queue.join(), queue);
  const awaiting = Promise.all([queue.joinAsync(), queue.joinAsync()]);
  shm.untilBlocked(crew.ids, WaitKind.condition);
  queue.taskDone();
  assert(!queue.join({ timeout: 30 }));
  shm.untilBlocked(crew.ids, WaitKind.condition);
  const before = performance.now();
  queue.taskDone();
  queue.put(3); // a joiner that wakes late still returns: none was left for a moment
  assertEquals(await awaiting, [true, true]);
  assert(performance.now() - before < 90);
  assertEquals(await crew.join(), [true, true, true]);
});

Deno.test("a put that fails does not count", async () => {
  const queue = new JoinableQueue<unknown>(1);
  queue.put(1);
  assertThrows(() => queue.putNowait(2), QueueFull);
  assertThrows(() => queue.put(2, { timeout: 5 }), QueueFull);
  await assertRejects(() => queue.putAsync(2, { timeout: 5 }), QueueFull);
  queue.get();
  assertThrows(() => queue.put(() => 1), TypeError, "value is a function");
  queue.taskDone();
  assert(queue.join({ timeout: 0 }));
});

Deno.test("many producers and consumers: every taskDone finds its put, and join its end", async () => {
  const queue = new JoinableQueue<number>(5), done = new Value("i", 0);
  const each = 2000;
  const crew = start(
    4,
    (_s, i, queue, done, each) => {
      for (let n = 0; n < each; n++) {
        if (i < 2) queue.put(n);
        else {
          queue.get();
          done.add(1);
          queue.taskDone();
        }
      }
      queue.join();
      return done.value;
    },
    queue,
    done,
    each,
  );
  const seen = await crew.join();
  assert(queue.join({ timeout: 0 }));
  assertEquals([done.value, queue.qsize()], [2 * each, 0]);
  assertEquals(seen[2]! <= 2 * each && seen[3]! <= 2 * each, true);
  assertThrows(() => queue.taskDone(), RangeError, "too many times");
});

Deno.test("a consumer that died with an item: DeadlockError that says so, or the timeout", async () => {
  const queue = new JoinableQueue<number>();
  queue.put(1);
  const crew = start(1, (s, _i, queue) => {
    queue.get();
    s.bury(s.me);
  }, queue);
  await crew.join();
  const text = "join() waits for 1 unfinished items, and every other thread waits or has ended";
  const error = assertThrows(() => queue.join(), DeadlockError, text);
  assert(error.cause instanceof DeadlockError);
  assertEquals(queue.join({ timeout: 10 }), false);
  assertEquals(await queue.joinAsync({ timeout: 10 }), false);
  queue.taskDone(); // in its place
  assert(queue.join());
});

Deno.test("a stopped joiner gets StoppedError, an abort ends joinAsync", async () => {
  const queue = new JoinableQueue<number>();
  queue.put(1);
  const crew = start(1, (s, _i, queue) => s.thrownBy(() => queue.join()), queue);
  shm.untilBlocked(crew.ids, WaitKind.condition);
  requestStop(crew.ids[0]!);
  assertEquals(await crew.join(), ["StoppedError"]);
  const stop = new AbortController();
  const joining = queue.joinAsync({ signal: stop.signal });
  stop.abort(new Error("enough"));
  await assertRejects(() => joining, Error, "enough");
});

Deno.test("after close everything throws, also through a message; a joinAsync under way goes on", async () => {
  await run(1, () => {});
  await assertNoLeak(async () => {
    using carrier = new Queue<JoinableQueue<number>>();
    const queue = new JoinableQueue<number>(3);
    carrier.put(queue);
    queue.put(7);
    const joining = queue.joinAsync();
    queue.close();
    queue.close();
    for (const act of [() => queue.taskDone(), () => queue.join(), () => queue.put(1)]) {
      assertThrows(act, ClosedError, "The queue is closed");
    }
    await assertRejects(() => queue.joinAsync(), ClosedError);
    assertEquals(Deno.inspect(queue), "<JoinableQueue(closed)>");
    const again = carrier.get();
    assert(again instanceof JoinableQueue);
    assertEquals([again.get(), Deno.inspect(again)], [7, "<JoinableQueue(0 items)>"]);
    again.taskDone();
    assert(await joining);
    again.close();
    assertThrows(() => new JoinableQueue(0.5), TypeError, "maxsize is 0.5");
  });
});

Deno.test("no thread is left", assertNobodyLeft);
