import { assert, assertEquals } from "@std/assert";
import { Barrier } from "@polycore/sync";
import { startTrace, stopTrace, type Trace, WaitKind } from "@polycore/sync/internal";
import { JoinableQueue, Pipe, Queue, RawValue, SharedArray, SimpleQueue, Value } from "./mod.ts";
import { shm as s } from "./testing/shm.ts";
import { assertNobodyLeft, assertNoLeak, run, start } from "./testing/threads.ts";

/** "send Queue 1 0" for each event of a thread, without its begin and end. */
function told({ events, objects }: Trace, thread: number): string[] {
  return events.filter((e) => e.thread === thread && e.what !== "begin" && e.what !== "end")
    .map(({ what, object, value }) => `${what} ${objects[object]?.name} ${value}`);
}

/** Record what `act` does, and see to it that all memory is given back. */
async function traced(act: () => unknown): Promise<Trace> {
  let trace: Trace | undefined;
  await assertNoLeak(async () => {
    startTrace();
    try {
      await act();
    } finally {
      trace = stopTrace();
    }
  });
  return trace!;
}

Deno.test("a message is joined by its number: sent by one thread, received by another", async () => {
  for (const Kind of [Queue, SimpleQueue, JoinableQueue]) {
    using queue = new Kind<number>();
    const trace = await traced(async () => {
      const crew = start(1, (_s, _i, queue) => {
        for (const x of [7, 8, 9]) queue.put(x);
      }, queue as Queue<number>);
      for (const x of [7, 8, 9]) assertEquals(await queue.getAsync(), x);
      await crew.join();
    });
    assertEquals(trace.objects, [{ kind: Kind.name, name: `${Kind.name} 1` }]);
    const of = (what: string) => trace.events.filter((event) => event.what === what);
    const sent = of("send"), received = of("receive");
    assertEquals(sent.map(({ value }) => value), [0, 1, 2]);
    assertEquals(received.map(({ value }) => value), [0, 1, 2]);
    assertEquals(new Set(received.map(({ thread }) => thread)), new Set([1]));
    assert(sent.every(({ thread }) => thread !== 1));
    for (const n of [0, 1, 2]) assert(sent[n]!.ms < received[n]!.ms);
  }
});

Deno.test("numbers of messages go on from those of before the recording", async () => {
  using queue = new Queue<number>();
  queue.put(1);
  queue.get();
  const trace = await traced(() => {
    queue.put(2);
    queue.get();
  });
  assertEquals(told(trace, 1), ["send Queue 1 1", "receive Queue 1 1"]);
});

Deno.test("each way of a pipe is an object of its own", async () => {
  const trace = await traced(() => {
    const [here, there] = Pipe();
    here.send("to");
    there.recv();
    there.send("fro");
    here.recv();
    here.close();
    there.close();
  });
  assertEquals(told(trace, 1), [
    "send Pipe 1 0",
    "receive Pipe 1 0",
    "send Pipe 2 0",
    "receive Pipe 2 0",
  ]);
});

Deno.test("waits for something to take, and for room", async () => {
  using queue = new Queue<number>(1), answers = new Queue<number>();
  let id = 0;
  const trace = await traced(async () => {
    const crew = start(
      1,
      (_s, _i, queue, answers) => {
        answers.put(queue.get());
        queue.put(2);
        queue.put(3);
      },
      queue,
      answers,
    );
    [id] = crew.ids as [number];
    s.untilBlocked([id], WaitKind.data);
    queue.put(1);
    answers.get();
    s.untilBlocked([id], WaitKind.space);
    assertEquals(queue.get(), 2);
    assertEquals(await queue.getAsync(), 3);
    await crew.join();
  });
  assertEquals(told(trace, id), [
    "wait Queue 1 0",
    "wait end Queue 1 0",
    "receive Queue 1 0",
    "send Queue 2 0",
    "send Queue 1 1",
    "wait Queue 1 0",
    "wait end Queue 1 0",
    "send Queue 1 2",
  ]);
});

Deno.test("joining a queue waits for that queue", async () => {
  using queue = new JoinableQueue<number>();
  const trace = await traced(() => {
    queue.put(1);
    assertEquals(queue.join({ timeout: 1 }), false);
  });
  assertEquals(told(trace, 1), [
    "send JoinableQueue 1 0",
    "wait JoinableQueue 1 0",
    "wait end JoinableQueue 1 0",
  ]);
});

Deno.test("a lost update: both threads read before either writes", async () => {
  const counter = new Value("i", 5), between = new Barrier(2);
  const trace = await traced(() =>
    run(
      2,
      (_s, _i, counter, between) => {
        const seen = counter.value;
        between.wait();
        counter.value = seen + 1;
      },
      counter,
      between,
    )
  );
  assertEquals(counter.value, 6);
  const number = trace.objects.findIndex(({ kind }) => kind === "Value");
  const events = trace.events.filter(({ object }) => object === number);
  assertEquals(events.map(({ what, value }) => `${what} ${value}`), [
    "read 5",
    "read 5",
    "write 6",
    "write 6",
  ]);
  assert(events[0]!.thread !== events[1]!.thread && events[2]!.thread !== events[3]!.thread);
});

Deno.test("reads and writes of every sort of number, and add as one write", async () => {
  const whole = new Value("i", 1), raw = new RawValue("d", 0.5), big = new Value("q", 2n);
  const trace = await traced(() => {
    whole.value += 1;
    raw.value = raw.value * 3;
    big.value += 1n;
    for (const value of [whole, raw]) value.add(1);
    assertEquals(big.add(1n), 3n);
  });
  assertEquals(told(trace, 1), [
    "read Value 1 1",
    "write Value 1 2",
    "read RawValue 1 0.5",
    "write RawValue 1 1.5",
    "read Value 2 2",
    "write Value 2 3",
    "write Value 1 3",
    "write RawValue 1 2.5",
    "write Value 2 4",
  ]);
});

Deno.test("the lock of a Value is named after it", async () => {
  const values = [new Value("i"), new Value("i")];
  const array = new SharedArray("i", 3);
  const trace = await traced(() => {
    for (const value of values) {
      using _ = value.getLock().hold();
      value.value += 1;
    }
    array.getLock().hold()[Symbol.dispose]();
  });
  assertEquals(trace.objects.map(({ name }) => name), [
    "Value 1",
    "lock of Value 1",
    "Value 2",
    "lock of Value 2",
    "RLock 1",
  ]);
});

Deno.test("the library's own locks and channels are no objects of the program", async () => {
  const trace = await traced(async () => {
    using queue = new Queue<unknown>();
    await run(2, (s, index, queue) => {
      if (index === 0) { for (let i = 0; i < 500; i++) queue.put(new s.Value("i", i)); }
      else for (let i = 0; i < 500; i++) (queue.get() as Value<"i">).dispose();
    }, queue);
  });
  assertEquals(trace.objects, [{ kind: "Queue", name: "Queue 1" }]);
});

Deno.test("what was in a queue that is gone is let go of when the recording ends", async () => {
  await traced(() => {
    using queue = new Queue<Value<"i">>();
    using value = new Value("i", 1);
    queue.put(value);
  });
});

Deno.test("no thread is left", assertNobodyLeft);
