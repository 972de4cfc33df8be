import { assert, assertEquals, assertThrows } from "@std/assert";
import { Event } from "@polycore/sync";
import { liveThreads } from "@polycore/sync/internal";
import { Queue } from "@polycore/shm";
import { activeChildren, Manager, ManagerError, Process } from "../mod.ts";
import { countChildren } from "../worker_thread.ts";
import { leavesNothing, rejects, soon, until } from "../testing/helpers.ts";
import { withManager } from "./testing/helpers.ts";
import { callUntilGone, Studio, StudioManager } from "./testing/tasks.ts";

/** Milliseconds within which a call has to say that the server is gone. */
const SOON = 5000;

function serverOf(manager: Manager): Process {
  return activeChildren().find((process) => process.name === manager.server)!;
}

Deno.test("after shutdown every call throws at once; shutting down twice is fine", () =>
  leavesNothing(async (own) => {
    const manager = own(new Manager());
    const list = own(manager.list([1])), ns = own(manager.Namespace<{ x: number }>());
    assertEquals([list.length, serverOf(manager).daemon], [1, true]);
    manager.shutdown();
    assertEquals(liveThreads(), [1]); // it blocked until the server had ended
    manager.shutdown();
    await soon(manager.shutdownAsync());
    const begin = performance.now();
    const gone = "Manager has shut down";
    assertThrows(() => list.length, ManagerError, gone);
    assertThrows(() => ns.x = 1, ManagerError, gone);
    assertThrows(() => String(list), ManagerError, gone);
    assertThrows(() => manager.dict(), ManagerError, gone);
    assertThrows(() => manager.numberOfObjects(), ManagerError, gone);
    await rejects(list.pushAsync(2), ManagerError, gone);
    await rejects(manager.PoolAsync(1), ManagerError, gone);
    assert(performance.now() - begin < SOON);
    assertEquals(Deno.inspect(manager), `<Manager server '${manager.server}' ended>`);
  }));

Deno.test("the block of using shuts down", () =>
  leavesNothing(async () => {
    let list;
    {
      await using manager = new Manager();
      list = manager.list([1]);
    }
    assertThrows(() => list.length, ManagerError, "Manager has shut down");
    list.dispose();
    {
      using manager = new Manager();
      using other = manager.list([1]);
      assertEquals(other.length, 1);
    }
    await until(() => countChildren() === 0); // its parcel is freed in the event loop
  }));

for (const how of ["shutdown", "kill", "terminate"] as const) {
  Deno.test(`${how} while calls are under way: each of them throws`, () =>
    leavesNothing(async (own) => {
      const manager = own(new StudioManager());
      const studio = own(manager.create(Studio)), list = own(manager.list<number>());
      const begun = own(new Event()), told = own(new Queue<string>()), never = own(new Event());
      const child = new Process({ target: callUntilGone, args: [list, begun, told] });
      child.start();
      const slow = studio.waitForAsync(never);
      await soon(begun.waitAsync());
      const begin = performance.now();
      const text = how === "shutdown"
        ? "Manager has shut down"
        : "has ended, because it was killed";
      if (how === "shutdown") manager.shutdown();
      else serverOf(manager)[how]();
      await rejects(slow, ManagerError, text);
      await soon(child.join());
      const message = told.get();
      assert(message.startsWith("ManagerError: ") && message.includes(text), message);
      assert(performance.now() - begin < SOON);
      await rejects(list.popAsync(), ManagerError, text);
      assertThrows(() => list.length, ManagerError, text);
      await soon(manager.shutdownAsync());
    }));
}

Deno.test("a server that ends by itself: the call that ended it throws, and all others", () =>
  leavesNothing(async (own) => {
    const manager = own(new StudioManager());
    const studio = own(manager.create(Studio)), other = own(manager.create(Studio));
    const server = serverOf(manager);
    const text = `The manager's server ${manager.server} has ended`;
    assertThrows(() => studio.exitNow(), ManagerError, text);
    assertThrows(() => other.scores(), ManagerError, text);
    await soon(server.join());
    assertEquals(server.exitcode, 3);
    assertThrows(() => manager.list(), ManagerError, text);
  }));

Deno.test("a server that nobody can ask any more ends by itself", () =>
  leavesNothing(async () => {
    const manager = new Manager();
    const server = serverOf(manager);
    const list = manager.list([1]);
    manager.dispose();
    assertEquals(list.length, 1); // unlike in Python, where it ends with the manager object
    list.dispose();
    await soon(server.join());
    assertEquals(server.exitcode, 0);
  }));

Deno.test("a manager is made, used and shut down ten times, and nothing is left", () =>
  leavesNothing(async (own) => {
    for (let i = 0; i < 10; i++) {
      await using manager = new Manager();
      const dict = own(manager.dict({ i }));
      own(manager.list([dict, [dict]]));
      assertEquals(dict.get("i"), i);
    }
  }));

Deno.test("what the server holds goes with it: queues, locks and proxies in containers", () =>
  withManager((manager, own) => {
    const queue = own(new Queue());
    queue.put(own(manager.list([1])));
    const dict = own(manager.dict<string, unknown>({ queue, lock: own(manager.Lock()) }));
    dict.set("self", dict); // holds itself, until the shutdown
    assertEquals(dict.size, 3);
  }));
