import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { Lock } from "@polycore/sync";
import { WaitKind } from "@polycore/sync/internal";
import { ClosedError, Queue, SharedArray, Value } from "./mod.ts";
import { shm } from "./testing/shm.ts";
import { assertNobodyLeft, run, start } from "./testing/threads.ts";

/** How long `act` takes, in milliseconds. */
function timed(act: () => void): number {
  const before = performance.now();
  act();
  return performance.now() - before;
}

Deno.test("after close every call throws, and it cannot be sent", async () => {
  const queue = new Queue<number>(), gone = queue;
  queue.put(1);
  queue.close();
  queue.close();
  const acts: (() => unknown)[] = [
    () => gone.put(1),
    () => gone.putNowait(1),
    () => gone.get(),
    () => gone.getNowait(),
    () => gone.qsize(),
    () => gone.empty(),
    () => gone.full(),
  ];
  for (const act of acts) assertThrows(act, ClosedError, "The queue is closed: this thread called");
  await assertRejects(() => gone.putAsync(1), ClosedError);
  await assertRejects(() => gone.getAsync(), ClosedError);
  assertThrows(() => new Queue().put(gone), TypeError, "value is a Queue that was disposed of");
  assertEquals(Deno.inspect(gone), "<Queue(closed)>");
});

Deno.test("close is of this thread: the others go on, and what is in it stays", async () => {
  const queue = new Queue<number>(), back = new Queue<number>();
  const crew = start(
    1,
    (_s, _i, queue, back) => {
      back.put(queue.get());
      back.put(queue.get());
    },
    queue,
    back,
  );
  queue.put(1);
  queue.put(2);
  queue.close();
  assertEquals([back.get(), back.get()], [1, 2]);
  await crew.join();
});

Deno.test("many producers, many consumers: nothing lost or doubled, in order per producer", async () => {
  const seed = Number(Deno.env.get("SEED") ?? Date.now() & 0xffffff);
  for (const maxsize of [0, 7]) {
    const queue = new Queue<[producer: number, n: number, pad: string]>(maxsize);
    const results = await run(
      6,
      async (s, i, queue, seed, each) => {
        const random = s.random(seed + i);
        const taken: number[] = Array(3).fill(-1);
        let count = 0;
        for (let n = 0; n < each; n++) {
          const mode = random() < 0.1 ? "Async" : "";
          if (i < 3) {
            const length = random() < 0.02 ? 5000 : Math.floor(random() * 30);
            await s.call(queue, "put", mode, [i, n, "p".repeat(length)]);
          } else {
            const [producer, k, pad] = await s.call<[number, number, string]>(queue, "get", mode);
            if (k <= taken[producer]!) throw new Error(`${k} after ${taken[producer]}`);
            if (pad.replaceAll("p", "") !== "") throw new Error("damaged");
            taken[producer] = k;
            count += k + 1;
          }
          if (random() < 0.001) await new Promise((resolve) => setTimeout(resolve, 1));
        }
        return count;
      },
      queue,
      seed,
      4000,
    ).catch((cause) => {
      throw new Error(`with SEED=${seed}, maxsize ${maxsize}`, { cause });
    });
    const sum = results.reduce((a, b) => a + b);
    assertEquals(sum, 3 * (4000 * 4001) / 2, `SEED=${seed}, maxsize ${maxsize}`);
    assertEquals(queue.qsize(), 0);
  }
});

Deno.test("a full queue blocks its producers, each take lets one go on", async () => {
  const queue = new Queue<number>(2);
  queue.put(0);
  queue.put(0);
  const crew = start(3, (_s, i, queue) => queue.put(i + 1), queue);
  shm.untilBlocked(crew.ids, WaitKind.space);
  assertEquals(queue.qsize(), 2);
  const seen = [queue.get()];
  shm.until(() => queue.full());
  assertEquals(queue.qsize(), 2);
  for (let n = 0; n < 4; n++) seen.push(queue.get());
  assertEquals(seen.sort(), [0, 0, 1, 2, 3]);
  await crew.join();
});

Deno.test("each of many sleepers is woken by a put of its own, not after a slice", async () => {
  const queue = new Queue<number>();
  const crew = start(3, (_s, _i, queue) => {
    while (queue.get() >= 0);
  }, queue);
  let took = 0;
  for (let n = 0; n < 10; n++) {
    shm.until(() => crew.ids.every((id) => shm.waitingFor(id)?.kind === WaitKind.data));
    took += timed(() => {
      for (let i = 0; i < 3; i++) queue.put(i);
      shm.until(() => queue.empty());
    });
  }
  for (let i = 0; i < 3; i++) queue.put(-1);
  await crew.join();
  assert(took < 10 * 50, `${took} ms`);
});

Deno.test("values of every kind arrive as they were, from another thread", async () => {
  const to = new Queue(), from = new Queue();
  const cycle: Record<string, unknown> = { name: "cycle" };
  cycle.self = cycle;
  const shared = [1];
  const values: unknown[] = [
    undefined,
    null,
    true,
    false,
    0,
    -0,
    1.5,
    NaN,
    Infinity,
    2 ** 40,
    10n ** 30n,
    "",
    "häé €𝄞",
    "long ".repeat(2000),
    [],
    [1, [2, [3]], , 4],
    {},
    { a: { b: { c: [{}] } } },
    new Map<unknown, unknown>([["k", new Set([1, "2"])], [{ o: 1 }, new Map()]]),
    new Date(86400000),
    /a+b/giu,
    new Uint8Array([1, 2, 3]),
    new Float64Array([0.5, NaN]),
    new BigInt64Array([1n, -1n]),
    new DataView(new ArrayBuffer(4)),
    new Uint16Array([1, 2, 3]).buffer,
    { x: shared, y: shared },
    cycle,
  ];
  const crew = start(
    1,
    (_s, _i, to, from, n) => {
      for (let i = 0; i < n; i++) from.put(to.get());
    },
    to,
    from,
    values.length + 1,
  );
  for (const value of values) to.put(value);
  for (const value of values) assertEquals(from.get(), value);
  to.put(new RangeError("no", { cause: new TypeError("deep") }));
  const error = from.get() as RangeError;
  assert(error instanceof RangeError && error.cause instanceof TypeError);
  assertEquals([error.message, error.cause.message], ["no", "deep"]);
  await crew.join();
});

Deno.test("shared objects arrive on the same memory, a queue inside a queue too", async () => {
  const queue = new Queue();
  const crew = start(1, (s, _i, queue) => {
    const { deep: [lock, counter], answers, array } = queue.get() as Message;
    using _ = lock.hold();
    counter.add(1);
    array[2] = 5;
    answers.put(new s.Queue<string>(3));
    answers.put({ nested: queue });
  }, queue);
  interface Message {
    deep: [Lock, Value<"i">];
    answers: Queue;
    array: SharedArray<"d">;
  }
  const lock = new Lock(), counter = new Value("i", 1), answers = new Queue();
  const array = new SharedArray("d", 4);
  queue.put({ deep: [lock, counter], answers, array: array.subarray(1, 4) });
  const inner = answers.get() as Queue<string>;
  inner.put("made there");
  assertEquals([inner.get(), counter.value, array[3]], ["made there", 2, 5]);
  const { nested } = answers.get() as { nested: Queue };
  assertEquals(nested.address, queue.address);
  await crew.join();
  assert(!lock.locked);
});

Deno.test("16 MB at once, many times", async () => {
  const to = new Queue<Uint8Array>(), from = new Queue<Uint8Array>();
  const crew = start(
    1,
    (_s, _i, to, from) => {
      for (let n = 0; n < 5; n++) {
        const bytes = to.get();
        bytes[n] = 200 + n;
        from.put(bytes);
      }
    },
    to,
    from,
  );
  for (let n = 0; n < 5; n++) {
    const bytes = new Uint8Array(16 << 20).fill(n);
    to.put(bytes);
    bytes[n] = 200 + n;
    const back = from.get();
    assertEquals([back.length, back[n], back.at(-1)], [bytes.length, 200 + n, n]);
    assert(back.every((byte, i) => byte === bytes[i]));
  }
  await crew.join();
});

Deno.test("no thread is left", assertNobodyLeft);
