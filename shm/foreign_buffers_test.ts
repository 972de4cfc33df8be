import { assert, assertEquals, assertThrows } from "@std/assert";
import { Pipe, Queue, Value } from "./mod.ts";
import { isAlive, requestStop, WaitKind } from "@polycore/sync/internal";
import { shm } from "./testing/shm.ts";
import { assertNobodyLeft, assertNoLeak, run, start } from "./testing/threads.ts";

Deno.test("a SharedArrayBuffer passes from main to a thread that is blocked, and is the same memory", async () => {
  const queue = new Queue<Int32Array>(), back = new Queue<number>();
  const crew = start(
    1,
    (_s, _i, queue, back) => {
      const view = queue.get();
      back.put(view[3]!);
      view[3] = 8;
      return [view.buffer instanceof SharedArrayBuffer, view.length, view.byteOffset];
    },
    queue,
    back,
  );
  shm.untilBlocked(crew.ids, WaitKind.data);
  const view = new Int32Array(new SharedArrayBuffer(64), 16, 12);
  view[3] = 7;
  queue.put(view);
  assertEquals(back.get(), 7); // main is blocked while the thread asks for the buffer
  assertEquals(await crew.join(), [[true, 12, 16]]);
  assertEquals(view[3], 8);
});

Deno.test("from a thread to main: blocked, and awaiting", async () => {
  const queue = new Queue<SharedArrayBuffer>(), go = new Queue<number>();
  const crew = start(
    1,
    (_s, _i, queue, go) => {
      for (let n = 1; n <= 2; n++) {
        const buffer = new SharedArrayBuffer(8 * n);
        new Int32Array(buffer)[1] = n;
        queue.put(buffer);
        go.get();
        if (new Int32Array(buffer)[1] !== n * 10) throw new Error("another memory");
      }
    },
    queue,
    go,
  );
  for (const take of [() => queue.get(), () => queue.getAsync()]) {
    const buffer = await take();
    const n = buffer.byteLength / 8;
    assertEquals(new Int32Array(buffer)[1], n);
    new Int32Array(buffer)[1] = n * 10;
    go.put(1);
  }
  await crew.join();
});

for (const mode of ["blocked in our waits", "in its event loop"]) {
  Deno.test(`from a thread to another one, while main is ${mode}`, async () => {
    const queue = new Queue<SharedArrayBuffer>(), back = new Queue<number>();
    const crew = start(
      2,
      (s, i, queue, back) => {
        if (i === 0) {
          const buffer = new SharedArrayBuffer(16);
          const view = new Int32Array(buffer);
          queue.put(buffer);
          s.until(() => Atomics.load(view, 0) === 5);
        } else {
          const view = new Int32Array(queue.get());
          Atomics.store(view, 0, 5);
          back.put(view.length);
        }
      },
      queue,
      back,
    );
    assertEquals(mode.startsWith("blocked") ? back.get() : await back.getAsync(), 4);
    await crew.join();
  });
}

Deno.test("it comes back as the same object, and twice in one value as one", async () => {
  const to = new Queue(), from = new Queue();
  const mine = new SharedArrayBuffer(8);
  const crew = start(
    1,
    (_s, _i, to, from) => {
      const first = to.get() as SharedArrayBuffer;
      const second = to.get() as { a: Uint8Array; b: DataView };
      from.put([first, second.a, second.a.buffer === first && second.b.buffer === first]);
    },
    to,
    from,
  );
  to.put(mine);
  to.put({ a: new Uint8Array(mine), b: new DataView(mine) });
  const [buffer, view, same] = from.get() as [SharedArrayBuffer, Uint8Array, boolean];
  assert(buffer === mine && view.buffer === mine && same);
  await crew.join();
});

Deno.test("what main cannot answer for is kept by main: the sender has ended when it is asked for", async () => {
  const queue = new Queue<SharedArrayBuffer>();
  await run(1, (_s, _i, queue) => {
    const buffer = new SharedArrayBuffer(4);
    new Uint8Array(buffer)[0] = 42;
    queue.put(buffer);
  }, queue);
  const [seen] = await run(1, (_s, _i, queue) => new Uint8Array(queue.get())[0], queue);
  assertEquals(seen, 42);
});

Deno.test("many buffers between many threads, each with its own mark", async () => {
  const queue = new Queue<{ mark: number; view: Int32Array }>();
  const n = 100;
  const crew = start(
    4,
    (_s, i, queue, n) => {
      let wrong = 0;
      for (let k = 0; k < n; k++) {
        if (i < 2) {
          const view = new Int32Array(new SharedArrayBuffer(4));
          view[0] = i * n + k;
          queue.put({ mark: i * n + k, view });
        } else {
          const { mark, view } = queue.get();
          if (view[0] !== mark) wrong++;
        }
      }
      return wrong;
    },
    queue,
    n,
  );
  assertEquals(await crew.join(), [0, 0, 0, 0]);
  assert(queue.empty());
});

Deno.test("a growable buffer, a WebAssembly memory, and through a Pipe", async () => {
  const [a, b] = Pipe();
  const growable = new SharedArrayBuffer(8, { maxByteLength: 64 });
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 2, shared: true });
  const crew = start(1, (_s, _i, b) => {
    const [growable, buffer] = b.recv() as [SharedArrayBuffer, SharedArrayBuffer];
    growable.grow(32);
    new Uint8Array(buffer)[9] = 3;
    b.send("done");
  }, b);
  a.send([growable, memory.buffer]);
  assertEquals(a.recv(), "done");
  assertEquals(growable.byteLength, 32);
  assertEquals(new Uint8Array(memory.buffer)[9], 3);
  await crew.join();
});

Deno.test("in one thread, without any other", () => {
  const queue = new Queue();
  const buffer = new SharedArrayBuffer(8);
  queue.put([buffer, buffer]);
  const [x, y] = queue.get() as SharedArrayBuffer[];
  assert(x === buffer && y === buffer);
  assertThrows(() => queue.getNowait());
});

Deno.test("main keeps a buffer no longer than somebody may ask for it", async () => {
  await run(1, () => {});
  await assertNoLeak(async () => {
    using queue = new Queue<SharedArrayBuffer>();
    await run(2, (_s, i, queue) => {
      for (let n = 0; n < 20; n++) {
        if (i === 0) queue.put(new SharedArrayBuffer(1000));
        else queue.get();
      }
    }, queue);
    await run(1, () => {}); // both have ended: when main looks at its ports again it lets go
  });
});

Deno.test("hundreds at once, all of them still asked for later", async () => {
  const queue = new Queue<Uint8Array>();
  for (let n = 0; n < 500; n++) queue.put(new Uint8Array(new SharedArrayBuffer(4)).fill(n & 255));
  const wrong = await run(
    2,
    (_s, _i, queue, n) => {
      let last = -1, wrong = 0;
      for (let k = 0; k < n; k++) {
        const [first, second] = queue.get();
        if (first !== second || first === last) wrong++;
        last = first!;
      }
      return wrong;
    },
    queue,
    250,
  );
  assertEquals(wrong, [0, 0]);
});

Deno.test("a thread that is told to stop while it asks for a buffer stops", async () => {
  const queue = new Queue<SharedArrayBuffer>(), asks = new Value("i");
  const crew = start(
    2,
    (s, i, queue, asks) => {
      if (i === 0) queue.put(new SharedArrayBuffer(8));
      s.until(() => !queue.empty() || i === 0);
      if (i === 0) return "";
      asks.add(1);
      return s.thrownBy(() => queue.get());
    },
    queue,
    asks,
  );
  // Main neither awaits nor blocks in our waits, so nobody answers.
  while (asks.value === 0);
  const until = performance.now() + 300;
  while (performance.now() < until);
  requestStop(crew.ids[1]!);
  while (isAlive(crew.ids[1]!));
  assertEquals(await crew.join(), ["", "StoppedError"]);
});

Deno.test("neither ports nor the bell keep a program alive", async () => {
  const program = `
    import { Queue } from ${JSON.stringify(import.meta.resolve("./mod.ts"))};
    import { run } from ${JSON.stringify(import.meta.resolve("./testing/threads.ts"))};
    const queue = new Queue();
    queue.put(new SharedArrayBuffer(4));
    const [bytes] = await run(1, (_s, _i, queue) => queue.get().byteLength, queue);
    console.log(bytes);
  `;
  const file = await Deno.makeTempFile({ suffix: ".ts" });
  try {
    await Deno.writeTextFile(file, program);
    const child = new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--no-check", `--config=${import.meta.dirname}/../deno.json`, file],
      signal: AbortSignal.timeout(8000),
    });
    const { code, stdout, stderr } = await child.output();
    assertEquals(
      [code, new TextDecoder().decode(stdout)],
      [0, "4\n"],
      new TextDecoder().decode(stderr),
    );
  } finally {
    await Deno.remove(file);
  }
});

Deno.test("no thread is left", assertNobodyLeft);
