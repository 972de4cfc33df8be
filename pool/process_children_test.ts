import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { Event } from "@polycore/sync";
import { Pipe, Queue } from "@polycore/shm";
import { bury, enrol, isAlive, LAYOUT, liveThreads } from "@polycore/sync/internal";
import { Process } from "./mod.ts";
import { countChildren } from "./worker_thread.ts";
import { assertNobodyLeft, leavesNothing, LIMIT, type Own } from "./testing/helpers.ts";
import { runProgram, soon, until } from "./testing/helpers.ts";
import * as f from "./testing/family_tasks.ts";
import { exitWith, square } from "./testing/tasks.ts";

function signals(own: Own): f.Signals {
  const three = (): [Event, Event, Event] => [own(new Event()), own(new Event()), own(new Event())];
  return { daemon: three(), other: three(), end: own(new Event()) };
}

async function take<T>(queue: Queue<T>): Promise<T> {
  return await soon(queue.getAsync());
}

Deno.test("test_recursion: processes start processes, and join them", async () => {
  await leavesNothing(async (own) => {
    const [from, to] = Pipe(false);
    await soon(f.recurse(own(to), []));
    const seen: unknown[] = [];
    while (from.poll()) seen.push(from.recv());
    assertEquals(seen, [[], [0], [0, 0], [0, 1], [1], [1, 0], [1, 1]]);
    from.close();
  });
});

Deno.test("the main thread creates a worker while it is blocked in a wait of ours", async () => {
  await leavesNothing(async (own) => {
    const [from, to] = Pipe(false);
    const process = new Process({ target: f.recurse, args: [own(to), [0]] });
    process.start();
    assertEquals([from.recv(), from.recv(), from.recv()], [[0], [0, 0], [0, 1]]);
    await soon(process.join());
    from.close();
  });
});

Deno.test("names: a child of Process-1 is Process-1:1, whatever the first one is called", async () => {
  await leavesNothing(async (own) => {
    const out = own(new Queue<string>());
    const process = new Process({ target: f.tellNames, args: [out as Queue, 2] });
    const { name } = process;
    assertMatch(name, /^Process-\d+$/);
    process.start();
    await soon(process.join());
    const names = [...Array(5)].map(() => out.get());
    assertEquals(names, [name, `${name}:1`, `${name}:1:1`, "Bob", `${name}:2:1`]);
  });
});

for (const how of ["go", "terminate", "kill"] as const) {
  Deno.test(`a process sees its child start, run and end by ${how}`, async () => {
    await leavesNothing(async (own) => {
      const out = own(new Queue<unknown[]>());
      const [begun, go] = [own(new Event()), own(new Event())];
      const process = new Process({ target: f.manageChild, args: [out as Queue, how, begun, go] });
      process.start();
      assertEquals(await take(out), [false, null, null]);
      assertEquals(await take(out), [true, 1, null]);
      const code = { go: 0, terminate: -15, kill: -9 }[how];
      assertEquals(await take(out), [false, 0, code]);
      await soon(process.join());
      assertEquals(process.exitcode, 0);
    });
  });
}

for (const [how, code] of [["return", 0], ["exit", 3], ["throw", 1]] as const) {
  Deno.test(`a process that ends by ${how} ends its daemons and waits for the others`, async () => {
    await leavesNothing(async (own) => {
      const s = signals(own);
      const process = new Process({ target: f.haveChildren, args: [s, how] });
      process.start();
      for (const [begun] of [s.daemon, s.other]) await soon(begun.waitAsync());
      assertEquals([s.daemon[2].isSet(), liveThreads().length], [false, 4]);
      s.end.set();
      await soon(s.daemon[2].waitAsync()); // nobody told it but its parent
      assertEquals([process.isAlive(), s.other[2].isSet()], [true, false]);
      s.other[1].set();
      await soon(process.join());
      assertEquals([process.exitcode, s.other[2].isSet()], [code, true]);
      assertNobodyLeft();
    });
  });
}

for (const [how, code] of [["Deno.exit", 4], ["rejection", 1]] as const) {
  Deno.test(`a process that dies by ${how} takes its daemons along, the others go on`, async () => {
    await leavesNothing(async (own) => {
      const s = signals(own);
      const process = new Process({ target: f.haveChildren, args: [s, how] });
      process.start();
      for (const [begun] of [s.daemon, s.other]) await soon(begun.waitAsync());
      s.end.set();
      await soon(process.join());
      assertEquals(process.exitcode, code);
      await soon(s.daemon[2].waitAsync());
      assertEquals([s.other[2].isSet(), liveThreads().length > 1], [false, true]);
      s.other[1].set();
      await soon(s.other[2].waitAsync());
      await until(() => countChildren() === 0);
    });
  });
}

for (const [how, code] of [["terminate", -15], ["kill", -9]] as const) {
  Deno.test(`${how} of a process that has children: daemons end, the others go on`, async () => {
    await leavesNothing(async (own) => {
      const s = signals(own);
      const process = new Process({ target: f.haveChildrenAndBlock, args: [s, s.end] });
      process.start();
      for (const [begun] of [s.daemon, s.other]) await soon(begun.waitAsync());
      process[how]();
      await soon(process.join());
      assertEquals(process.exitcode, code);
      await soon(s.daemon[2].waitAsync());
      assert(!s.other[2].isSet());
      s.other[1].set();
      await soon(s.other[2].waitAsync());
      await until(() => countChildren() === 0);
    });
  });
}

Deno.test("a process that dies right after it started others: they start all the same", async () => {
  await leavesNothing(async (own) => {
    const s = signals(own);
    const process = new Process({ target: f.startAndLeave, args: [s] });
    process.start();
    await soon(process.join());
    assertEquals(process.exitcode, 4);
    await soon(s.other[0].waitAsync());
    s.other[1].set();
    await soon(s.other[2].waitAsync());
    await until(() => countChildren() === 0); // of the daemon nothing is left
  });
});

Deno.test("test_parent_process: a process sees the end of its parent", async () => {
  await leavesNothing(async (own) => {
    const [from, to] = Pipe(false);
    const process = new Process({ target: f.startTeller, args: [own(to), own(new Event())] });
    process.start();
    assertEquals(from.recv({ timeout: 10_000 }), true);
    process.terminate();
    await soon(process.join());
    assertEquals(from.recv({ timeout: 10_000 }), false);
    await until(() => countChildren() === 0);
    from.close();
  });
});

Deno.test("test_daemon_argument: a daemon may have no children", async () => {
  await leavesNothing(async (own) => {
    const out = own(new Queue<string>());
    const options = { target: square, args: [2] as [number], daemon: false };
    const process = new Process({
      target: f.tryToStart,
      args: [out as Queue, options],
      daemon: true,
    });
    process.start();
    await soon(process.join());
    for (const message of [out.get(), out.get()]) {
      assertMatch(message, /^daemonic processes are not allowed to have children/);
    }
  });
});

Deno.test("a daemon that is allowed to may have children, which are daemons by default", async () => {
  await leavesNothing(async (own) => {
    const out = own(new Queue());
    const process = new Process({ target: f.serverWithChild, args: [out], daemon: true });
    process.start();
    await soon(process.join());
    assertEquals([out.get(), out.get()], [true, "a child"]);
  });
});

Deno.test("a process can neither start, join nor end itself", async () => {
  await leavesNothing(async (own) => {
    const out = own(new Queue());
    const process = new Process({ target: f.misuseSelf, args: [out] });
    process.start();
    await soon(process.join());
    assertMatch(String(out.get()), /^can only start a process object created by current process/);
    assertMatch(String(out.get()), /^can only end a child process/);
    assertMatch(String(out.get()), /^can only end a child process/);
    assertMatch(String(out.get()), /^can only join a child process/);
    assertEquals(out.get(), [true, null]);
  });
});

Deno.test("a process has a pool of its own", async () => {
  await leavesNothing(async (own) => {
    const out = own(new Queue());
    const process = new Process({ target: f.usePool, args: [out] });
    process.start();
    await soon(process.join());
    assertEquals(process.exitcode, 0);
    assertEquals(out.get(), [3, 4, 5, 6, 7, 8, 9, 10]);
    assertEquals(out.get(), [3, 7]);
    assertEquals(out.get(), [3, 4, 5]);
    assertEquals(out.get(), ["RangeError", "no square of 2"]);
    assertEquals(out.get(), ["WorkerDiedError", 3]);
    assertMatch(String(out.get()), new RegExp(`^PoolWorker-${process.name.slice(8)}:\\d+$`));
  });
});

Deno.test("a pool that a process leaves behind ends with it, and so does its work", async () => {
  await leavesNothing(async (own) => {
    const out = own(new Queue<number>()), begun = own(new Event()), never = own(new Event());
    const process = new Process({ target: f.leavePool, args: [out as Queue, begun, never] });
    process.start();
    await soon(process.join());
    assertEquals([process.exitcode, out.qsize()], [0, 1]);
    out.get();
    assertNobodyLeft();
  });
});

Deno.test("an executor that a process leaves behind comes to its end, and so do its calls", async () => {
  await leavesNothing(async (own) => {
    const out = own(new Queue<number>()), begun = own(new Event()), go = own(new Event());
    const process = new Process({ target: f.leaveExecutor, args: [out as Queue, begun, go] });
    process.start();
    await soon(begun.waitAsync());
    assertEquals([process.isAlive(), out.qsize()], [true, 0]);
    go.set();
    await soon(process.join());
    assertEquals([process.exitcode, out.get()], [0, 5]);
    assertNobodyLeft();
  });
});

Deno.test("start in a process does not wait for the main thread, which creates the worker later", async () => {
  await leavesNothing(async (own) => {
    const returned = own(new Event()), done = own(new Event());
    const process = new Process({ target: f.startAndTell, args: [returned, done] });
    process.start();
    const late = performance.now() + LIMIT;
    while (!returned.isSet() && performance.now() < late); // computes: neither awaits nor waits
    assertEquals([returned.isSet(), done.isSet()], [true, false]);
    await soon(process.join());
    assert(done.isSet());
  });
});

Deno.test("the program lives until a grandchild is done whose parent died", async () => {
  const { code, out } = await runProgram("./family_program.ts", ["grandchild"]);
  assertEquals([code, out], [0, "main is done\nthe grandchild is done\n"]);
});

Deno.test("a parent that had to be given up: its daemons end, its other children go on", async () => {
  const { code, out, err } = await runProgram("./family_program.ts", ["lostParent"]);
  assertEquals([code, out], [0, "exit code -9 false\n"]);
  assertStringIncludes(err, "Spinner computes without end");
});

Deno.test("a process kills a child that computes without end: the main thread cuts it off", async () => {
  const { code, out, err } = await runProgram("./family_program.ts", ["spinningChild"]);
  assertEquals([code, out], [0, "exit code -9 -9\n"]);
  assertStringIncludes(err, "Spinner computes without end");
});

Deno.test("a worker that the main thread may not create ends its process with 1, and breaks a pool", async () => {
  const { code, out, err } = await runProgram("./family_program.ts", ["noPermission"]);
  assertEquals([code, out], [0, "exit code 1\nBrokenPoolError\nthe parent: 0\n"]);
  assertMatch(err, /"Late".*read access/);
});

Deno.test("an exit code is the thread's own, also when its slot in the table went to others", async () => {
  await leavesNothing(async () => {
    const process = new Process({ target: exitWith, args: [5] });
    process.start();
    const late = performance.now() + LIMIT;
    while (isAlive(process.pid!) && performance.now() < late);
    for (let n = 0; n <= LAYOUT.threadSlots; n++) bury(enrol("passing by"), 9);
    assertEquals([process.isAlive(), process.exitcode], [false, 5]);
    await soon(process.join());
    assertEquals(process.exitcode, 5);
  });
});
