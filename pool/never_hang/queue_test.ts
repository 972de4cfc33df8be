/** Queues: whoever dies at them, or puts what cannot pass, hurts no other. */
import { assertEquals, assertThrows } from "@std/assert";
import { DeadlockError } from "@polycore/sync";
import { JoinableQueue, Queue, SimpleQueue } from "@polycore/shm";
import { Process } from "../mod.ts";
import type { Own } from "../testing/helpers.ts";
import { assertFree, cell, endFromOutside, jobOf } from "./testing/cells.ts";
import * as f from "./testing/faults.ts";

/** The kinds of queues. */
const KINDS = {
  "Queue": () => new Queue(),
  "Queue(2)": () => new Queue(2),
  "SimpleQueue": () => new SimpleQueue(),
  "JoinableQueue": () => new JoinableQueue(),
};

/** Run a target to its end, whatever that is. */
async function run<A extends unknown[]>(
  target: (...args: A) => unknown,
  job: f.Job,
  ...args: A
): Promise<number | null> {
  const process = new Process({ target: target as (...args: unknown[]) => unknown, args });
  process.start();
  endFromOutside(job);
  await process.join();
  return process.exitcode;
}

function assertWorks(queue: Queue): void {
  queue.put("after");
  assertEquals([queue.get(), queue.empty()], ["after", true]);
}

for (const [kind, make] of Object.entries(KINDS)) {
  const setUp = (own: Own, fault: f.Fault) => ({
    queue: own(make()) as Queue,
    job: jobOf(own, fault),
  });

  for (const inner of ["producers", "consumers"] as const) {
    for (const fault of f.FAULTS) {
      cell(`${kind}: ${fault} while it holds the inner lock of the ${inner}`, async (own) => {
        const { queue, job } = setUp(own, fault);
        assertEquals(await run(f.dieInQueue, job, job, queue, inner), f.CODES[fault] ?? 1);
        assertWorks(queue);
        assertFree(job);
      });
    }
  }

  for (const fault of f.SYNC_FAULTS) {
    cell(`${kind}: ${fault} while a producer encodes its item`, async (own) => {
      const { queue, job } = setUp(own, fault);
      assertEquals(await run(f.putBad, job, job, queue), f.CODES[fault] ?? 1);
      assertEquals(queue.empty(), true);
      assertWorks(queue);
    });
  }

  cell(`${kind}: an item that cannot be copied`, async (own) => {
    const { queue, job } = setUp(own, "throw");
    assertEquals(await run(f.putUncloneable, job, job, queue), 1);
    assertThrows(() => queue.put({ rows: [Symbol("s")] }), TypeError, "rows[0]");
    assertWorks(queue);
  });

  for (const fault of ["throw", "exit(3)"] as const) {
    cell(`${kind}: ${fault} while a consumer decodes its item`, async (own) => {
      const { queue, job } = setUp(own, fault);
      queue.put([own(new f.Trap(fault, "worker")), job.lock]);
      assertEquals(await run(f.getOne, job, job, queue), f.CODES[fault] ?? 1);
      assertWorks(queue);
      assertFree(job);
    });
  }

  cell(`${kind}: throw while an item is decoded here, and the next one comes`, async (own) => {
    const { queue, job } = setUp(own, "throw");
    queue.put([own(new f.Trap("throw", "main")), job.lock]);
    queue.put("next");
    assertThrows(() => queue.get(), RangeError, "thrown on purpose");
    assertEquals(queue.get(), "next");
    await undefined;
    assertFree(job);
  });

  cell(`${kind}: the last producer dies: what it put comes, then get says why`, async (own) => {
    const { queue, job } = setUp(own, "Deno.exit(3)");
    assertEquals(await run(f.putThenDie, job, job, queue), 3);
    assertEquals(queue.get(), "the last word");
    assertThrows(() => queue.get(), DeadlockError);
    assertWorks(queue);
  });
}

cell("Queue(2): the last consumer dies: put says why when it is full", async (own) => {
  const queue = own(new Queue(2)), job = jobOf(own, "throw");
  queue.put([own(new f.Trap("throw", "worker"))]);
  assertEquals(await run(f.getOne, job, job, queue), 1);
  queue.put(1);
  queue.put(2);
  assertThrows(() => queue.put(3), DeadlockError);
  assertEquals([queue.get(), queue.get()], [1, 2]);
});
