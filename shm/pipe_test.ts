import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { DeadlockError } from "@polycore/sync";
import { requestStop, WaitKind } from "@polycore/sync/internal";
import {
  BrokenPipeError,
  ClosedError,
  type Connection,
  EOFError,
  Pipe,
  Queue,
  QueueEmpty,
  Value,
} from "./mod.ts";
import { shm } from "./testing/shm.ts";
import { assertNobodyLeft, assertNoLeak, run, start } from "./testing/threads.ts";

/** How long `act` takes, in milliseconds. */
function timed(act: () => void): number {
  const before = performance.now();
  act();
  return performance.now() - before;
}

Deno.test("poll: at once, after the time, as soon as something is there; it takes nothing", async () => {
  const [a, b] = Pipe();
  for (const timeout of [undefined, 0, -1]) assert(timed(() => assert(!a.poll(timeout))) < 80);
  assert(timed(() => assert(!a.poll(120))) >= 120);
  assert(!await a.pollAsync(20));
  const go = new Queue<number>();
  const crew = start(
    1,
    (_s, _i, b, go) => {
      for (let n = 0; n < 3; n++) {
        go.get();
        b.send(n);
      }
    },
    b,
    go,
  );
  for (const poll of [() => a.poll(5000), () => a.poll(Infinity), () => a.pollAsync(5000)]) {
    go.put(1);
    assert(await poll());
    assert(a.poll() && a.poll(1000)); // nothing was taken
    a.recv();
    assert(!a.poll());
  }
  await crew.join();
  assertThrows(() => a.poll("1" as never), TypeError, "timeout is 1");
});

Deno.test("several threads that send at one end: whole messages, in order for each", async () => {
  const [reader, writer] = Pipe(false);
  const crew = start(3, (_s, i, writer) => {
    for (let n = 0; n < 500; n++) writer.send({ i, n, pad: "p".repeat(n * 10) });
  }, writer);
  writer.close();
  const last = [-1, -1, -1];
  for (let count = 0; count < 1500; count++) {
    const { i, n, pad } = reader.recv() as { i: number; n: number; pad: string };
    assertEquals([n, pad.length], [last[i]! + 1, n * 10]);
    last[i] = n;
  }
  assertThrows(() => reader.recv(), EOFError); // all three threads have ended or closed
  await crew.join();
});

Deno.test("after close of the other end: what is left, then EOF; sending is a broken pipe", async () => {
  const [a, b] = Pipe();
  b.send(1);
  b.send(2);
  b.close();
  assert(a.poll());
  assertEquals([a.recv(), await a.recvAsync()], [1, 2]);
  assert(a.poll() && a.poll(50) && await a.pollAsync()); // EOF is something to receive
  for (const options of [undefined, { timeout: 0 }, { timeout: 50 }]) {
    assertThrows(() => a.recv(options), EOFError, "everything it sent was received");
  }
  await assertRejects(() => a.recvAsync(), EOFError);
  assertThrows(() => a.send(3), BrokenPipeError, "nobody can receive");
});

Deno.test("after close of this end: everything throws, twice is fine, flags stay", () => {
  const [a, b] = Pipe();
  assertEquals(a.closed, false);
  a.close();
  a.close();
  a.dispose();
  assertEquals([a.closed, a.readable, a.writable], [true, true, true]);
  for (const act of [() => a.send(1), () => a.recv(), () => a.poll()]) {
    assertThrows(act, ClosedError, "handle is closed");
  }
  assertThrows(() => b.recv(), EOFError);
  assertEquals(Deno.inspect(a), "<Connection(closed)>");
  assertThrows(() => new Queue().put([a]), TypeError, "value[0] is a Connection that was disposed");
});

Deno.test("EOF comes when the last of several holders closes, not before", async () => {
  const [mine, theirs] = Pipe();
  const go = new Queue<string>();
  const crew = start(
    2,
    (s, i, theirs, go) => {
      if (i === 1) {
        theirs.close();
        return "closed";
      }
      const said = go.get();
      theirs.send(said);
      return s.thrownBy(() => 0);
    },
    theirs,
    go,
  );
  theirs.close();
  shm.untilBlocked([crew.ids[0]!], WaitKind.data);
  await new Promise((resolve) => setTimeout(resolve, 30));
  assertThrows(() => mine.recv({ timeout: 20 }), QueueEmpty, "still open");
  assert(!mine.poll());
  go.put("last words");
  assertEquals(mine.recv(), "last words");
  assertThrows(() => mine.recv(), EOFError); // the thread ended without closing
  await crew.join();
});

Deno.test("a blocked or awaiting recv wakes at EOF", async () => {
  const [mine, theirs] = Pipe();
  const crew = start(1, (s, _i, theirs) => s.thrownBy(() => theirs.recv()), theirs);
  theirs.close();
  shm.untilBlocked(crew.ids, WaitKind.data);
  assert(timed(() => mine.close()) < 50);
  assertEquals(await crew.join(), ["EOFError"]);
  const [a, b] = Pipe();
  const receiving = a.recvAsync(), polling = a.pollAsync(5000);
  b.close();
  await assertRejects(() => receiving, EOFError);
  assert(await polling);
});

Deno.test("an end that was sent and never received still closes with its message", () => {
  const [a, b] = Pipe();
  const queue = new Queue<Connection>();
  queue.put(b);
  b.close();
  assert(!a.poll());
  queue.close(); // and with it the end inside
  assertThrows(() => a.recv(), EOFError);
});

Deno.test("a connection passes through a connection, and works between two threads", async () => {
  const [a, b] = Pipe(), [x, y] = Pipe();
  const crew = start(
    2,
    (_s, i, b, x) => {
      if (i === 0) {
        const { end } = b.recv() as { end: Connection };
        end.send("through");
        return end.recv();
      }
      return [x.recv(), x.send(42)][0];
    },
    b,
    x,
  );
  a.send({ end: y });
  y.close();
  x.close();
  assertEquals(await crew.join(), [42, "through"]);
});

Deno.test("a stopped thread that is blocked in recv or poll gets StoppedError", async () => {
  for (const call of ["recv", "poll"]) {
    const [mine, theirs] = Pipe();
    const crew = start(
      1,
      (s, _i, theirs, call) => {
        return s.thrownBy(() => call === "recv" ? theirs.recv() : theirs.poll(Infinity));
      },
      theirs,
      call,
    );
    theirs.close();
    shm.untilBlocked(crew.ids, WaitKind.data);
    requestStop(crew.ids[0]!);
    assertEquals(await crew.join(), ["StoppedError"]);
    assertThrows(() => mine.recv(), EOFError); // the thread is gone, and its end with it
  }
});

Deno.test("a recv that nobody can end throws DeadlockError", () => {
  const [a, b] = Pipe();
  assertThrows(() => a.recv(), DeadlockError);
  b.send(1);
  assertEquals(a.recv(), 1);
});

Deno.test("an abort ends recvAsync and pollAsync", async () => {
  const [a, b] = Pipe();
  const stop = new AbortController();
  const { signal } = stop;
  const calls = [a.recvAsync({ signal }), a.pollAsync(Infinity, { signal })];
  stop.abort(new Error("enough"));
  for (const call of calls) await assertRejects(() => call, Error, "enough");
  b.send("still here");
  assertEquals(await a.recvAsync({ timeout: 1000 }), "still here");
});

Deno.test("a value that cannot pass throws, and nothing is sent", () => {
  const [a, b] = Pipe();
  assertThrows(() => b.send([() => 1]), TypeError, "value[0] is a function");
  assert(!a.poll());
});

Deno.test("one who polls takes no wake-up away from one who receives", async () => {
  const [mine, theirs] = Pipe();
  const waits = new Value("i", 0);
  const crew = start(
    2,
    (s, i, theirs, waits) => {
      for (let n = 0; n < 10; n++) {
        if (i === 0) {
          theirs.poll(Infinity);
          s.until(() => waits.value > n);
        } else {
          theirs.recv();
          waits.add(1);
        }
      }
    },
    theirs,
    waits,
  );
  let took = 0;
  for (let n = 0; n < 10; n++) {
    shm.untilBlocked(crew.ids, WaitKind.data);
    took += timed(() => {
      mine.send(n);
      shm.until(() => waits.value > n);
    });
  }
  mine.close();
  await crew.join();
  assert(took < 10 * 60, `${took} ms`);
});

Deno.test("all memory comes back, whichever end goes first, with messages left", async () => {
  await run(1, () => {});
  for (const duplex of [true, false]) {
    for (const order of [[0, 1], [1, 0]]) {
      await assertNoLeak(() => {
        const ends = Pipe(duplex);
        using v = new Value("i");
        ends[1].send([v, "x".repeat(9000)]);
        ends[1].send(1);
        for (const k of order) ends[k]!.close();
      });
      await assertNoLeak(async () => {
        const [a, b] = Pipe(duplex);
        const crew = start(1, (_s, _i, b) => b.send({ b }), b);
        await crew.join();
        b.close();
        const { b: back } = a.recv() as { b: Connection };
        back.close();
        a.close();
      });
    }
  }
});

Deno.test("no thread is left", assertNobodyLeft);
