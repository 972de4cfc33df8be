import { assert, assertEquals, assertThrows } from "@std/assert";
import { Queue } from "@polycore/shm";
import { partial, Process, RemoteTraceback, TimeoutError } from "../mod.ts";
import { rejects, soon } from "../testing/helpers.ts";
import { withManager } from "./testing/helpers.ts";
import { add, double, doubleBut3, nothingEver, use } from "./testing/tasks.ts";

Deno.test("a pool in the server has the methods of a pool", () =>
  withManager(async (manager, own) => {
    const pool = own(manager.Pool(2));
    assertEquals(pool.processes, 2);
    assertEquals(await pool.apply(add, [1, 2]), 3);
    assertEquals(await pool.applyAsync(add, [3, 4]), 7);
    assertEquals(await pool.map(double, new Set([1, 2, 3])), [2, 4, 6]);
    assertEquals(await pool.map((x: number) => x + 1, [1, 2, 3], { chunkSize: 2 }), [2, 3, 4]);
    assertEquals(await pool.starmap(add, [[1, 1], [2, 2]]), [2, 4]);
    assertEquals(await pool.starmapAsync(add, [[1, 2]]), [3]);
    assertEquals(await pool.map(partial(add, 10), [1, 2]), [11, 12]);
    assertEquals(await Array.fromAsync(pool.imap(double, [1, 2, 3])), [2, 4, 6]);
    const unordered = await Array.fromAsync(
      pool.imapUnordered(double, [1, 2, 3], { chunkSize: 2 }),
    );
    assertEquals(unordered.sort(), [2, 4, 6]);
    const seen: unknown[] = [];
    await pool.mapAsync(double, [4], { callback: (values) => seen.push(values) });
    assertEquals(seen, [[8]]);
    pool.close();
    await soon(pool.join());
    await rejects(pool.apply(add, [1, 2]), Error, "Pool not running");
  }));

Deno.test("errors of a pool in the server", () =>
  withManager(async (manager, own) => {
    assertThrows(() => manager.Pool(0), RangeError, "at least 1");
    await rejects(manager.PoolAsync(-1), RangeError, "at least 1");
    const pool = own(await manager.PoolAsync(1));
    const error = await rejects(pool.map(doubleBut3, [1, 3]), RangeError, "no double of 3");
    assert(error.cause instanceof RemoteTraceback);
    assertThrows(() => pool.applyAsync(add, [Symbol("x") as never, 1]), TypeError, "a symbol");
    assertThrows(() => pool.imap(double, [1], { size: 1 } as never), TypeError, "size");
    assertThrows(() => pool.applyAsync(5 as never), TypeError, "5");
    assertThrows(() => pool.mapAsync(double, 5 as never), TypeError, "5");
  }));

Deno.test("an imap goes on after an input that fails, and can be left early", () =>
  withManager(async (manager, own) => {
    const pool = own(manager.Pool(1));
    const results = pool.imap(doubleBut3, [2, 3, 4]);
    assertEquals((await results.next()).value, 4);
    await rejects(results.next(), RangeError, "no double of 3");
    assertEquals((await results.next()).value, 8);
    assertEquals((await results.next()).done, true);
    for await (const value of pool.imap(double, [1, 2, 3])) {
      assertEquals(value, 2);
      break;
    }
  }));

Deno.test("a result that does not come: the time is over, and terminate ends it", () =>
  withManager(async (manager, own) => {
    const pool = own(manager.Pool(1));
    const result = pool.applyAsync(nothingEver);
    await rejects(result.get({ timeout: 1 }), TimeoutError);
    await rejects(pool.join(), Error, "Pool is still running");
    pool.terminate();
    await rejects(result, Error, "terminated");
    await soon(pool.join());
  }));

Deno.test("several threads give work to one pool", () =>
  withManager(async (manager, own) => {
    const pool = own(manager.Pool(2)), results = own(new Queue());
    const users = [1, 2, 3].map(() => new Process({ target: use.Pool, args: [pool, results] }));
    for (const user of users) user.start();
    await soon(Promise.all(users.map((user) => user.join())));
    for (const _ of users) assertEquals(results.get(), [2, 4, 6]);
  }));

Deno.test("a pool goes with its last proxy, and with its manager", () =>
  withManager(async (manager, own) => {
    const pool = manager.Pool(1);
    assertEquals(await pool.apply(add, [1, 2]), 3);
    pool.dispose();
    assertEquals(manager.numberOfObjects(), 0);
    own(manager.Pool(1));
    const running = own(manager.Pool(2));
    running.applyAsync(nothingEver);
  }));
