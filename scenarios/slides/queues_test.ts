/**
 * The slides on queues and pipes.
 *
 * @module
 */
import * as mp from "@polycore/polycore";
import { assert, assertEquals, assertThrows } from "@std/assert";
import { dot, drain, full, range, sleep } from "./python.ts";

Deno.test("PNNL, Multiprocessing queues: put, get, empty; first in, first out; any type", () => {
  const q = new mp.Queue();
  assert(q.empty());
  q.put(1);
  q.put("two");
  q.put([3, { three: true }]);
  assert(!q.empty());
  assertEquals([q.get(), q.get(), q.get()], [1, "two", [3, { three: true }]]);
  assert(q.empty());
});

const procFunc = mp.task(import.meta, (n: number, q: mp.Queue<number>) => {
  q.put(n * n);
});

Deno.test("PNNL, Using queues to pass data: ten processes put, the parent joins, then gets", async () => {
  const q = new mp.Queue<number>();
  const processes: mp.Process[] = [];
  for (const i of range(10)) {
    const p = new mp.Process({ target: procFunc, args: [i, q] });
    processes.push(p);
    p.start();
  }
  for (const p of processes) await p.join();
  const results: number[] = [];
  while (!q.empty()) results.push(q.get());
  assertEquals(results.toSorted((a, b) => a - b), [0, 1, 4, 9, 16, 25, 36, 49, 64, 81]);
});

const dotproductMp = mp.task(
  import.meta,
  (a: Float64Array, b: Float64Array, q: mp.Queue<number>) => q.put(dot(a, b)),
);

Deno.test("PNNL, Multiprocessor dot product: slices to processes, partial results from a queue", async () => {
  const size = 200_000;
  const numberProcesses = 8;
  const chunkSize = size / numberProcesses;
  const [a, b] = [full(size, 1), full(size, 1)];
  const q = new mp.Queue<number>();
  const processes: mp.Process[] = [];
  for (const i of range(numberProcesses)) {
    const lb = i * chunkSize;
    const ub = lb + chunkSize;
    const p = new mp.Process({ target: dotproductMp, args: [a.slice(lb, ub), b.slice(lb, ub), q] });
    processes.push(p);
    p.start();
  }
  for (const p of processes) await p.join();
  let total = 0;
  while (!q.empty()) total += q.get();
  assertEquals(total, size);
});

class Producer extends mp.Process {
  static {
    mp.task(import.meta, this);
  }

  constructor(readonly queue: mp.Queue<number | null>) {
    super();
  }

  override run(): void {
    for (const i of range(5)) this.queue.put(i);
    this.queue.put(null);
  }
}

class Consumer extends mp.Process {
  static {
    mp.task(import.meta, this);
  }

  constructor(readonly queue: mp.Queue<number | null>, readonly seen: mp.Queue<number>) {
    super();
  }

  override run(): void {
    for (let item = this.queue.get(); item !== null; item = this.queue.get()) this.seen.put(item);
  }
}

Deno.test("Firenze, Queues: a producer and a consumer, both subclasses of Process", async () => {
  const [queue, seen] = [new mp.Queue<number | null>(), new mp.Queue<number>()];
  const [producer, consumer] = [new Producer(queue), new Consumer(queue, seen)];
  producer.start();
  consumer.start();
  await producer.join();
  await consumer.join();
  assertEquals(drain(seen), [...range(5)]);
});

const serve = mp.task(import.meta, (tasks: mp.JoinableQueue<number>, done: mp.Value<"i">) => {
  for (;;) {
    tasks.get();
    done.add(1);
    tasks.taskDone();
  }
});

Deno.test("Firenze, Queues: JoinableQueue, task_done and join", async () => {
  const tasks = new mp.JoinableQueue<number>();
  const done = new mp.Value("i", 0);
  const consumers = [...range(3)].map(() =>
    new mp.Process({ target: serve, args: [tasks, done], daemon: true })
  );
  for (const p of consumers) p.start();
  for (const i of range(20)) tasks.put(i);
  await tasks.joinAsync();
  assertEquals(done.value, 20); // `join` returned when each was worked on, not when the queue was empty
  for (const p of consumers) p.terminate();
  for (const p of consumers) await p.join();
});

const answer = mp.task(import.meta, (connection: mp.Connection) => {
  connection.send(`got ${connection.recv()}`);
  connection.close();
});

Deno.test("Firenze, Pipes: two connections, each sends and receives", async () => {
  const [parent, child] = mp.Pipe();
  const p = new mp.Process({ target: answer, args: [child] });
  p.start();
  child.close();
  parent.send("a question");
  assertEquals(await parent.recvAsync(), "got a question");
  await p.join();
  assertThrows(() => parent.recv(), mp.EOFError);
});

const f1 = mp.task(import.meta, async (q: mp.Queue<[number, number]>, i: number) => {
  await sleep(10 * Math.random());
  q.put([mp.currentProcess().pid!, i]);
});

Deno.test("Duke, In [55] [56]: the return values of processes, through a queue", async () => {
  const q = new mp.Queue<[number, number]>();
  const res: [number, number][] = [];
  for (const i of range(10)) {
    const p = new mp.Process({ target: f1, args: [q, i] });
    p.start();
    res.push(await q.getAsync());
    await p.join();
  }
  assertEquals(res.map(([, i]) => i), [...range(10)]);
  assertEquals(new Set(res.map(([pid]) => pid)).size, 10);
});
