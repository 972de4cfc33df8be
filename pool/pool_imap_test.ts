import { assert, assertEquals } from "@std/assert";
import { Event } from "@polycore/sync";
import { Pool, TimeoutError } from "./mod.ts";
import { leavesNothing, rejects, soon } from "./testing/helpers.ts";
import * as t from "./testing/tasks.ts";

const inputs = Array.from({ length: 40 }, (_, i) => i);
const squares = inputs.map((x) => x * x);

/** Counts the inputs that were taken, without end. */
class Endless implements Iterable<number> {
  taken = 0;
  closed = false;

  *[Symbol.iterator]() {
    try {
      for (;;) yield this.taken++;
    } finally {
      this.closed = true;
    }
  }
}

Deno.test("_TestPool.test_imap, test_imap_unordered: equal to the serial result", async () => {
  await leavesNothing(async () => {
    await using pool = new Pool(3);
    for (const chunkSize of [1, 3, 100]) {
      const ordered = await soon(Array.fromAsync(pool.imap(t.square, inputs, { chunkSize })));
      assertEquals(ordered, squares);
      const any = await soon(Array.fromAsync(pool.imapUnordered(t.square, inputs, { chunkSize })));
      assertEquals(any.sort((a, b) => a - b), squares);
    }
    assertEquals(await Array.fromAsync(pool.imap(t.square, [])), []);
  });
});

Deno.test("imapUnordered gives what is ready first, imap keeps the order", async () => {
  await leavesNothing(async (own) => {
    await using pool = new Pool(2);
    const e = own(new Event());
    const waitOrNot = (event: Event | null) => {
      event?.wait();
      return event !== null;
    };
    const unordered = pool.imapUnordered(waitOrNot, [e, null]);
    assertEquals((await soon(unordered.next())).value, false);
    e.set();
    assertEquals((await soon(unordered.next())).value, true);
    assertEquals((await unordered.next()).done, true);
    e.clear();
    const ordered = pool.imap(waitOrNot, [e, null]);
    await rejects(ordered.next({ timeout: 20 }), TimeoutError, "within 20 ms");
    e.set();
    assertEquals((await soon(ordered.next())).value, true);
    assertEquals((await soon(ordered.next())).value, false);
  });
});

Deno.test("an endless input is taken as far as the buffer, and the loop may be left", async () => {
  await leavesNothing(async () => {
    await using pool = new Pool(2);
    for (const [chunkSize, buffersize] of [[1, 5], [3, 7], [4, 2]] as const) {
      const input = new Endless();
      const most = Math.max(chunkSize, buffersize);
      let fetched = 0;
      for await (const y of pool.imap(t.square, input, { chunkSize, buffersize })) {
        assertEquals(y, fetched ** 2);
        fetched++;
        assert(input.taken <= fetched + most, `${input.taken} were taken, ${fetched} fetched`);
        if (fetched === 20) break;
      }
      assertEquals(input.closed, true);
    }
    const input = new Endless();
    const iterator = pool.imap(t.square, input); // four for each worker when nothing is said
    assertEquals(input.taken, 8);
    await iterator.return();
    assertEquals(await iterator.next(), { done: true, value: undefined });
  });
});

Deno.test("an error takes the place of one result, and the next ones follow", async () => {
  await using pool = new Pool(2);
  const iterator = pool.imap(t.squareBut3, [0, 1, 2, 3, 4]);
  assertEquals((await iterator.next()).value, 0);
  assertEquals((await iterator.next()).value, 1);
  const error = await rejects(iterator.next(), RangeError, "no square of 2");
  assertEquals((error.cause as { index: number }).index, 2);
  assertEquals((await iterator.next()).value, 9);
  assertEquals((await iterator.next()).value, 16);
  assertEquals((await iterator.next()).done, true);
});

Deno.test("test_imap_handle_iterable_exception: whole chunks before it, then the error", async () => {
  await using pool = new Pool(2);
  function* failing() {
    yield* [1, 2, 3, 4, 5];
    throw new RangeError("the input ran dry");
  }
  for (const [chunkSize, before] of [[1, [1, 4, 9, 16, 25]], [2, [1, 4, 9, 16]]] as const) {
    const results: number[] = [];
    const iterator = pool.imap(t.square, failing(), { chunkSize });
    const loop = async () => {
      for await (const y of iterator) results.push(y);
    };
    const error = await rejects(loop(), RangeError, "the input ran dry");
    assertEquals([results, error.cause], [before as unknown as number[], undefined]);
    assertEquals((await iterator.next()).done, true);
  }
});

Deno.test("several may wait for the next result at once", async () => {
  await using pool = new Pool(2);
  const iterator = pool.imap(t.later, [1, 2, 3]);
  const all = [iterator.next(), iterator.next(), iterator.next(), iterator.next()];
  const results = await soon(Promise.all(all));
  assertEquals(results.map((r) => r.value).sort(), [1, 2, 3, undefined]);
});

Deno.test("a closed pool works on for an imap that was begun, fetched or not", async () => {
  await leavesNothing(async () => {
    const pool = new Pool(2);
    const fetched = pool.imap(t.square, inputs, { buffersize: 2 });
    const forgotten = pool.imapUnordered(t.square, inputs, { buffersize: 2 });
    pool.close();
    assertEquals(await soon(Array.fromAsync(fetched)), squares);
    await soon(pool.join());
    assertEquals((await Array.fromAsync(forgotten)).length, inputs.length);
  });
});

Deno.test("an imap of a pool that is terminated ends with an error", async () => {
  await leavesNothing(async () => {
    const pool = new Pool(1);
    const iterator = pool.imap(t.square, new Endless());
    assertEquals((await soon(iterator.next())).value, 0);
    pool.terminate();
    await pool.join();
    const outcomes = new Set<string>();
    for (let i = 0; i < 20; i++) {
      outcomes.add(await iterator.next().then((r) => `done ${r.done}`, (e) => e.name));
    }
    outcomes.delete("done false"); // what was there before the end
    assertEquals([...outcomes], ["PoolTerminatedError", "done true"]);
  });
});

Deno.test("a signal ends the wait for a result, not the iteration", async () => {
  await leavesNothing(async (own) => {
    await using pool = new Pool(1);
    const begun = own(new Event()), go = own(new Event());
    const iterator = pool.imap((e: Event[]) => (e[0]!.set(), e[1]!.wait()), [[begun, go]]);
    await soon(begun.waitAsync());
    const controller = new AbortController();
    const next = iterator.next({ signal: controller.signal });
    controller.abort(new Error("enough"));
    await rejects(next, Error, "enough");
    go.set();
    assertEquals((await soon(iterator.next())).value, true);
  });
});
