import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { DeadlockError } from "@polycore/sync";
import { LAYOUT, load, requestStop, WaitKind } from "@polycore/sync/internal";
import {
  ClosedError,
  type Connection,
  connectionWait,
  connectionWaitAsync,
  EOFError,
  Pipe,
  Queue,
} from "./mod.ts";
import { shm } from "./testing/shm.ts";
import { assertNobodyLeft, assertNoLeak, run, start } from "./testing/threads.ts";

/** How long `act` takes, in milliseconds. */
async function timed(act: () => unknown): Promise<number> {
  const before = performance.now();
  await act();
  return performance.now() - before;
}

const wait = (mode: string, ...args: Parameters<typeof connectionWait<Connection>>) =>
  mode === "" ? connectionWait(...args) : connectionWaitAsync(...args);

for (const mode of ["", "Async"]) {
  Deno.test(`four senders in their own time: all messages, then each end once (test_wait) ${mode}`, async () => {
    const pipes = Array.from({ length: 4 }, () => Pipe(false));
    const crew = start(
      4,
      (s, i, ...writers) => {
        writers.forEach((writer, k) => k !== i && writer.close());
        const random = s.random(i);
        for (let n = 0; n < 10; n++) {
          s.wait(0, 0, random() * 10);
          writers[i]!.send([n, i]);
        }
        writers[i]!.close();
      },
      ...pipes.map(([, writer]) => writer),
    );
    for (const [, writer] of pipes) writer.close();
    const messages: string[] = [];
    let open = pipes.map(([reader]) => reader);
    while (open.length > 0) {
      const ready = await wait(mode, open);
      assert(ready.length > 0);
      for (const reader of ready) {
        try {
          messages.push(String(reader.recv({ timeout: 0 })));
        } catch (error) {
          assert(error instanceof EOFError);
          open = open.filter((other) => other !== reader);
        }
      }
    }
    const expected = [0, 1, 2, 3].flatMap((i) => Array.from({ length: 10 }, (_, n) => `${n},${i}`));
    assertEquals(messages.sort(), expected.sort());
    await crew.join();
  });

  Deno.test(`nothing after the time, then exactly the ready ones (test_wait_timeout, test_neg_timeout) ${mode}`, async () => {
    const [a, toA] = Pipe(), [b, toB] = Pipe(), [c, toC] = Pipe();
    for (const timeout of [0, -1]) {
      assert(await timed(async () => assertEquals(await wait(mode, [a, b], { timeout }), [])) < 80);
    }
    assert(await timed(() => wait(mode, [a, b, c], { timeout: 120 })) >= 119);
    toB.send(1);
    assertEquals(await wait(mode, [a, b, c], { timeout: 10_000 }), [b]);
    toA.send(null);
    assertEquals(await wait(mode, new Set([c, b, a])), [b, a]); // nothing was taken
    toC.close();
    assertEquals(await wait(mode, [c, b, a], { timeout: 0 }), [c, b, a]);
    assertEquals([a.recv(), b.recv()], [null, 1]);
    assertEquals(await wait(mode, [a, b, c]), [c]);
    assertEquals(await wait(mode, []), []);
    toA.close();
    toB.close();
  });

  Deno.test(`who sleeps is woken by a message, by bytes and by the end, at once ${mode}`, async () => {
    const ends = Array.from({ length: 3 }, () => Pipe());
    const go = new Queue<number>(), woken = new Queue<number[]>();
    const crew = start(
      1,
      async (s, _i, mode, go, woken, ...mine) => {
        for (let n = 0; n < 3; n++) {
          go.get();
          const ready = mode === ""
            ? s.connectionWait(mine as Connection[])
            : await s.connectionWaitAsync(mine as Connection[]);
          woken.put(ready.map((end) => (mine as Connection[]).indexOf(end)));
          if (n < 2) ready[0]!.recv();
        }
      },
      mode,
      go,
      woken,
      ...ends.map(([, theirs]) => theirs),
    );
    for (const [, theirs] of ends) theirs.close();
    const channels = ends.map(([mine]) => shm.i32[mine.address + 1]!); // what we send to
    const acts = [
      () => ends[2]![0].send("a"),
      () => ends[0]![0].sendBytes(new Uint8Array()),
      () => ends[1]![0].close(),
    ];
    let took = 0;
    for (const act of acts) {
      go.put(1);
      if (mode === "") shm.untilBlocked(crew.ids, WaitKind.data);
      shm.until(() => channels.every((channel) => load(channel + 36) === 1), "nobody watches");
      took += await timed(() => {
        act();
        woken.get({ timeout: 5000 });
      });
    }
    assert(took < 3 * 60, `${took} ms`);
    await crew.join();
  });
}

Deno.test("several threads that wait for the same ends are all woken, and a taker is not robbed", async () => {
  const [mine, theirs] = Pipe(), [other, otherEnd] = Pipe();
  const crew = start(
    3,
    (s, i, theirs, other) => {
      if (i === 2) return theirs.recv();
      return s.connectionWait([other, theirs], { timeout: 20_000 }).length;
    },
    theirs,
    other,
  );
  shm.untilBlocked(crew.ids, WaitKind.data);
  mine.send("first");
  mine.send("second");
  assertEquals(await crew.join(), [1, 1, "first"]);
  assertEquals(theirs.recv(), "second");
  otherEnd.close();
});

Deno.test("mistakes throw at the call", async () => {
  const [reader, writer] = Pipe(false), [closed] = Pipe();
  closed.close();
  const rows: [unknown, typeof TypeError | typeof ClosedError, string][] = [
    [[reader, writer], TypeError, "connection is write-only"],
    [[reader, closed], ClosedError, "handle is closed"],
    [[reader, 5], TypeError, "one of them is 5"],
    [[new Queue()], TypeError, "takes connections, the ends of a Pipe"],
    [7, TypeError, "takes a list of connections: it is 7"],
    [undefined, TypeError, "takes a list of connections: it is undefined"],
  ];
  for (const [objects, cls, text] of rows) {
    assertThrows(() => connectionWait(objects as never), cls, text);
    await assertRejects(() => connectionWaitAsync(objects as never), cls, text);
  }
  assertThrows(() => connectionWait([reader], { timeout: NaN }), TypeError, "timeout is NaN");
});

Deno.test("a wait that nobody can end throws, stopped or aborted it ends, and nobody watches any more", async () => {
  const [a, b] = Pipe(), [x, y] = Pipe();
  assertThrows(() => connectionWait([a, x]), DeadlockError, "MainProcess waits for data");
  const crew = start(1, (s, _i, a, x) => s.thrownBy(() => s.connectionWait([a, x])), a, x);
  shm.untilBlocked(crew.ids, WaitKind.data);
  requestStop(crew.ids[0]!);
  assertEquals(await crew.join(), ["StoppedError"]);
  const stop = new AbortController();
  const waiting = connectionWaitAsync([a, x], { signal: stop.signal });
  stop.abort(new Error("enough"));
  await assertRejects(() => waiting, Error, "enough");
  for (const end of [a, x]) assertEquals(load(shm.i32[end.address]! + 36), 0);
  b.send(1);
  assertEquals(connectionWait([a, x]), [a]);
  y.close();
});

Deno.test("closing while a wait is under way: it still ends, and all memory comes back", async () => {
  await run(1, () => {});
  await assertNoLeak(async () => {
    const [a, b] = Pipe(), [x, y] = Pipe();
    const waiting = connectionWaitAsync([a, x], { timeout: 5000 });
    a.close();
    b.close();
    assertEquals(await waiting, [a]); // its other end is closed
    assertThrows(() => connectionWait([a, x]), ClosedError);
    y.send(["left"]);
    assertEquals(connectionWait([x]), [x]);
    x.close();
    y.close();
  });
});

Deno.test("the fixed words lie where the layout leaves room", () => {
  const after = LAYOUT.freeLists + 52; // size classes of the heap
  for (const word of [LAYOUT.channelBell, LAYOUT.namesLock, LAYOUT.firstName]) {
    assert(word >= after && word < LAYOUT.threads);
  }
});

Deno.test("no thread is left", assertNobodyLeft);
