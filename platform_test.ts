/**
 * What the design leans on and Deno does not promise, each as a test, so that a new version that behaves
 * otherwise is noticed here first.
 */
import { assert, assertEquals, assertGreater } from "@std/assert";

/** What we use of the Web Locks API, which is missing from Deno's type library. */
interface LockManager {
  request(name: string, use: () => Promise<void> | void): Promise<void>;
}

const locks = (navigator as unknown as { locks: LockManager }).locks;

/** Start a worker from its source; its messages come in order through `next`. */
function startWorker(source: string) {
  const worker = new Worker(`data:application/javascript,${encodeURIComponent(source)}`, {
    type: "module",
  });
  const next = () =>
    new Promise((resolve, reject) => {
      worker.onmessage = (event) => resolve(event.data);
      worker.onerror = (event) => (event.preventDefault(), reject(new Error(event.message)));
    });
  return { worker, next, [Symbol.dispose]: () => worker.terminate() };
}

/** Holds the lock that it is sent for life, says so, and then does what it is sent. */
const HOLDER = `
  onmessage = (event) => {
    const { lock, then } = event.data;
    navigator.locks.request(lock, () => {
      postMessage("held");
      setTimeout(() => new Function(then)(), 0);
      return new Promise(() => {});
    });
  };
`;

for (const then of ["self.close()", "Deno.exit(7)", "throw new Error('on purpose')"]) {
  Deno.test(`a life lock is granted to the parent when the worker ends by ${then}`, async () => {
    using holder = startWorker(HOLDER);
    const lock = crypto.randomUUID();
    const held = holder.next();
    holder.worker.postMessage({ lock, then });
    assertEquals(await held, "held");
    await locks.request(lock, () => {});
  });
}

Deno.test("a life lock is granted to the parent when it terminates the worker", async () => {
  using holder = startWorker(HOLDER);
  const lock = crypto.randomUUID();
  const held = holder.next();
  holder.worker.postMessage({ lock, then: "" });
  assertEquals(await held, "held");
  holder.worker.terminate();
  await locks.request(lock, () => {});
});

Deno.test("a worker starts and runs while the main thread blocks in Atomics.wait", () => {
  const words = new Int32Array(new SharedArrayBuffer(4));
  using started = startWorker(
    "onmessage = ({ data }) => { Atomics.store(data, 0, 1); Atomics.notify(data, 0); close(); };",
  );
  started.worker.postMessage(words);
  assertEquals(Atomics.wait(words, 0, 0, 10_000), "ok");
});

Deno.test("a shared WebAssembly.Memory of 4 GiB costs nothing and passes to a worker", async () => {
  const memory = new WebAssembly.Memory({ initial: 65536, maximum: 65536, shared: true });
  const words = new Int32Array(memory.buffer);
  assertEquals(words.length, 2 ** 30);
  using worker = startWorker(
    "onmessage = ({ data }) => { new Int32Array(data.buffer)[2 ** 30 - 1] = 7; postMessage(0); };",
  );
  const answer = worker.next();
  worker.worker.postMessage(memory);
  await answer;
  assertEquals(words[2 ** 30 - 1], 7);
});

Deno.test("import.meta.main is true in a worker's first module and false in those it imports", async () => {
  const imported = "data:application/javascript,export const main = import.meta.main;";
  using worker = startWorker(
    `import { main } from "${imported}"; postMessage([import.meta.main, main]);`,
  );
  assertEquals(await worker.next(), [true, false]);
});

Deno.test("a worker that is parked in Atomics.wait ends when it is woken after terminate", async () => {
  const words = new Int32Array(new SharedArrayBuffer(8));
  const lock = crypto.randomUUID();
  using worker = startWorker(`
    onmessage = ({ data: { words, lock } }) => navigator.locks.request(lock, () => {
      Atomics.store(words, 1, 1);
      Atomics.notify(words, 1);
      Atomics.wait(words, 0, 0);
      return new Promise(() => {});
    });
  `);
  worker.worker.postMessage({ words, lock });
  Atomics.wait(words, 1, 0, 10_000);
  worker.worker.terminate();
  let ended = false;
  const end = locks.request(lock, () => {
    ended = true;
  });
  while (!ended) {
    Atomics.notify(words, 0); // it may have been on the way into its sleep
    await new Promise((resolve) => setImmediate(resolve));
  }
  await end;
});

Deno.test("Atomics has pause and waitAsync, which times out by itself while a timer holds the loop", async () => {
  assertEquals(typeof (Atomics as unknown as { pause: unknown }).pause, "function");
  const words = new Int32Array(new SharedArrayBuffer(4));
  const timer = setInterval(() => {}, 50);
  const { async, value } = Atomics.waitAsync(words, 0, 0, 5);
  assert(async);
  assertEquals(await value, "timed-out");
  clearInterval(timer);
});

Deno.test("an element beyond 2^31 bytes is read and written as fast types need it", () => {
  const { buffer } = new WebAssembly.Memory({ initial: 65536, maximum: 65536, shared: true });
  const doubles = new Float64Array(buffer);
  doubles[2 ** 29 - 1] = 0.5;
  assertEquals(doubles.at(-1), 0.5);
  assertGreater(doubles.length, 2 ** 28);
});

Deno.test("a worker can be unref'd by the method without a name that node:worker_threads uses", async () => {
  const program = `
    const worker = new Worker("data:application/javascript,for (;;);", { type: "module" });
    const setRef = Object.getOwnPropertySymbols(Worker.prototype).find((s) => !s.description);
    worker[setRef](false);
    console.log("the end");
  `;
  const { code, stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", program],
    signal: AbortSignal.timeout(20_000),
  }).output();
  assertEquals([code, new TextDecoder().decode(stdout)], [0, "the end\n"]);
});

Deno.test("a worker's own worker takes half a second to start, and ends with its parent", async () => {
  const inner = `
    navigator.locks.request(LOCK, () => {
      postMessage("held");
      return new Promise(() => {});
    });
  `;
  const lock = crypto.randomUUID();
  const source = encodeURIComponent(inner.replace("LOCK", JSON.stringify(lock)));
  using outer = startWorker(`
    const begin = performance.now();
    const inner = new Worker("data:application/javascript,${source}", { type: "module" });
    inner.onmessage = () => postMessage(performance.now() - begin);
  `);
  assertGreater(await outer.next() as number, 300);
  outer.worker.terminate();
  await locks.request(lock, () => {}); // granted when the inner one is gone
});

Deno.test("timeOrigin + now of a worker agrees with that of the main thread", async () => {
  using clock = startWorker(`
    onmessage = () => postMessage(performance.timeOrigin + performance.now());
  `);
  const now = () => performance.timeOrigin + performance.now();
  const told = clock.next();
  const before = now();
  clock.worker.postMessage("");
  const there = await told as number;
  const after = now();
  const slack = 1; // ms: where a clock begins is taken from the time of day, which may be set meanwhile
  assert(before - slack < there && there < after + slack, `${before} ${there} ${after}`);
  const steps = Array.from({ length: 20 }, () => {
    const before = performance.now();
    for (;;) {
      const after = performance.now();
      if (after !== before) return after - before;
    }
  });
  assert(Math.min(...steps) < 0.01, `the clock goes in steps of ${Math.min(...steps)} ms`);
});
