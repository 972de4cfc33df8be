import { assert, assertEquals, assertThrows } from "@std/assert";
import { Event, Lock } from "@polycore/sync";
import { Queue } from "@polycore/shm";
import {
  activeChildren,
  currentProcess,
  exit,
  ParentProcess,
  parentProcess,
  Pool,
  Process,
} from "./mod.ts";
import { leavesNothing, rejects, soon } from "./testing/helpers.ts";
import { startChild, tellWho, threadOf, waitFor } from "./testing/tasks.ts";

Deno.test("_TestProcess.test_current: the main program", () => {
  const { name, pid, daemon, exitcode } = currentProcess();
  assertEquals([name, pid, daemon, exitcode], ["MainProcess", 1, false, null]);
  assert(currentProcess().isAlive());
  assertEquals(parentProcess(), null);
});

Deno.test("test_parent_process_attributes: a child sees its parent", async () => {
  await leavesNothing(async (own) => {
    const queue = own(new Queue<{ parent: unknown }>());
    const process = new Process({ target: tellWho, args: [queue as Queue] });
    process.start();
    await soon(process.join());
    assertEquals(queue.get().parent, { name: "MainProcess", pid: 1, daemon: false });
  });
});

Deno.test("a ParentProcess tells whether it lives, and its end", async () => {
  await leavesNothing(async (own) => {
    const begun = own(new Event()), go = own(new Event());
    const process = new Process({ target: waitFor, args: [begun, go] });
    process.start();
    await soon(begun.waitAsync());
    const { name, pid, daemon } = process;
    const parent = new ParentProcess({ name, pid, daemon });
    await parent.join(0);
    assert(parent.isAlive());
    go.set();
    await soon(parent.join());
    assert(!parent.isAlive());
    await soon(process.join());
  });
});

Deno.test("test_active_children: listed while they live; the workers of a pool are not", async () => {
  await leavesNothing(async (own) => {
    const begun = own(new Event()), go = own(new Event());
    const process = new Process({ target: waitFor, args: [begun, go] });
    assertEquals(activeChildren(), []);
    process.start();
    await using pool = new Pool(1);
    await pool.apply(threadOf, [0]);
    assertEquals(activeChildren(), [process]);
    go.set();
    await soon(process.join());
    assertEquals(activeChildren(), []);
  });
});

Deno.test("a worker cannot start workers, and the error says why", async () => {
  await leavesNothing(async () => {
    await using pool = new Pool(1);
    await rejects(pool.apply(startChild, ["process"]), Error, "daemonic processes are not allowed");
    await rejects(pool.apply(startChild, ["pool"]), Error, "daemonic processes are not allowed");
  });
});

Deno.test("the owner of a lock is called by its process's name", async () => {
  await leavesNothing(async (own) => {
    const lock = own(new Lock()), begun = own(new Event()), go = own(new Event());
    const holder = (lock: Lock, begun: Event, go: Event) => {
      using _ = lock.hold();
      begun.set();
      go.wait();
    };
    const process = new Process({ target: holder, args: [lock, begun, go], name: "Holder" });
    process.start();
    await soon(begun.waitAsync());
    assertEquals(lock.owner, "Holder");
    go.set();
    await soon(process.join());
    assertEquals(lock.owner, null);
  });
});

Deno.test("exit is for workers: the main program has Deno.exit", () => {
  assertThrows(() => exit(0), Error, "In the main thread use Deno.exit()");
});
