import { assert, assertEquals, assertThrows } from "@std/assert";
import { Event } from "@polycore/sync";
import { type Connection, connectionWait, connectionWaitAsync, Pipe, Queue } from "@polycore/shm";
import { Process, type Sentinel } from "./mod.ts";
import { leavesNothing, soon } from "./testing/helpers.ts";
import { sendAfter, sleepAndSend } from "./testing/sentinel_tasks.ts";
import { square, waitFor } from "./testing/tasks.ts";

type Kind = Connection | Sentinel | Process;

const waits = {
  connectionWait: (objects: Kind[], timeout?: number) => connectionWait(objects, { timeout }),
  connectionWaitAsync: (objects: Kind[], timeout?: number) =>
    soon(connectionWaitAsync(objects, { timeout })),
};

Deno.test("test_sentinel: an error before start, not ready while it runs, ready after", async () => {
  await leavesNothing(async (own) => {
    const begun = own(new Event()), go = own(new Event());
    const process = new Process({ target: waitFor, args: [begun, go] });
    assertThrows(() => process.sentinel, Error, "process not started");
    assertThrows(() => connectionWait([process]), Error, "process not started");
    process.start();
    const { sentinel } = process;
    assertEquals(sentinel.pid, process.pid);
    assert(process.sentinel === sentinel);
    assertEquals(connectionWait([sentinel], { timeout: 0 }), []);
    go.set();
    await soon(process.join());
    assertEquals(connectionWait([sentinel], { timeout: 0 }), [sentinel]);
    assertEquals(process.sentinel, sentinel);
    process.close();
    assertThrows(() => process.sentinel, Error, "process object is closed");
    assertThrows(() => connectionWait([process]), Error, "process object is closed");
  });
});

for (const [name, wait] of Object.entries(waits)) {
  Deno.test(`TestWait.test_wait: four processes send and end, ${name} gives what is ready`, async () => {
    await leavesNothing(async (own) => {
      const readers: Kind[] = [];
      const processes = [0, 1, 2, 3].map((i) => {
        const [reader, writer] = Pipe(false);
        const process = new Process({ target: sleepAndSend, args: [own(writer), i, 10] });
        process.start();
        writer.close();
        readers.push(reader);
        return process;
      });
      const messages: number[][] = [];
      while (readers.length > 0) {
        const ready = await wait(readers) as Connection[];
        assert(ready.length > 0);
        for (const reader of ready) {
          try {
            messages.push(reader.recv() as number[]);
          } catch (error) {
            assertEquals((error as Error).name, "EOFError");
            readers.splice(readers.indexOf(reader), 1);
            reader.close();
          }
        }
      }
      const expected = [0, 1, 2, 3].flatMap((i) => Array.from({ length: 10 }, (_, n) => [n, i]));
      assertEquals(messages.sort(), expected.sort());
      await soon(Promise.all(processes.map((process) => process.join())));
    });
  });

  Deno.test(`test_wait_integer: a process among connections, ready exactly when it has ended: ${name}`, async () => {
    await leavesNothing(async (own) => {
      const [a, b] = Pipe(), begun = own(new Event()), go = own(new Event());
      const process = new Process({ target: waitFor, args: [begun, go] });
      process.start();
      const { sentinel } = process;
      const all = [a, sentinel, process, b];
      assertEquals(await wait(all, 0), []);
      const before = performance.now();
      assertEquals(await wait(all, 120), []);
      assert(performance.now() - before >= 119);
      b.send(1);
      assertEquals(await wait(all), [a]);
      assertEquals(a.recv(), 1);
      go.set();
      const first = await wait(all) as Kind[]; // it ends while this thread sleeps
      assert(first.includes(process) && !first.includes(a));
      a.send(null);
      assertEquals(await wait(all), [sentinel, process, b]);
      b.recv();
      a.close();
      assertEquals(await wait([sentinel, b, process]), [sentinel, b, process]);
      b.close();
      await soon(process.join());
    });
  });

  Deno.test(`test_wait_timeout: nothing in time, then the one that comes: ${name}`, async () => {
    await leavesNothing(async () => {
      const [a, b] = Pipe(false);
      const before = performance.now();
      assertEquals(await wait([a], 100), []);
      const took = performance.now() - before;
      assert(took >= 99 && took < 1000, `${took} ms`);
      b.send(null);
      assertEquals(await wait([a], 10_000), [a]);
      for (const timeout of [0, -1]) assertEquals(await wait([a], timeout), [a]); // test_neg_timeout
      a.recv();
      for (const timeout of [0, -1]) assertEquals(await wait([a], timeout), []);
      a.close();
      b.close();
    });
  });
}

Deno.test("the end of a process wakes who awaits it at once, not after a slice", async () => {
  let took = 0;
  for (let n = 0; n < 5; n++) {
    const times = new Queue<number>();
    const process = new Process({ target: sendAfter, args: [times as Queue] });
    process.start();
    await soon(connectionWaitAsync([process]));
    took += performance.timeOrigin + performance.now() - times.get();
    await soon(process.join());
    times.dispose();
  }
  assert(took < 5 * 60, `${took} ms`);
});

Deno.test("a sentinel is no value that can be sent", async () => {
  const process = new Process({ target: square, args: [1] });
  process.start();
  using queue = new Queue();
  assertThrows(() => queue.put(process.sentinel), TypeError, "a Sentinel");
  await soon(process.join());
});
