import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { DeadlockError, Lock } from "@polycore/sync";
import { requestStop, WaitKind } from "@polycore/sync/internal";
import { Queue, QueueEmpty, QueueFull } from "./mod.ts";
import { shm } from "./testing/shm.ts";
import { assertNobodyLeft, assertNoLeak, run, start } from "./testing/threads.ts";

for (const call of ["get", "put"]) {
  Deno.test(`a stopped thread that is blocked in ${call} gets StoppedError, and leaves nothing behind`, async () => {
    await assertNoLeak(async () => {
      const queue = new Queue<unknown>(1);
      if (call === "put") queue.put("full");
      const crew = start(
        1,
        (s, _i, queue, call) => {
          return s.thrownBy(() => call === "get" ? queue.get() : queue.put([new s.Lock(), "v"]));
        },
        queue,
        call,
      );
      shm.untilBlocked(crew.ids, call === "get" ? WaitKind.data : WaitKind.space);
      requestStop(crew.ids[0]!);
      assertEquals(await crew.join(), ["StoppedError"]);
      queue.close();
    });
  });
}

Deno.test("a get that nobody can end throws DeadlockError: main alone, and all asleep", async () => {
  const alone = new Queue();
  assertThrows(() => alone.get(), DeadlockError, "MainProcess waits for data");
  const a = new Queue<number>(), b = new Queue<number>(1);
  b.put(0);
  const crew = start(
    2,
    function worker(_s, i, a, b) {
      if (i === 0) a.get();
      else b.put(1);
    },
    a,
    b,
  );
  shm.untilBlocked(crew.ids);
  const error = assertThrows(() => alone.get(), DeadlockError, "every thread waits");
  assert(/worker-0 waits for data.*worker-1 waits for room in a queue/.test(error.message));
  a.put(1);
  b.get();
  await crew.join();
});

Deno.test("a consumer whose producer died gets DeadlockError, not a hang", async () => {
  const queue = new Queue();
  const crew = start(1, (s) => s.bury(s.me));
  await crew.join();
  assertThrows(() => queue.get(), DeadlockError);
});

Deno.test("an abort ends getAsync and putAsync, and no item goes with it", async () => {
  const queue = new Queue<number>(1);
  const reason = new Error("enough");
  const taking = queue.getAsync({ signal: AbortSignal.timeout(1) });
  await assertRejects(() => taking, DOMException);
  await assertRejects(() => queue.getAsync({ signal: AbortSignal.abort(reason) }), Error, "enough");
  queue.put(1);
  const stop = new AbortController();
  const putting = queue.putAsync(2, { signal: stop.signal });
  stop.abort(reason);
  await assertRejects(() => putting, Error, "enough");
  assertEquals([queue.get(), queue.qsize()], [1, 0]);
});

Deno.test("many awaiting takers in one thread get one item each, in time", async () => {
  const queue = new Queue<number>();
  const taken = Promise.all(Array.from({ length: 20 }, () => queue.getAsync()));
  const before = performance.now();
  for (let n = 0; n < 20; n++) queue.put(n);
  assertEquals((await taken).sort((a, b) => a - b), Array.from({ length: 20 }, (_, n) => n));
  assert(performance.now() - before < 90);
});

Deno.test("closing while a getAsync is under way: it still ends, on memory that is still its own", async () => {
  await assertNoLeak(async () => {
    const queue = new Queue<number>();
    const taking = queue.getAsync({ timeout: 150 });
    queue.close();
    const others = Array.from({ length: 5 }, () => new Queue<number>()); // would get its memory
    for (const other of others) other.put(1);
    await assertRejects(() => taking, QueueEmpty);
    for (const other of others) other.close();
  });
});

Deno.test("a value that cannot be decoded throws once and does not block what comes behind", () => {
  const queue = new Queue();
  queue.put(1);
  queue.put(2);
  // Damage the first one: its first word says that a value begins.
  const segment = shm.i32[queue.address + 17]!;
  shm.i32[segment + 17 + 1] = 0;
  assertThrows(() => queue.get(), Error, "[polycore bug] no value begins");
  assertEquals([queue.get(), queue.qsize()], [2, 0]);
});

Deno.test("bad arguments throw at the call", async () => {
  await assertNoLeak(() => {
    assertThrows(() => new Queue("3" as never), TypeError, 'maxsize is "3"');
    assertThrows(() => new Queue(1.5), TypeError, "maxsize is 1.5");
    using queue = new Queue<number>();
    queue.put(1);
    assertThrows(() => queue.get({ timeout: "1" as never }), TypeError, "timeout is 1");
    assertThrows(() => queue.put(1, { timeout: NaN }), TypeError, "timeout is NaN");
    assertEquals(queue.qsize(), 1);
  });
  for (const maxsize of [0, -1]) {
    const queue = new Queue<number>(maxsize);
    for (let n = 0; n < 3000; n++) queue.putNowait(n);
    assertEquals([queue.full(), queue.qsize()], [false, 3000]);
  }
});

Deno.test("all memory comes back: used, full, with shared objects, big, timed out, by threads", async () => {
  await run(1, () => {});
  await assertNoLeak(async () => {
    using queue = new Queue<unknown>(3), answers = new Queue<unknown>();
    for (let n = 0; n < 3; n++) {
      const lock = new Lock();
      queue.put([lock, "x".repeat(n * 4000), { n }]);
      lock.dispose();
    }
    assertThrows(() => queue.put("x".repeat(9000), { timeout: 1 }), QueueFull);
    assertThrows(() => queue.putNowait([1]), QueueFull);
    await assertRejects(() => queue.putAsync("late", { timeout: 1 }), QueueFull);
    await run(
      2,
      (_s, _i, queue, answers) => {
        answers.put(queue.get());
      },
      queue,
      answers,
    );
    const [lock] = answers.get() as [Lock];
    lock.dispose();
    assertEquals([queue.qsize(), answers.qsize()], [1, 1]); // which go with the queues
  });
});

Deno.test("no thread is left", assertNobodyLeft);
