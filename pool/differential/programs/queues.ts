/**
 * Queues through sequences of calls, and between threads.
 *
 * @module
 */

import { JoinableQueue, Queue, SimpleQueue } from "@polycore/shm";
import { Process, task } from "../../mod.ts";
import { line, outcome, range, tell } from "./report.ts";

const produce = task(import.meta, (queue: Queue, name: string, n: number) => {
  for (let i = 0; i < n; i++) queue.put([name, i]);
});

const consume = task(import.meta, (queue: JoinableQueue, results: Queue) => {
  for (let item; (item = queue.get()) !== null;) {
    results.put(item);
    queue.taskDone();
  }
  queue.taskDone();
});

const echo = task(import.meta, (inputs: Queue, outputs: Queue) => {
  for (let value; (value = inputs.get()) !== "stop";) outputs.put(value);
});

/** What each letter gives: p(ut), P(ut for 2 ms), g(et), G(et for 2 ms), d(one). */
function attempt(queue: Queue<unknown>, ops: string): unknown[] {
  return [...ops].flatMap((op, i) => {
    const seen = outcome(() => {
      if (op === "p") return queue.put(i, { timeout: 0 });
      if (op === "P") return queue.put(i, { timeout: 2 });
      if (op === "g") return queue.get({ timeout: 0 });
      if (op === "G") return queue.get({ timeout: 2 });
      return (queue as JoinableQueue).taskDone();
    });
    return [seen, [queue.qsize(), queue.empty(), queue.full()]];
  });
}

// deno-fmt-ignore
const VALUES = [
  0, -1, 2 ** 31, 2 ** 53 - 1, -(2 ** 53), 2n ** 63n, 2n ** 200n, -(2n ** 64n), 0.5, 1e300, 5e-324, -0.1,
  Infinity, -Infinity, NaN, true, false, null, "", "text", "ünïcode 漢字 🎉", "\0", "a\nb", "x".repeat(9000),
  [], [[], [[]]], [1, "two", null, [3.5, { four: [4] }]], {}, { a: 1, b: { c: [null] } }, { "": "" },
  new Uint8Array(), new Uint8Array([0, 1, 255]), new Uint8Array(9000).fill(122), range(2000),
  range(300).map((i) => ({ i })),
];

function alone(): void {
  const two = ["p", "g"];
  const four = two.flatMap((a) =>
    two.flatMap((b) => two.flatMap((c) => two.map((d) => a + b + c + d)))
  );
  for (const maxsize of [0, 1, 2]) {
    for (const ops of four) line(`Queue(${maxsize}) ${ops}`, attempt(new Queue(maxsize), ops));
  }
  for (const ops of ["PPGG", "GPG", "pPgG", "ppppgggg"]) {
    for (const maxsize of [-1, 0, 1, 3]) {
      line(`Queue(${maxsize}) ${ops}`, attempt(new Queue(maxsize), ops));
    }
  }
  for (const ops of ["d", "pd", "pdd", "ppgdgdd", "pgdpgdd", "ppddgg"]) {
    line(`JoinableQueue ${ops}`, attempt(new JoinableQueue(), ops));
  }
  const joinable = new JoinableQueue();
  joinable.join();
  line("join with nothing to do", null);
  joinable.put(1);
  joinable.get();
  joinable.taskDone();
  joinable.join();
  line("join when all is done", null);
}

function closed(): void {
  const queue = new Queue(1);
  line("put_nowait", queue.putNowait("x"));
  tell("put_nowait when full", () => queue.putNowait("y"));
  line("get_nowait", queue.getNowait());
  tell("get_nowait when empty", () => queue.getNowait());
  line("close", [queue.close(), queue.close()]);
  tell("put after close", () => queue.put(1));
  tell("put_nowait after close", () => queue.putNowait(1));
  tell("get after close", () => queue.get());
  tell("get_nowait after close", () => queue.getNowait());
  tell("empty after close", () => queue.empty());
  tell("qsize after close", () => queue.qsize());
  tell("full after close", () => queue.full());
  tell("an unused queue, empty after close", () => {
    const unused = new Queue();
    unused.close();
    return unused.empty();
  });
  const simple = new SimpleQueue<unknown>();
  const states = [simple.empty(), simple.put(1), simple.put([2]), simple.empty()];
  line("SimpleQueue", [...states, simple.get(), simple.get(), simple.empty()]);
  line("SimpleQueue, close", [simple.close(), simple.close()]);
  tell("SimpleQueue, put after close", () => simple.put(1));
  tell("SimpleQueue, get after close", () => simple.get());
  tell("SimpleQueue, empty after close", () => simple.empty());
  const next = new Queue();
  tell("put what cannot be sent", () => next.put(Symbol()));
  next.put("after it");
  line("the queue survives", next.get());
}

async function between(): Promise<void> {
  const inputs = new Queue(), outputs = new Queue(), simple = new SimpleQueue();
  const process = new Process({ target: echo, args: [inputs, outputs] });
  process.start();
  for (const [i, value] of VALUES.entries()) {
    inputs.put(value);
    line(`value ${i} there and back`, outputs.get());
    simple.put(value);
    line(`value ${i} through a SimpleQueue`, simple.get());
  }
  inputs.put("stop");
  await process.join();
  for (const maxsize of [0, 1, 4]) {
    const queue = new Queue<[string, number]>(maxsize);
    const processes = [..."abc"].map((name) =>
      new Process({ target: produce, args: [queue as Queue, name, 50] })
    );
    for (const process of processes) process.start();
    const got = range(150).map(() => queue.get());
    for (const process of processes) await process.join();
    for (const name of "abc") {
      const mine = got.filter(([who]) => who === name).map(([, i]) => i);
      line(`Queue(${maxsize}), in the order of ${name}`, mine);
    }
    const codes = processes.map(({ exitcode }) => exitcode);
    line(`Queue(${maxsize}), at the end`, [queue.qsize(), queue.empty(), codes]);
  }
}

async function done(): Promise<void> {
  const queue = new JoinableQueue<number | null>(), results = new Queue<number>();
  const processes = range(2).map(() =>
    new Process({ target: consume, args: [queue as JoinableQueue, results as Queue] })
  );
  for (const process of processes) process.start();
  for (const i of range(20)) queue.put(i);
  queue.join();
  line("join waits for all", [null, queue.qsize()]);
  for (const _ of processes) queue.put(null);
  queue.join();
  line("what was done", range(20).map(() => results.get()).sort((a, b) => a - b));
  for (const process of processes) await process.join();
  tell("task_done once more", () => queue.taskDone());
}

if (import.meta.main) {
  alone();
  closed();
  await between();
  await done();
}
